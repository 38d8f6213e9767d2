"""Many responses to many items, line by line: what `examserver items score` does. Reads files below one folder.

A line is `{"id", "item", "responses"}`, with `item` a path below the folder and `seed` for items with random values
where another than 0 is wanted. Its answer is `{"id", "outcomes"}` or `{"id", "error"}`; no line stops the others.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from itembank.faults import Refused
from itembank.qti.items import read_item
from scoring.processing.errors import BadResponse, ScoringFailed
from scoring.processing.items import Scorer, compile_item
from scoring.processing.responses import Unread
from scoring.processing.values import to_wire

MOST_ITEMS = 4096
Note: TypeAlias = Callable[[str], None]


class Line(msgspec.Struct, frozen=True):
    """One line of the batch."""

    id: int | str | float | None
    item: str
    responses: dict[str, Any]
    seed: int | str = 0


class BadLine(ValueError):
    """A line that cannot be scored; the message says why."""


def score_lines(lines: Iterable[bytes], root: Path, note: Note) -> Iterator[bytes]:
    """An answer for each line that is not blank, in the same order; `note` is told of texts that count as not given."""
    cached = lru_cache(maxsize=MOST_ITEMS)(_opener(root.resolve()))
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield msgspec.json.encode(_answer(line, number, cached, note))


def _answer(line: bytes, number: int, scorer_of: Callable[[str], Scorer], note: Note) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return {"id": _id(line), "error": f"line {number}: {error}"}
    try:
        return {"id": given.id, "outcomes": _outcomes(given, scorer_of(given.item), note)}
    except (BadLine, BadResponse, ScoringFailed, Refused) as error:
        return {"id": given.id, "error": str(error)}


def _outcomes(given: Line, scorer: Scorer, note: Note) -> dict[str, Any]:
    session = scorer.attempt(scorer.begin(seed=given.seed), given.responses)
    for unread in session.unread:
        note(f"{given.id}: {_told(unread)}")
    return {name: to_wire(value) for name, value in session.outcomes.items()}


def _told(unread: Unread) -> str:
    return f"{unread.variable}: {unread.text!r} is no {unread.base_type} and counts as not given"


def _id(line: bytes) -> Any:
    """The id of a broken line where it still has one."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found.get("id") if isinstance(found, dict) else None


def _opener(root: Path) -> Callable[[str], Scorer]:
    def scorer_of(name: str) -> Scorer:
        path = _below(root, name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadLine(f"{name}: {error.strerror or 'cannot be read'}") from error
        return compile_item(read_item(data, name=name, templates=_beside(root, path)))

    return scorer_of


def _beside(root: Path, path: Path) -> Callable[[str], bytes | None]:
    """Processing templates that lie with the item."""

    def find(address: str) -> bytes | None:
        try:
            return _below(root, str(path.parent / address)).read_bytes()
        except (BadLine, OSError):
            return None

    return find


def _below(root: Path, name: str) -> Path:
    try:
        path = (root / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise BadLine(f"{name!r} is no path") from error
    if not path.is_relative_to(root):
        raise BadLine(f"{name}: lies outside the folder")
    return path
