"""Responses as they come over the wire, read by their declarations. Pure.

A response is null, a text, or a list of texts; for a record also an object from field to text. A text that is no value
of its base type (letters where a number belongs) counts as not given, and is told in `Unread`: a candidate may type
anything. A response of the wrong shape (two values for one, a variable that the item has not) no page of ours sends:
BadResponse.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from scoring.processing import values
from scoring.processing.errors import BadResponse
from scoring.processing.values import Reader, Unreadable, Value
from scoring.processing.variables import Variable

MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Unread:
    """A given text that is no value of its variable's base type, and so counts as not given."""

    variable: str
    text: str
    base_type: str


Read: TypeAlias = Callable[[object, list[Unread]], Value]


def reading(variable: Variable) -> Read:
    """The function that reads a response to `variable`; it raises BadResponse and notes what is unread."""
    if variable.cardinality == values.RECORD:
        return _record(variable)
    base_type = variable.base_type or "string"
    one = _single(variable.name, base_type, values.READERS[base_type])
    return _many(variable.name, one) if variable.cardinality in values.CONTAINERS else one


def _single(name: str, base_type: str, reader: Reader) -> Read:
    def read(given: object, unread: list[Unread]) -> Value:
        if isinstance(given, list):
            given = _only(name, given)
        if given is None or given == "":
            return None
        if not isinstance(given, str):
            raise BadResponse(f"{name}: {given!r} is no text")
        try:
            return reader(given) if base_type == "string" else _empty_is_null(reader(given))
        except Unreadable:
            unread.append(Unread(name, given, base_type))
            return None

    return read


def _empty_is_null(value: Value) -> Value:
    return None if value == "" else value


def _only(name: str, given: list[object]) -> object:
    if len(given) > 1:
        raise BadResponse(f"{name}: {len(given)} values where one belongs")
    return given[0] if given else None


def _many(name: str, one: Read) -> Read:
    def read(given: object, unread: list[Unread]) -> Value:
        if given is None:
            return None
        parts = given if isinstance(given, list) else [given]
        if len(parts) > MOST_VALUES:
            raise BadResponse(f"{name}: {len(parts)} values, more than {MOST_VALUES}")
        return values.container(one(_flat(name, part), unread) for part in parts)

    return read


def _flat(name: str, part: object) -> object:
    if isinstance(part, list):
        raise BadResponse(f"{name}: a list inside a list")
    return part


def _record(variable: Variable) -> Read:
    text = _single(variable.name, "string", values.read_string)

    def read(given: object, unread: list[Unread]) -> Value:
        if isinstance(given, dict):
            return _fields(variable, given, unread)
        typed = text(given, unread)
        return None if typed is None else typed_number(typed)

    return read


def _fields(variable: Variable, given: Mapping[object, object], unread: list[Unread]) -> Value:
    typed = _field_types(variable)
    found: dict[str, Value] = {}
    for field, value in given.items():
        base_type = typed.get(str(field), "string")
        name = f"{variable.name}.{field}"
        found[str(field)] = _single(name, base_type, values.READERS[base_type])(value, unread)
    return found or None


def _field_types(variable: Variable) -> dict[str, str]:
    declared = (variable.declaration.correct, variable.declaration.default)
    given = [one for part in declared if part is not None for one in part.values]
    return {one.field_identifier: one.base_type for one in given if one.field_identifier and one.base_type}


def typed_number(text: str) -> dict[str, Value]:
    """The record that a text entry makes of what was typed: the number and how it was written.

    Source: QTI 2.1 and later, textEntryInteraction: stringValue, floatValue, integerValue, leftDigits, rightDigits,
    ndp (decimal places), nsf (significant figures) and exponent; NULL where what was typed is no number.
    """
    found: dict[str, Value] = dict.fromkeys(_NUMBER_FIELDS)
    found["stringValue"] = text
    try:
        number = values.read_float(text)
    except Unreadable:
        return found
    if math.isfinite(number):
        found.update(_digits(text.strip(), number))
    return found


_NUMBER_FIELDS = ("floatValue", "integerValue", "leftDigits", "rightDigits", "ndp", "nsf", "exponent")


def _digits(text: str, number: float) -> Iterable[tuple[str, Value]]:
    mantissa, _, power = text.lower().lstrip("+-").partition("e")
    left, point, right = mantissa.partition(".")
    significant = (left + right).lstrip("0")
    yield "floatValue", number
    if not point and not power:
        yield "integerValue", int(number)
        significant = significant.rstrip("0")
    yield "leftDigits", len(left)
    yield "rightDigits", len(right)
    yield "ndp", len(right)
    yield "nsf", max(1, len(significant))
    if power:
        yield "exponent", int(power)
