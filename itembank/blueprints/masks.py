"""Evaluates a condition for every row of a table at once, as the programme of the solver needs it. Pure.

NA makes a comparison unknown, and unknown is not chosen, as in R.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itembank.blueprints.conditions import Among, Binary, Expression, Literal, Name, Unary, parse
from itembank.blueprints.specification import BadBlueprint
from itembank.blueprints.tables import Table, text
from itembank.faults import Fault

Mask = NDArray[np.bool_]
Operation = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class _Value:
    """A value for every row: numbers, texts (as objects) or truth, and for which rows it is known."""

    kind: str
    data: NDArray[Any]
    known: Mask


def mask(condition: str, table: Table) -> Mask:
    """For which rows the condition holds; all of them where it is empty. BadBlueprint names an unknown column."""
    if not condition.strip():
        return np.ones(table.rows, dtype=bool)
    found = _value(parse(condition), table)
    if found.kind != "truth":
        raise BadBlueprint([Fault(table.name, condition, "is not true or false")])
    truth: Mask = found.data & found.known
    return truth


def numbers(column: str, table: Table) -> NDArray[np.float64]:
    """A column of numbers; NaN where a cell is empty. BadBlueprint where a cell is no number."""
    cells = table.column(column)
    if wrong := [cell for cell in cells if isinstance(cell, str)]:
        raise BadBlueprint([Fault(table.name, column, f"{wrong[0]!r} is not a number")])
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)


def _value(expression: Expression, table: Table) -> _Value:
    match expression:
        case Name(name):
            return _column(name, table)
        case Literal(value):
            return _literal(value, table.rows)
        case Unary(sign, inner):
            return _unary(sign, _value(inner, table))
        case Among(inner, options):
            found = _value(inner, table)
            hits = [_compared("==", found, _literal(one, table.rows)) for one in options if one is not None]
            any_hit = (
                np.any([hit.data & hit.known for hit in hits], axis=0) if hits else np.zeros(table.rows, bool)
            )
            return _Value("truth", any_hit, np.ones(table.rows, dtype=bool))
        case Binary(sign, left, right):
            return _binary(sign, _value(left, table), _value(right, table))


def _column(name: str, table: Table) -> _Value:
    cells = table.column(name)
    known = np.array([cell is not None for cell in cells], dtype=bool)
    if any(isinstance(cell, str) for cell in cells):
        return _Value("text", np.array([cell or "" for cell in cells], dtype=object), known)
    return _Value("number", np.array([cell or 0.0 for cell in cells], dtype=float), known)


def _literal(value: float | str | bool | None, rows: int) -> _Value:
    known = np.full(rows, value is not None)
    if isinstance(value, bool):
        return _Value("truth", np.full(rows, value), known)
    if isinstance(value, str):
        return _Value("text", np.full(rows, value, dtype=object), known)
    return _Value("number", np.full(rows, value or 0.0), known)


def _unary(sign: str, inner: _Value) -> _Value:
    if sign == "is.na":
        return _Value("truth", ~inner.known, np.ones_like(inner.known))
    if sign == "!":
        return _Value("truth", ~_truth(inner), inner.known)
    return _Value("number", -_number(inner), inner.known)


def _binary(sign: str, left: _Value, right: _Value) -> _Value:
    if sign in "&|":
        return _logic(sign, left, right)
    if sign in "+-*/":
        with np.errstate(divide="ignore", invalid="ignore"):
            data = _ARITHMETIC[sign](_number(left), _number(right))
        return _Value("number", np.nan_to_num(data), left.known & right.known & np.isfinite(data))
    return _compared(sign, left, right)


def _logic(sign: str, left: _Value, right: _Value) -> _Value:
    """False & NA is false and TRUE | NA is true, though NA is not known."""
    a, b = _truth(left), _truth(right)
    decides = (left.known & (a == (sign == "|"))) | (right.known & (b == (sign == "|")))
    data = np.where(decides, sign == "|", sign != "|")
    return _Value("truth", data, decides | (left.known & right.known))


def _compared(sign: str, left: _Value, right: _Value) -> _Value:
    known = left.known & right.known
    if left.kind == right.kind == "number":
        data = _COMPARISONS[sign](left.data, right.data)
    else:
        data = _COMPARISONS[sign](_texts(left), _texts(right)).astype(bool)
    return _Value("truth", data, known)


def _texts(value: _Value) -> NDArray[Any]:
    if value.kind == "text":
        return value.data
    if value.kind == "truth":
        return np.array(["TRUE" if one else "FALSE" for one in value.data], dtype=object)
    return np.array([text(float(one)) for one in value.data], dtype=object)


def _number(value: _Value) -> NDArray[np.float64]:
    if value.kind == "text":
        raise BadBlueprint([Fault("condition", "", "arithmetic with texts")])
    return value.data.astype(float)


def _truth(value: _Value) -> Mask:
    if value.kind == "text":
        return np.array([one in ("TRUE", "true") for one in value.data], dtype=bool)
    return value.data.astype(bool)


_COMPARISONS: dict[str, Operation] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Operation] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
