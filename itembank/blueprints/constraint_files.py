"""Reads constraint tables as test designers keep them: CONSTRAINT_ID, TYPE, WHAT, CONDITION, LB, UB, ONOFF. Pure.

TYPE is Number, Sum, Average, Order, Enemy, Include, Exclude or AllOrNone (in any case); WHAT is Item, or Stimulus
(Passage and Set say the same). A condition of Number is an expression, `Per Stimulus`, the name of a column (then each
of its values is bounded), or nothing; of Sum and Average a column, or `COLUMN, condition`; of Order a column.
ONOFF switches a row off by OFF.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from itembank.blueprints.conditions import Name, parse
from itembank.blueprints.specification import (
    BadBlueprint,
    Each,
    Enemies,
    Exclude,
    Include,
    Mean,
    Number,
    Order,
    PerStimulus,
    Rule,
    Sum,
    Together,
)
from itembank.blueprints.tables import Cell, Table, text
from itembank.faults import Fault

Row = Mapping[str, Cell]
UNITS: dict[str, Literal["item", "stimulus"]] = {
    "item": "item",
    "stimulus": "stimulus",
    "passage": "stimulus",
    "set": "stimulus",
}
PER_STIMULUS = ("per stimulus", "per passage", "per set")


def read_constraints(table: Table) -> tuple[Rule, ...]:
    """The rules of the table's rows; BadBlueprint names each row that cannot be read."""
    names = {name.upper(): name for name in table.columns}
    faults: list[Fault] = []
    rules: list[Rule] = []
    for at in range(table.rows):
        row = {name: table.columns[own][at] for name, own in names.items()}
        try:
            rules.append(_rule(row, at))
        except ValueError as error:
            faults.append(Fault(f"{table.name}:{at + 2}", _name(row, at), str(error)))
    if faults:
        raise BadBlueprint(faults)
    return tuple(rules)


def _name(row: Row, at: int) -> str:
    return text(row.get("CONSTRAINT_ID") or row.get("CONSTRAINT")) or f"C{at + 1}"


def _rule(row: Row, at: int) -> Rule:
    kind = (text(row.get("TYPE")) or "").replace(" ", "").lower()
    make = _KINDS.get(kind)
    if make is None:
        raise ValueError(f"the type {row.get('TYPE')!r} is not one of {', '.join(_KINDS)}")
    what = (text(row.get("WHAT")) or "item").lower()
    if what not in UNITS:
        raise ValueError(f"{row.get('WHAT')!r} is neither Item nor Stimulus")
    head = {"id": _name(row, at), "of": UNITS[what], "on": (text(row.get("ONOFF")) or "").upper() != "OFF"}
    condition = (text(row.get("CONDITION")) or "").strip()
    bounds = {name: _bound(row, column) for name, column in (("min", "LB"), ("max", "UB"))}
    return make(condition, head, bounds)


def _bound(row: Row, column: str) -> float | None:
    value = row.get(column)
    if isinstance(value, str):
        raise ValueError(f"{column} {value!r} is not a number")
    return value


Head = Mapping[str, object]
Bounds = Mapping[str, float | None]


def _need(bounds: Bounds) -> None:
    if all(value is None for value in bounds.values()):
        raise ValueError("neither LB nor UB is given")
    if None not in bounds.values() and bounds["min"] > bounds["max"]:  # type: ignore[operator]
        raise ValueError("LB is more than UB")


def _number(condition: str, head: Head, bounds: Bounds) -> Rule:
    _need(bounds)
    if condition.lower() in PER_STIMULUS:
        return PerStimulus(**{**head, "of": "item"}, **bounds)  # type: ignore[arg-type]
    if condition and isinstance(parse(condition), Name):
        return Each(column=condition.strip("`"), **head, **bounds)  # type: ignore[arg-type]
    if condition:
        parse(condition)
    return Number(where=condition, **head, **bounds)  # type: ignore[arg-type]


def _total(condition: str, head: Head, bounds: Bounds) -> Rule:
    _need(bounds)
    column, where = _column_and_condition(condition)
    return Sum(column=column, where=where, **head, **bounds)  # type: ignore[arg-type]


def _average(condition: str, head: Head, bounds: Bounds) -> Rule:
    _need(bounds)
    column, where = _column_and_condition(condition)
    return Mean(column=column, where=where, **head, **bounds)  # type: ignore[arg-type]


def _column_and_condition(condition: str) -> tuple[str, str]:
    column, _, where = condition.partition(",")
    if not isinstance(parse(column), Name):
        raise ValueError(f"{column!r} is not a column")
    if where.strip():
        parse(where)
    return column.strip().strip("`"), where.strip()


def _order(condition: str, head: Head, _bounds: Bounds) -> Rule:
    if not isinstance(parse(condition), Name):
        raise ValueError(f"{condition!r} is not a column")
    return Order(column=condition.strip("`"), **head)  # type: ignore[arg-type]


def _enemy(condition: str, head: Head, _bounds: Bounds) -> Rule:
    return Enemies(where=_needed(condition), **head)  # type: ignore[arg-type]


def _include(condition: str, head: Head, _bounds: Bounds) -> Rule:
    return Include(where=_needed(condition), **head)  # type: ignore[arg-type]


def _exclude(condition: str, head: Head, _bounds: Bounds) -> Rule:
    return Exclude(where=_needed(condition), **head)  # type: ignore[arg-type]


def _together(condition: str, head: Head, _bounds: Bounds) -> Rule:
    return Together(where=_needed(condition), **head)  # type: ignore[arg-type]


def _needed(condition: str) -> str:
    if not condition:
        raise ValueError("a condition is needed")
    parse(condition)
    return condition


_KINDS: dict[str, Callable[[str, Head, Bounds], Rule]] = {
    "number": _number,
    "count": _number,
    "sum": _total,
    "average": _average,
    "mean": _average,
    "order": _order,
    "enemy": _enemy,
    "include": _include,
    "exclude": _exclude,
    "allornone": _together,
}
