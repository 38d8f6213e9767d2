"""Numbers as QTI files write them: ".03" and "1e3" are numbers, "1_000" and "nan" are none. Pure."""

import re

_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}\Z")


def number(text: str) -> float | None:
    """The finite number that the text writes, or None."""
    text = text.strip()
    found = float(text) if _FLOAT.match(text) else None
    return found if found is not None and abs(found) != float("inf") else None


def whole(text: str) -> int | None:
    """The whole number that the text writes, or None; at most 18 digits."""
    return int(text) if _INTEGER.match(text := text.strip()) else None


def written(value: float) -> str:
    """The shortest text that reads as the same number: 1 for 1.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
