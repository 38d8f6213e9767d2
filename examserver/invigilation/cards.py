"""What a room board shows of incidents, reminders and cases: closed wire objects, and their words in a language."""

from collections.abc import Mapping
from typing import Any

import msgspec

from examserver.kernel.events import WireObject
from examserver.registration.notice import clause

Objects = Mapping[str, list[dict[str, Any]]]
# Events reach boards of every language, so they carry the official words and each board's socket puts in its own.
OFFICIAL_LANGUAGE = "zh-hans"


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a card."""


class ClauseLine(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clause that an incident points at, in the language of the board."""

    code: str
    text: str
    reminder_required: bool


class BoxLine(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the detector saw in a still: corners in pixels of the picture, y downwards."""

    label: str
    score: float
    x1: float
    y1: float
    x2: float
    y2: float


class StillLine(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A still or a clip of an incident, as `kind` says; `url` is the logged view of it, `gone` why there is none."""

    kind: str
    gone: str
    url: str
    captured_at: int
    sha256: str
    boxes: list[BoxLine]


class SignalLine(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page told of one kind: how often, when it first and last began, in all how long, and the largest size.

    `kind` and the unit of `size` are those of signals.Kind; times in ms since the epoch.
    """

    kind: str
    times: int
    first_at: int
    last_at: int
    seconds: float
    size: int


class ConditionLine(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a case's check-list; `at` in ms, null where it is not met."""

    code: str
    met: bool
    at: int | None


class IncidentCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the machine noticed. Times in ms since the epoch; `sitting` is the tile's id."""

    sitting: int
    code: str
    state: str
    started_at: int
    ended_at: int | None
    score: float
    risk: str
    clauses: list[ClauseLine]
    stills: list[StillLine]
    signals: list[SignalLine]
    dismissed_because: str


class ReminderCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reminder and what came of it; `issued_by` is a display name, `comply_by` when staff should look again."""

    sitting: int
    clause: str
    incident: int | None
    state: str
    issued_at: int
    issued_by: str
    shown_at: int | None
    read_at: int | None
    decided_at: int | None
    comply_by: int


class CaseCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case with its check-list; `proposed_by` and `confirmed_by` are display names."""

    sitting: int
    clause: str
    severity: str
    state: str
    note: str
    proposed_by: str | None
    proposed_at: int | None
    confirmed_by: str | None
    confirmed_at: int | None
    conditions: list[ConditionLine]


class ViewCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When somebody on duty last opened a seat; `id` is the sitting's, `viewed_by` a display name."""

    viewed_at: int
    viewed_by: str


def in_language(objects: Objects, language: str) -> dict[str, list[dict[str, Any]]]:
    """The same objects with the clauses' words in `language`."""
    cards = [_translated(card, language) for card in objects.get("incident_card", [])]
    return {**objects, **({"incident_card": cards} if cards else {})}


def _translated(card: dict[str, Any], language: str) -> dict[str, Any]:
    lines = [{**line, "text": clause(line["code"]).text(language)} for line in card["clauses"]]
    return {**card, "clauses": lines}
