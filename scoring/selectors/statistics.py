"""Reads what statistics are made from: papers that were sat, everybody's marks on their items, the options chosen."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Count, QuerySet
from django.utils.html import strip_tags

from examserver.delivery.selectors import open_sittings, sittings_on
from examserver.delivery.states import SessionState, SittingState
from itembank.states import ItemType, Subject
from scoring.models import ItemScore, SubjectScore, TaskScore
from scoring.statistics.options import Choices
from scoring.statistics.sheet import Floats, Sheet, sheet_of

if TYPE_CHECKING:
    from itembank.models import Paper

# A sitting that was ended or is void says nothing of an item: nobody knows whose work it was, or how far they came.
NOT_COUNTED = (SittingState.TERMINATED, SittingState.VOID_SUBJECT, SittingState.VOID_ALL)
RESPONSE = "RESPONSE"
CHOSEN_IN = frozenset({"choice", "inline_choice"})
_SAT = (
    "sitting__session__exam_day__date",
    "sitting__paper_id",
    "sitting__paper__code",
    "sitting__paper__title",
    "sitting__paper__subject",
)


@dataclass(frozen=True, slots=True)
class SatPaper:
    """A paper as it was sat on a day, and how many sittings of it count."""

    day: date
    paper_id: int
    code: str
    title: str
    subject: str
    candidates: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An item or task as the paper asks it: its place, kind, words, and the words of its options by id."""

    id: str
    number: int
    type: str
    stem: str
    options: Mapping[str, str]
    correct: frozenset[str]


@dataclass(frozen=True, slots=True)
class DayMarks:
    """All that a report of a paper's day is made from."""

    asked: tuple[Asked, ...]
    sheet: Sheet
    choices: Mapping[str, Choices]


def sat_papers() -> tuple[SatPaper, ...]:
    """Every paper and day with scores, the newest day first."""
    rows = _counted().values_list(*_SAT).annotate(candidates=Count("pk"))
    return tuple(
        SatPaper(*row) for row in rows.order_by("-sitting__session__exam_day__date", "sitting__paper__code")
    )


def sat_paper(day: date, paper_id: int) -> SatPaper | None:
    """That paper on that day; None when no sitting of it has a score."""
    return next((one for one in sat_papers() if (one.day, one.paper_id) == (day, paper_id)), None)


def still_sat(sat: SatPaper) -> bool:
    """Whether the paper is still at work, or a session of the day with it has not closed: no key may be shown."""
    to_come = sittings_on(sat.day).filter(paper_id=sat.paper_id).exclude(session__state=SessionState.CLOSED)
    return to_come.exists() or open_sittings().filter(paper_id=sat.paper_id).exists()


def _counted() -> QuerySet[SubjectScore]:
    return SubjectScore.objects.exclude(sitting__state__in=NOT_COUNTED)


def paper_of(sat: SatPaper) -> "Paper":
    """The paper itself, with its key."""
    paper: Paper = _of(_counted(), sat).select_related("sitting__paper__key")[0].sitting.paper
    return paper


def day_marks(sat: SatPaper, content: Mapping[str, Any], key: Mapping[str, Any]) -> DayMarks:
    """Everybody's marks, item by item in the order of the paper's `content`; `key` says which options are right."""
    asked = asked_of(content, key)
    people = sorted(_of(_counted(), sat).values_list("sitting_id", flat=True))
    sheet = _sheet(sat, [one.id for one in asked], people)
    chosen = _chosen(sat) if any(one.options for one in asked) else {}
    choices = {
        one.id: Choices(
            tuple(one.options), one.correct, [chosen.get((who, one.id), frozenset()) for who in people]
        )
        for one in asked
        if one.options
    }
    return DayMarks(asked, sheet, choices)


def _of(rows: QuerySet[Any], sat: SatPaper) -> QuerySet[Any]:
    return rows.filter(sitting__session__exam_day__date=sat.day, sitting__paper_id=sat.paper_id)


def _sheet(sat: SatPaper, slots: list[str], people: list[int]) -> Sheet:
    """A candidate who has no score on an item has none: NaN."""
    columns, lines = ({name: at for at, name in enumerate(found)} for found in (slots, people))
    marks: Floats = np.full((len(people), len(slots)), np.nan)
    full: Floats = np.zeros(len(slots))
    for who, item, points, of in _scores(sat):
        if who in lines and item in columns:
            marks[lines[who], columns[item]] = float(points)
            full[columns[item]] = max(full[columns[item]], float(of))
    return sheet_of(slots, marks, full)


def _scores(sat: SatPaper) -> Iterator[tuple[int, str, Any, Any]]:
    if sat.subject == Subject.THEORY:
        yield from _of(ItemScore.objects.all(), sat).values_list("sitting_id", "item", "points", "max_points")
    else:
        yield from _of(TaskScore.objects.all(), sat).values_list("sitting_id", "task", "points", "of")


def _chosen(sat: SatPaper) -> dict[tuple[int, str], frozenset[str]]:
    """The options that everybody chose, in one query: one for each sitting takes longer than all the rest."""
    rows = _of(_counted(), sat).filter(sitting__responses__item__isnull=False)
    found = rows.values_list("sitting_id", "sitting__responses__item", "sitting__responses__value")
    return {(who, item): _ids(json.loads(value)) for who, item, value in found.iterator()}


def _ids(value: object) -> frozenset[str]:
    """A list of option ids, also where an interaction holds it; nothing for answers of another kind."""
    if isinstance(value, dict):
        value = value.get(RESPONSE)
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()


def asked_of(content: Mapping[str, Any], key: Mapping[str, Any]) -> tuple[Asked, ...]:
    """What a paper asks, in its order."""
    return tuple(_asked(content, key))


def _asked(content: Mapping[str, Any], key: Mapping[str, Any]) -> Iterator[Asked]:
    for number, task in enumerate(content.get("tasks", ()), 1):
        yield Asked(str(task["id"]), number, "task", str(task["title"]), {}, frozenset())
    items = [(section["type"], item) for section in content.get("sections", ()) for item in section["items"]]
    for number, (kind, item) in enumerate(items, 1):
        correct = frozenset(map(str, key.get(item["id"], {}).get("correct", ())))
        yield Asked(str(item["id"]), number, str(kind), str(item["stem"]), _options(kind, item), correct)


def _options(kind: str, item: Mapping[str, Any]) -> dict[str, str]:
    """The words of the options by id, also of an item that is one interaction to choose in.

    A statement's two may have words only on pages.
    """
    found = {str(one["id"]): str(one["text"]) for one in item.get("options", ())}
    asked = item.get("interactions", {})
    if not found and len(asked) == 1 and RESPONSE in asked and asked[RESPONSE].get("kind") in CHOSEN_IN:
        found = {str(one["id"]): strip_tags(one["html"]) for one in asked[RESPONSE].get("options", ())}
    return found or ({"T": "", "F": ""} if kind == ItemType.TRUE_FALSE else {})
