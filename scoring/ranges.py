"""The bytes that a player asks for: one `Range` of RFC 9110, so that a video can be sought in. Pure."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Unsatisfiable(ValueError):
    """The range lies outside of the file."""


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes that is."""
        return self.last - self.first + 1


def parse_range(header: str, size: int) -> Span | None:
    """The span that `header` asks for of `size` bytes.

    None when it asks for everything, for several ranges or in another unit: all of it is sent then.
    Unsatisfiable when it begins behind the end.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first_text, last_text = match.groups()
    if not first_text:
        first, last = max(size - int(last_text), 0), size - 1
    else:
        first, last = int(first_text), min(int(last_text or size - 1), size - 1)
    if first >= size or first > last:
        raise Unsatisfiable(header)
    return Span(first, last)
