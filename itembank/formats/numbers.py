"""Numbers as people and programs write them into question files."""

import math
import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_MOST_CHARACTERS = 60


def number(text: str, *, comma: bool = False) -> float | None:
    """The finite number that `text` is, or None; with `comma` a decimal comma is read too."""
    written = text.strip().replace("\u2212", "-")
    if comma and "." not in written:
        written = written.replace(",", ".", 1)
    if len(written) > _MOST_CHARACTERS or not _NUMBER.fullmatch(written):
        return None
    value = float(written)
    return value if math.isfinite(value) else None


def written(value: float) -> str:
    """A number as short as it can be read back the same, without an exponent where that is short."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def share(percentage: float) -> float:
    """A percentage as a fraction; the last bits of a division are no part of what a file says."""
    return round(percentage / 100, 12)


def percent(fraction: float) -> str:
    """A fraction as a percentage; `share` of it is the fraction, to 12 digits."""
    return written(round(fraction * 100, 10))


def is_whole(total: Iterable[float]) -> bool:
    """Whether fractions add up to 1, as near as thirds in five digits do."""
    return abs(sum(total) - 1) < 1e-3
