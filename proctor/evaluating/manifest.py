"""A manifest: which sessions there are, where their pictures lie, and what truly happened in them."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proctor.evaluating.events import Event, Truth, Unclear
from proctor.evaluating.films import BadFilm, Film


class ManifestError(ValueError):
    """A manifest that cannot be used; the text names the session and the field."""


@dataclass(frozen=True, slots=True)
class Session:
    """One candidate before one camera; `distinct_minutes` is None where the manifest does not declare it."""

    name: str
    film: Film
    truth: Truth
    composed: bool = False
    distinct_minutes: float | None = None


def read_manifest(path: Path, names: Sequence[str] = ()) -> list[Session]:
    """The sessions of a manifest, all or the named ones; raises ManifestError."""
    rows = read_rows(path)
    known = [row.get("id") for row in rows]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ManifestError(f"{path}: no session {', '.join(unknown)}")
    return [read_session(path.parent, row) for row in rows if not names or row["id"] in names]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows under "sessions", each with an id of its own."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ManifestError(f"{path}: not JSON: {error}") from error
    rows = told.get("sessions") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not rows:
        raise ManifestError(f'{path}: "sessions" is not a list with at least one session')
    named_rows = [named(path, number, row) for number, row in enumerate(rows)]
    return [{"composed": told.get("composed", False), **row} for row in unique(path, named_rows)]


def unique(path: Path, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, once it is sure that no id stands twice."""
    names = [row["id"] for row in rows]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ManifestError(f"{path}: id {', '.join(sorted(twice))} stands more than once")
    return rows


def named(path: Path, number: int, row: Any) -> dict[str, Any]:
    """A row that is an object with an id."""
    if not isinstance(row, dict):
        raise ManifestError(f"{path}: session number {number + 1} is not an object")
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise ManifestError(f"{path}: session number {number + 1}, id: a text is missing")
    return row


def read_session(folder: Path, row: dict[str, Any]) -> Session:
    """One row as a session; raises ManifestError."""
    name = row["id"]
    fps = number_of(name, "fps", row.get("fps"))
    if fps <= 0:
        raise wrong(name, "fps", "must be above 0")
    if not isinstance(row.get("frames"), str) or not row["frames"]:
        raise wrong(name, "frames", "the path of a folder or film is missing")
    film = Film(folder / row["frames"], fps)
    try:
        film.check()
    except (BadFilm, OSError) as error:
        raise wrong(name, "frames", str(error)) from error
    distinct = row.get("distinct_minutes")
    declared = None if distinct is None else number_of(name, "distinct_minutes", distinct)
    return Session(name, film, read_truth(name, row), bool(row["composed"] or row.get("synthetic")), declared)


def read_truth(name: str, row: dict[str, Any]) -> Truth:
    """The events and unclear spans of a row."""
    events = [
        Event(code_of(name, field, told), *span_of(name, field, told), str(told.get("variant", "")))
        for field, told in entries(name, "truth", row.get("truth"))
    ]
    unclear = [
        Unclear(*span_of(name, field, told), str(told.get("code", "")))
        for field, told in entries(name, "unclear", row.get("unclear", []))
    ]
    return Truth(tuple(events), tuple(unclear))


def entries(name: str, field: str, told: Any) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a list, each with the name of its place."""
    if not isinstance(told, list):
        raise wrong(name, field, "must be a list")
    for number, one in enumerate(told):
        if not isinstance(one, dict):
            raise wrong(name, f"{field}[{number}]", "must be an object")
    return [(f"{field}[{number}]", one) for number, one in enumerate(told)]


def code_of(name: str, field: str, told: dict[str, Any]) -> str:
    code = told.get("code")
    if not isinstance(code, str) or not code:
        raise wrong(name, f"{field}.code", "a text is missing")
    return code


def span_of(name: str, field: str, told: dict[str, Any]) -> tuple[float, float]:
    """Start and end in seconds, the end after the start."""
    start = number_of(name, f"{field}.start", told.get("start"))
    end = number_of(name, f"{field}.end", told.get("end"))
    if not 0 <= start < end:
        raise wrong(name, field, f"0 <= start < end does not hold: {start:g}, {end:g}")
    return start, end


def number_of(name: str, field: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise wrong(name, field, f"not a number: {value!r}")
    return float(value)


def wrong(name: str, field: str, why: str) -> ManifestError:
    return ManifestError(f"session {name}, {field}: {why}")
