"""Nobody waits two seconds while another seat has a second turn."""

from hypothesis import given, settings
from hypothesis import strategies as st

from proctor.scheduler import (
    LATE_AFTER,
    MARGIN,
    MOST_BUSY,
    PROMISED,
    Load,
    Turn,
    due_after,
    give_away,
    is_late,
    order,
    to_claim,
)


def test_the_longest_waiting_of_those_due_comes_first() -> None:
    turns = [Turn(1, 10.0, True), Turn(2, 8.0, True), Turn(3, 9.0, True)]
    assert order(turns, 12.0, 0.01) == [2, 3, 1]


def test_only_sources_with_a_waiting_frame_have_a_turn() -> None:
    assert order([Turn(1, 0.0, False), Turn(2, 5.0, True)], 9.0, 0.01) == [2]


def test_suspicion_goes_before_the_rest_but_after_what_is_due() -> None:
    age = due_after(sources=3, cost=0.1)
    due, calm = Turn(1, 10.0 - age, True), Turn(2, 9.0, True)
    suspicious = Turn(3, 9.9, True, suspicious=True)
    assert order([calm, suspicious, due], 10.0, 0.1) == [1, 3, 2]
    almost = Turn(1, 10.0 - age + 0.01, True)
    assert order([calm, suspicious, almost], 10.0, 0.1) == [3, 1, 2]


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 150), st.sets(st.integers(0, 149)), st.sampled_from([0.003, 0.009]))
def test_a_machine_that_can_keep_up_keeps_the_promise(seats: int, suspicious: set[int], cost: float) -> None:
    now, last, longest = 0.0, dict.fromkeys(range(seats), 0.0), 0.0
    while now < 12.0:
        chosen = order([Turn(n, at, True, n in suspicious) for n, at in last.items()], now, cost)[0]
        now += cost
        longest = max(longest, now - last[chosen])
        last[chosen] = now
    assert max(longest, *(now - at for at in last.values())) <= PROMISED


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 60))
def test_a_machine_that_cannot_keep_up_serves_all_alike(seats: int) -> None:
    now, last, turns = 0.0, dict.fromkeys(range(seats), 0.0), dict.fromkeys(range(seats), 0)
    for _ in range(10 * seats):
        chosen = order([Turn(n, at, True, n == 0) for n, at in last.items()], now, 2.0)[0]
        now += 2.0
        last[chosen], turns[chosen] = now, turns[chosen] + 1
    assert set(turns.values()) == {10}


def served(seats: int, cost: float, suspicious: frozenset[int], seconds: float) -> dict[int, int]:
    """Turns of each seat in a time, all of them sending more than can be looked at."""
    now, last, turns = 0.0, dict.fromkeys(range(seats), 0.0), dict.fromkeys(range(seats), 0)
    while now < seconds:
        chosen = order([Turn(n, at, True, n in suspicious) for n, at in last.items()], now, cost)[0]
        now += cost
        last[chosen], turns[chosen] = now, turns[chosen] + 1
    return turns


def test_suspicion_raises_a_seats_rate_and_leaves_the_others_theirs() -> None:
    turns = served(20, 0.02, frozenset({3}), 30.0)
    others = [count for seat, count in turns.items() if seat != 3]
    assert turns[3] > 5 * max(others)
    assert min(others) >= 30.0 / PROMISED - 1


def test_a_tenfold_overload_falls_evenly_on_all_whatever_is_suspicious() -> None:
    turns = served(100, 10 * PROMISED / 100, frozenset(range(10)), 10 * 10 * PROMISED)
    assert set(turns.values()) <= {9, 10, 11}


def test_a_seat_that_sends_only_rubbish_has_no_more_turns_than_the_others() -> None:
    rubbish, calm = Turn(1, 9.0, True), Turn(2, 8.9, True)
    assert order([rubbish, calm], 10.0, 0.01) == [2, 1]


def test_a_frame_is_late_after_five_seconds_and_not_before() -> None:
    assert not is_late(100.0, 100.0 + LATE_AFTER)
    assert is_late(100.0, 100.01 + LATE_AFTER)


def test_free_seats_are_divided_fairly_and_none_is_left() -> None:
    free = list(range(21))
    first = to_claim(free, Load(0, 21, 2), worker=5)
    second = to_claim([seat for seat in free if seat not in first], Load(0, 21, 2), worker=6)
    assert (len(first), len(second)) == (11, 10)
    assert sorted(first + second) == free
    assert to_claim(free, Load(11, 21, 2), worker=5) == []


def test_a_seat_stays_with_its_worker_until_that_has_too_much() -> None:
    calm, load = list(range(20)), Load(20, 20, 2)
    enough = MOST_BUSY / (MARGIN * 20)
    assert give_away(calm, load, enough) == []
    assert give_away(calm, load, enough * 1.01) == list(range(10))
    assert give_away([15, 3], load, 1.0) == [3, 15]
    assert give_away(calm, Load(20, 20, 1), 1.0) == []
