"""What may be put into a variable, by its cardinality and base type. Pure.

Whole floats become integers and integers floats; a single value put into a container becomes its only member. All else
that does not fit is ScoringFailed: nothing is cut off or guessed.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from itembank.qti.model import Node
from scoring.processing import values
from scoring.processing.scope import failed
from scoring.processing.values import DirectedPair, Pair, Point, Value
from scoring.processing.variables import Variable

Assign: TypeAlias = Callable[[Value], Value]

_CLASSES: Mapping[str, type] = {
    "boolean": bool,
    "point": Point,
    "pair": Pair,
    "directedPair": DirectedPair,
}


def assignment(node: Node, variable: Variable) -> Assign:
    """From any value to one that the variable may hold."""
    fit = _record if variable.cardinality == values.RECORD else _FITS.get(variable.base_type or "", _other)
    many = variable.cardinality in values.CONTAINERS

    def assign(value: Value) -> Value:
        if value is None:
            return None
        if many:
            return tuple(map(one, value if isinstance(value, tuple) else (value,)))
        return one(value)

    def one(value: Value) -> Value:
        fitting = fit(value, variable.base_type or "")
        if fitting is None:
            raise failed(
                node, f"cannot put {value!r} into {variable.name}, a {variable.base_type or 'record'}"
            )
        return fitting

    return assign


def _record(value: Value, _base_type: str) -> Value:
    return value if isinstance(value, dict) else None


def _integer(value: Value, _base_type: str) -> Value:
    if type(value) is int:
        return value
    return int(value) if type(value) is float and value.is_integer() else None


def _float(value: Value, _base_type: str) -> Value:
    return float(value) if type(value) in (int, float) else None


def _other(value: Value, base_type: str) -> Value:
    return value if isinstance(value, _CLASSES.get(base_type, str)) else None


_FITS: Mapping[str, Callable[[Value, str], Value]] = {
    "integer": _integer,
    "float": _float,
    "duration": _float,
}
