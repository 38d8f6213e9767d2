"""Mappings: what a response value, or a point in an area, is worth. Pure.

Each distinct value and each area counts once. The default counts for every value that no entry names, and once for
points that lie in no area; NULL is such a value. Bounds hold for the sum.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from itembank.qti.model import AreaMapping, ResponseMapping
from scoring.processing import areas, values
from scoring.processing.values import Unreadable, Value
from scoring.processing.variables import Variable

Mapped: TypeAlias = Callable[[Value], float]


class BadMap(ValueError):
    """A variable without the map that is asked for, or with one that does not fit it; the message says which."""


def mapping(variable: Variable) -> Mapped:
    """From the variable's value to a number."""
    declared = variable.declaration.mapping
    if declared is None:
        raise BadMap(f"names {variable.name!r}, which has no mapping")
    if variable.cardinality == values.RECORD or variable.base_type is None:
        raise BadMap(f"names {variable.name!r}, a record, which cannot be mapped")
    exact, folded = _entries(declared, variable.base_type)
    worth = _folding(exact, folded, declared.default) if folded else _exactly(exact, declared.default)
    bounded = _bounds(declared)
    return lambda value: bounded(sum(map(worth, _distinct(value)), 0.0))


def area_mapping(variable: Variable) -> Mapped:
    """From the variable's point or points to a number; of areas that overlap, the first one listed is hit."""
    declared = variable.declaration.area_mapping
    if declared is None:
        raise BadMap(f"names {variable.name!r}, which has no area mapping")
    if variable.base_type != "point" or variable.cardinality == values.RECORD:
        raise BadMap(f"names {variable.name!r}, whose values are no points")
    try:
        tests = [(areas.area(entry.shape, entry.coords), entry.value) for entry in declared.entries]
    except areas.BadArea as error:
        raise BadMap(f"names {variable.name!r}: {error}") from None
    bounded = _bounds(declared)

    def run(value: Value) -> float:
        hit = [_first(tests, point) for point in _distinct(value)]
        found = sum((tests[at][1] for at in dict.fromkeys(hit) if at is not None), 0.0)
        return bounded(found + declared.default if None in hit else found)

    return run


def _first(tests: list[tuple[areas.Inside, float]], point: Value) -> int | None:
    if point is None:
        return None
    return next((at for at, (inside, _) in enumerate(tests) if inside(point)), None)


def _distinct(value: Value) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else (value,)


def _entries(declared: ResponseMapping, base_type: str) -> tuple[dict[Value, float], dict[str, float]]:
    """Those by value, and those for which case does not count by folded text; the first of equal ones holds."""
    exact: dict[Value, float] = {}
    folded: dict[str, float] = {}
    for entry in declared.entries:
        try:
            key = values.read(entry.key, base_type)
        except Unreadable:
            raise BadMap(f"maps {entry.key!r}, which is no {base_type}") from None
        if entry.case_sensitive or not isinstance(key, str):
            exact.setdefault(key, entry.value)
        else:
            folded.setdefault(key.casefold(), entry.value)
    return exact, folded


def _exactly(exact: Mapping[Value, float], default: float) -> Mapped:
    return lambda value: exact.get(value, default)


def _folding(exact: Mapping[Value, float], folded: Mapping[str, float], default: float) -> Mapped:
    def worth(value: Value) -> float:
        if value in exact or not isinstance(value, str):
            return exact.get(value, default)
        return folded.get(value.casefold(), default)

    return worth


def _bounds(declared: ResponseMapping | AreaMapping) -> Callable[[float], float]:
    low, high = declared.lower_bound, declared.upper_bound
    if low is None and high is None:
        return lambda total: total
    least, most = -float("inf") if low is None else low, float("inf") if high is None else high
    return lambda total: min(max(total, least), most)
