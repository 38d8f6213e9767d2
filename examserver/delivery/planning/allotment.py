"""Allots people to seats: institutions are mixed, neighbours come from different ones as far as numbers allow. Pure.

Seat by seat, row by row, the largest institution that has nobody beside or in front takes the seat; only when all
that is left sits there already, a neighbour of the same one is accepted. The same people, seats and seed give the
same plan.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be seated; `group` is their institution, empty for one who comes alone and is like nobody."""

    key: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in the grid of a room."""

    key: int
    room: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """Seat key by person key, and who found none."""

    seats: Mapping[int, int]
    left_over: tuple[int, ...]


def allot(people: Sequence[Person], places: Sequence[Place], seed: int) -> Allotment:
    """A seat for everybody as long as there are seats; who applied first is seated first of their institution."""
    waiting = _waiting(people, seed)
    taken: dict[tuple[str, int, int], str] = {}
    seats: dict[int, int] = {}
    for place in sorted(places, key=lambda one: (one.room, one.row, one.column)):
        group = _next_group(waiting, _around(place, taken))
        if group is None:
            break
        seats[waiting[group].pop(0)] = place.key
        taken[place.room, place.row, place.column] = group
    left = sorted(key for keys in waiting.values() for key in keys)
    return Allotment(seats, tuple(left))


def _waiting(people: Sequence[Person], seed: int) -> dict[str, list[int]]:
    """By group; those who come alone are a group each. The order of the groups is drawn, for ties."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for one in people:
        groups[one.group or f"\0{one.key}"].append(one.key)
    names = sorted(groups)
    random.Random(seed).shuffle(names)
    return {name: groups[name] for name in names}


def _around(place: Place, taken: Mapping[tuple[str, int, int], str]) -> set[str]:
    """The groups that sit beside and in front already; who comes later sees this one."""
    beside = ((0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (-1, 1))
    spots = ((place.room, place.row + down, place.column + across) for down, across in beside)
    return {taken[spot] for spot in spots if spot in taken}


def _next_group(waiting: Mapping[str, list[int]], around: set[str]) -> str | None:
    """The largest group that is not around; the largest of all when every one is; None when nobody waits."""
    left = {name: len(keys) for name, keys in waiting.items() if keys}
    apart = {name: size for name, size in left.items() if name not in around}
    choice = apart or left
    return max(choice, key=choice.__getitem__) if choice else None


def neighbours(
    people: Sequence[Person], places: Sequence[Place], seats: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Pairs of the same institution who sit side by side or one behind the other: for whoever checks a plan."""
    groups = {one.key: one.group for one in people}
    where = {one.key: one for one in places}
    sat = {(p.room, p.row, p.column): key for key, seat in seats.items() for p in (where[seat],)}
    for (room, row, column), key in sat.items():
        for spot in ((room, row, column + 1), (room, row + 1, column)):
            other = sat.get(spot)
            if other is not None and groups[key] and groups[key] == groups[other]:
                yield key, other
