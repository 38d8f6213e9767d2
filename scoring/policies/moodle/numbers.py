"""Reads a number with its unit in almost any way of writing. Pure.

Source: Moodle 4.1, numerical question, English separators: spaces go; `x10^8`, `*10**8` and `×10^8` are
exponents; a comma is a thousands separator; the unit is what stands behind the number, or before it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

EXPONENT = re.compile(r"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?[0-9]+)")
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?"
AT_START, AT_END = re.compile(NUMBER), re.compile(f"{NUMBER}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, the unit as written, and what the number is multiplied by; None when nobody knows the unit."""

    value: float
    unit: str
    multiplier: float | None


@dataclass(frozen=True, slots=True)
class Units:
    """The units that a question knows: how many of each make one of the first; whether they come first."""

    per_one: Mapping[str, float]
    before: bool = False


def read_quantity(text: str, units: Units, chosen: str | None = None) -> Quantity | None:
    """The quantity that `text` says; `chosen` is the unit where it is answered apart; None for no number."""
    tidy = EXPONENT.sub(r"e\1", text.replace(" ", "")).replace(",", "")
    found = AT_END.search(tidy) if units.before else AT_START.match(tidy)
    if found is None:
        return None
    unit = tidy[: found.start()] if units.before else tidy[found.end() :]
    if chosen is not None:
        unit = chosen
    multiplier = 1 / units.per_one[unit] if unit in units.per_one else None
    return Quantity(float(found.group()), unit, multiplier)
