"""Evaluates a condition for one row of a table in plain Python, as the check of assembled papers needs it. Pure."""

from functools import lru_cache

from itembank.blueprints.conditions import Among, Binary, Expression, Literal, Name, Unary, parse
from itembank.blueprints.tables import Table, text

Known = float | str | bool | None
_parsed = lru_cache(maxsize=512)(parse)


def holds(condition: str, table: Table, row: int) -> bool:
    """Whether the condition is true for a row; an empty one is, an unknown one is not."""
    return not condition.strip() or _value(_parsed(condition), table, row) is True


def _value(expression: Expression, table: Table, row: int) -> Known:
    match expression:
        case Literal(value):
            return value
        case Name(name):
            return table.column(name)[row]
        case Among(inner, options):
            value = _value(inner, table, row)
            return value is not None and any(_same(value, one) for one in options if one is not None)
        case Unary(sign, inner):
            return _unary(sign, _value(inner, table, row))
        case Binary(sign, left, right):
            return _binary(sign, _value(left, table, row), _value(right, table, row))


def _unary(sign: str, value: Known) -> Known:
    if sign == "is.na":
        return value is None
    if sign == "!":
        truth = _truth(value)
        return None if truth is None else not truth
    return -value if isinstance(value, float) else None


def _binary(sign: str, left: Known, right: Known) -> Known:
    if sign in "&|":
        return _logic(sign, _truth(left), _truth(right))
    if left is None or right is None:
        return None
    return _calculated(sign, left, right) if sign in "+-*/" else _compared(sign, left, right)


def _truth(value: Known) -> bool | None:
    return value in ("TRUE", "true") if isinstance(value, str) else None if value is None else bool(value)


def _logic(sign: str, left: bool | None, right: bool | None) -> bool | None:
    decisive = sign == "|"
    if decisive in (left, right):
        return decisive
    return None if left is None or right is None else not decisive


def _compared(sign: str, left: Known, right: Known) -> bool:
    same = _same(left, right)
    if sign in ("==", "!="):
        return same == (sign == "==")
    numeric = isinstance(left, float) and isinstance(right, float)
    less = left < right if numeric else _text(left) < _text(right)  # type: ignore[operator]
    return {"<": less, "<=": less or same, ">": not less and not same, ">=": not less}[sign]


def _calculated(sign: str, left: Known, right: Known) -> float | None:
    if not isinstance(left, float) or not isinstance(right, float) or (sign == "/" and right == 0):
        return None
    return {"+": left + right, "-": left - right, "*": left * right, "/": left / right if right else 0.0}[
        sign
    ]


def _numbers(left: Known, right: Known) -> bool:
    return isinstance(left, float) and isinstance(right, float)


def _same(left: Known, right: Known) -> bool:
    return left == right if _numbers(left, right) else _text(left) == _text(right)


def _text(value: Known) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return text(value) or ""
