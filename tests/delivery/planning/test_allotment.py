"""Seats are allotted once, to all for whom there are some, and institutions are mixed as far as numbers allow."""

from hypothesis import given
from hypothesis import strategies as st

from examserver.delivery.planning.allotment import Person, Place, allot, neighbours


def room(rows: int, columns: int, name: str = "R1", first: int = 1) -> list[Place]:
    return [Place(first + r * columns + c, name, r, c) for r in range(rows) for c in range(columns)]


def people(*sizes: int) -> list[Person]:
    groups = [name for name, size in zip("ABCDEFGH", sizes, strict=False) for _ in range(size)]
    return [Person(key, group) for key, group in enumerate(groups, 1)]


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(1, 5), st.integers(1, 6), st.integers()
)
def test_nobody_sits_twice_no_seat_is_shared_and_who_is_left_over_is_named(
    sizes: list[int], rows: int, columns: int, seed: int
) -> None:
    everybody, places = people(*sizes), room(rows, columns)
    found = allot(everybody, places, seed)
    assert len(set(found.seats.values())) == len(found.seats) == min(len(everybody), len(places))
    assert sorted([*found.seats, *found.left_over]) == [one.key for one in everybody]
    assert allot(everybody, places, seed) == found


def test_four_schools_of_equal_size_have_no_neighbours_of_their_own() -> None:
    everybody, places = people(9, 9, 9, 9), room(6, 6)
    found = allot(everybody, places, 7)
    assert list(neighbours(everybody, places, found.seats)) == []


def test_one_school_alone_sits_together_because_it_must() -> None:
    everybody, places = people(4), room(2, 2)
    found = allot(everybody, places, 1)
    assert len(list(neighbours(everybody, places, found.seats))) == 4


def test_those_who_come_alone_are_neighbours_of_nobody() -> None:
    everybody = [Person(key) for key in range(1, 5)]
    found = allot(everybody, room(2, 2), 1)
    assert list(neighbours(everybody, room(2, 2), found.seats)) == []


def test_two_thousand_people_are_seated() -> None:
    everybody = people(*[250] * 8)
    places = [one for n in range(50) for one in room(5, 8, f"R{n:02d}", 1 + 40 * n)]
    assert len(allot(everybody, places, 3).seats) == 2000
