r"""Compares a typed text with a pattern in which * stands for anything and \* for a star. Pure.

Source: Moodle 4.1, short-answer question: both are brought to Unicode NFC, the response is trimmed, a run of
stars counts as one, and a star does not reach over a line break.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

UNESCAPED_STARS = re.compile(r"(?<!\\)\*+")
TRIMMED = " \t\n\r\0\x0b"
KEPT_PATTERNS = 4096


@dataclass(frozen=True, slots=True)
class Piece:
    """A literal text between two stars and how many characters it has."""

    text: re.Pattern[str]
    length: int


@lru_cache(maxsize=KEPT_PATTERNS)
def _pieces(pattern: str, ignore_case: bool) -> tuple[Piece, ...]:
    """Each literal for itself, since one expression with many stars can run for hours on a long response."""
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    literals = [
        piece.replace(r"\*", "*") for piece in UNESCAPED_STARS.split(unicodedata.normalize("NFC", pattern))
    ]
    return tuple(Piece(re.compile(re.escape(literal), flags), len(literal)) for literal in literals)


def matches(text: str, pattern: str, *, ignore_case: bool) -> bool:
    """Whether all of `text` is what `pattern` says."""
    trimmed = unicodedata.normalize("NFC", text).strip(TRIMMED)
    first, *rest = _pieces(pattern, ignore_case)
    if not rest:
        return first.text.fullmatch(trimmed) is not None
    begun = first.text.match(trimmed)
    return begun is not None and _goes_on(trimmed, begun.end(), rest)


def _goes_on(text: str, at: int, pieces: list[Piece]) -> bool:
    """The earliest place is taken for each piece: what fits behind a later one fits behind the earliest too."""
    for piece in pieces[:-1]:
        found = piece.text.search(text, at)
        if found is None or "\n" in text[at : found.start()]:
            return False
        at = found.end()
    last = len(text) - pieces[-1].length
    return last >= at and "\n" not in text[at:last] and pieces[-1].text.fullmatch(text, last) is not None
