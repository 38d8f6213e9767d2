"""The words of words.toml, looked up whatever their width, case and spacing."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_NOISE = re.compile(r"[\s*＊:：]|[(\[（【](?:必填|选填|可选|required|optional)[)\]）】]")
_LONGEST = 40
_CHOICE = re.compile(r"(?:选项|备选项|option|choice)?([a-z]|\d{1,2})(?:选项|项)?")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def _lookup(part: str) -> dict[str, str]:
    return {squeezed(word): meaning for meaning, words in _table()[part].items() for word in words}


def squeezed(text: str) -> str:
    """`text` without what people add to words: width, case, spaces, stars, "(required)"."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def meaning(part: str, text: str) -> str:
    """What a word of that part of the table means; empty for one that is not known."""
    return _meaning(part, text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _meaning(part: str, text: str) -> str:
    return _lookup(part).get(squeezed(text), "")


def heading(field: str) -> str:
    """How the column of a field is headed when it is written."""
    return _table()["headings"][field][0]


def word(part: str, value: str) -> str:
    """How a meaning is written."""
    return _table()[part][value][0]


def words(part: str) -> tuple[str, ...]:
    """How each meaning of a part is written."""
    return tuple(one[0] for one in _table()[part].values())


def field_of(text: str) -> str:
    """The field that a heading names: a name of the table, `choice:A` to `choice:Z`, or empty."""
    known = meaning("headings", text)
    if known:
        return known
    found = _CHOICE.fullmatch(squeezed(text))
    if not found or (found[1].isdigit() and found[0] == found[1]):
        return ""
    letter = chr(ord("A") + int(found[1]) - 1) if found[1].isdigit() else found[1].upper()
    return f"choice:{letter}" if "A" <= letter <= "Z" else ""
