"""What a format is: a name, how its files look, and how they are read and, for some, written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itembank.formats.question import Question, Reading, Written

# How sure a format is that a file is its own.
NO, MAYBE, LIKELY, SURE = 0, 1, 2, 3

Reader = Callable[[bytes, str], Reading]
Writer = Callable[[Sequence[Question]], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `recognises(data, name)` is NO to SURE; `read(data, name)` raises nothing for what a file holds."""

    name: str
    endings: tuple[str, ...]
    media_type: str
    recognises: Callable[[bytes, str], int]
    read: Reader
    write: Writer | None = None


def named(name: str, *endings: str) -> bool:
    """Whether a file's name ends so, whatever its case."""
    return name.lower().endswith(endings)
