"""The words of an institution's file: its headings, levels and how it says yes, from `group_columns.json`. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `group_columns.json`: each meaning with the words for it, of which the first is the one we show."""

    columns: dict[str, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    yes: tuple[str, ...]


def plain(text: str) -> str:
    """Full-width letters and brackets made plain, blanks removed, small letters: how words are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _by_word(meanings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(word): meaning for meaning, words in meanings.items() for word in words}


_FILE = msgspec.json.decode((Path(__file__).parent / "group_columns.json").read_bytes(), type=_Words)
_COLUMNS, _LEVELS = _by_word(_FILE.columns), _by_word(_FILE.levels)
_YES = frozenset(plain(word) for word in _FILE.yes)
HEADINGS: Mapping[str, str] = {column: words[0] for column, words in _FILE.columns.items()}
NEEDED = tuple(column for column in HEADINGS if column != "level")


def column_of(heading: str) -> str:
    """Which column a heading names; empty for another one."""
    return _COLUMNS.get(plain(heading), "")


def level_of(text: str) -> int:
    """The level, 1 to 5; 0 for what is none."""
    return int(_LEVELS.get(plain(text), "0"))


def says_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return plain(text) in _YES
