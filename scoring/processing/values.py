"""Values of QTI: how texts become values by base type, and how values look on the wire. Pure.

NULL is `None`; an empty container and an empty string are NULL, as QTI says. Containers (multiple and ordered) are
tuples, records are dictionaries from field to value. Numbers are `int` and `float`, durations are seconds, identifiers,
strings, URIs and files are `str`.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

Value: TypeAlias = Any  # None | bool | int | float | str | Point | Pair | DirectedPair | tuple | dict
Reader: TypeAlias = Callable[[str], Value]

SINGLE, MULTIPLE, ORDERED, RECORD = "single", "multiple", "ordered", "record"
CONTAINERS = frozenset({MULTIPLE, ORDERED})
CARDINALITIES = CONTAINERS | {SINGLE, RECORD}
NUMERIC = frozenset({"integer", "float"})
LARGEST = 2**63 - 1

_INTEGER = re.compile(r"[+-]?[0-9]+")
_FLOAT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_SPECIAL = {"INF": float("inf"), "+INF": float("inf"), "-INF": float("-inf"), "NaN": float("nan")}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_PERIOD = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_SECONDS = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


class Unreadable(ValueError):
    """A text that is no value of its base type."""


class Point(msgspec.Struct, frozen=True):
    """A place in a picture, in its pixels."""

    x: float
    y: float


class DirectedPair(msgspec.Struct, frozen=True):
    """Two identifiers whose order counts: source and target."""

    first: str
    second: str


class Pair(msgspec.Struct, frozen=True, eq=False):
    """Two identifiers whose order does not count; they are kept as they came."""

    first: str
    second: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pair) and self._bag() == other._bag()

    def __hash__(self) -> int:
        return hash(self._bag())

    def _bag(self) -> frozenset[str]:
        return frozenset((self.first, self.second))


def read_identifier(text: str) -> str:
    """Whatever stands between the outer spaces: real files use identifiers that are no XML names."""
    return text.strip()


def read_string(text: str) -> str:
    """The text as it is: spaces count."""
    return text


def read_boolean(text: str) -> bool:
    """`true`, `false`, `1` or `0`, in any case."""
    try:
        return _TRUTH[text.strip().lower()]
    except KeyError:
        raise Unreadable(text) from None


def read_integer(text: str) -> int:
    """Digits with a sign or none; digits of full width count, and numbers beyond 64 bits do not."""
    plain = _plain(text)
    if not _INTEGER.fullmatch(plain) or len(plain) > len(str(LARGEST)) + 1:
        raise Unreadable(text)
    number = int(plain)
    if abs(number) > LARGEST:
        raise Unreadable(text)
    return number


def read_float(text: str) -> float:
    """A decimal number with an exponent or none, or `INF`, `-INF`, `NaN`; digits of full width count."""
    plain = _plain(text)
    if _FLOAT.fullmatch(plain):
        return float(plain)
    if plain in _SPECIAL:
        return _SPECIAL[plain]
    raise Unreadable(text)


def read_point(text: str) -> Point:
    """Two numbers with space between."""
    parts = text.split()
    if len(parts) != 2:
        raise Unreadable(text)
    return Point(read_float(parts[0]), read_float(parts[1]))


def read_pair(text: str) -> Pair:
    """Two identifiers with space between, in either order."""
    return Pair(*_two(text))


def read_directed_pair(text: str) -> DirectedPair:
    """Source and target with space between."""
    return DirectedPair(*_two(text))


def read_duration(text: str) -> float:
    """Seconds as a number, or a period of ISO 8601 in days and less (`PT1M30S`)."""
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return read_float(text)
    parts = {unit: amount for unit, amount in found.groupdict().items() if amount}
    if not parts:
        raise Unreadable(text)
    return float(sum(_SECONDS[unit] * float(amount) for unit, amount in parts.items()))


def _plain(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.isascii() else unicodedata.normalize("NFKC", stripped)


def _two(text: str) -> list[str]:
    parts = text.split()
    if len(parts) != 2:
        raise Unreadable(text)
    return parts


READERS: Mapping[str, Reader] = {
    "identifier": read_identifier,
    "boolean": read_boolean,
    "integer": read_integer,
    "float": read_float,
    "string": read_string,
    "point": read_point,
    "pair": read_pair,
    "directedPair": read_directed_pair,
    "duration": read_duration,
    "file": read_string,
    "uri": read_identifier,
    "intOrIdentifier": read_identifier,
}


def read(text: str, base_type: str) -> Value:
    """The value that `text` is in `base_type`; NULL for an empty text; Unreadable when it is none."""
    value = READERS[base_type](text)
    return None if value == "" else value


def declared(text: str, base_type: str) -> Value:
    """The same for a text that an author wrote into a file.

    Space around it is layout, an empty text is NULL, and a whole number may be written as a float.
    """
    plain = text.strip()
    if not plain:
        return text or None if base_type == "string" else None
    if base_type != "integer" or _INTEGER.fullmatch(plain):
        return read(plain, base_type)
    number = read_float(plain)
    if not number.is_integer() or abs(number) > LARGEST:
        raise Unreadable(text)
    return int(number)


def container(values: Iterable[Value]) -> tuple[Value, ...] | None:
    """The values that are not NULL; NULL when there are none."""
    return tuple(value for value in values if value is not None) or None


def to_wire(value: Value) -> Value:
    """The value as JSON: whole floats as integers, points and pairs as text, containers as lists, NULL as null."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, tuple):
        return [to_wire(one) for one in value]
    if isinstance(value, dict):
        return {name: to_wire(one) for name, one in value.items()}
    if isinstance(value, Point):
        return f"{to_wire(value.x)} {to_wire(value.y)}"
    if isinstance(value, Pair | DirectedPair):
        return f"{value.first} {value.second}"
    return value


def _number(value: float) -> int | float | str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return int(value) if value.is_integer() else value
