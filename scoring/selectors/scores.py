"""Reads scores: a sitting's points, its sections, how far its graders are."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from scoring.models import GradingTask, ItemScore, SubjectScore, TaskScore
from scoring.rubrics import total
from scoring.states import GradingState

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of a theory paper: its points, and how many items were right, wrong and left empty."""

    section: str
    type: str
    title: str
    title_en: str
    points: Decimal
    of: Decimal
    right: int
    items: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """One item's points and the stored reason: a locale key, its params, perhaps its parts."""

    number: int
    item: str
    points: Decimal
    of: Decimal
    explanation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaskPoints:
    """One task of a practical paper and its final points."""

    task: str
    title: str
    title_en: str
    points: Decimal
    of: Decimal


@dataclass(frozen=True, slots=True)
class GradingProgress:
    """How many of a sitting's slots are done, and whether a third mark is awaited."""

    done: int
    slots: int
    third_waiting: bool


def subject_score(sitting: "Sitting") -> SubjectScore | None:
    """The sitting's points in its subject; None while they are not final."""
    return SubjectScore.objects.filter(sitting=sitting).first()


def section_scores(sitting: "Sitting") -> tuple[SectionScore, ...]:
    """The sections of a theory sitting in the paper's order; empty before it is scored. Names no key."""
    scores = {row.item: row for row in ItemScore.objects.filter(sitting=sitting)}
    if not scores:
        return ()
    return tuple(_section(data, scores) for data in sitting.paper.content["sections"])


def item_explanations(sitting: "Sitting") -> tuple[ItemExplanation, ...]:
    """Why each item of a theory sitting brought what it did, in the paper's order; names no option and no key.

    `explanation` becomes a sentence by the filter `exam_words.explained`.
    """
    scores = {row.item: row for row in ItemScore.objects.filter(sitting=sitting)}
    items = [item["id"] for section in sitting.paper.content.get("sections", ()) for item in section["items"]]
    return tuple(
        ItemExplanation(number, item, scores[item].points, scores[item].max_points, scores[item].explanation)
        for number, item in enumerate(items, 1)
        if item in scores
    )


def _section(data: dict[str, object], scores: dict[str, ItemScore]) -> SectionScore:
    items: list[dict[str, str]] = data["items"]  # type: ignore[assignment]
    rows = [scores[item["id"]] for item in items]
    return SectionScore(
        section=str(data["id"]),
        type=str(data["type"]),
        title=str(data["title"]),
        title_en=str(data.get("title_en", "")),
        points=total(row.points for row in rows),
        of=total(row.max_points for row in rows),
        right=sum(
            row.points == row.max_points > 0 for row in rows
        ),  # an item that was taken out counts nowhere
        items=len(rows),
        unanswered=sum(row.explanation["key"] == "outcome.unanswered" for row in rows),
    )


def task_points(sitting: "Sitting") -> tuple[TaskPoints, ...]:
    """The tasks of a practical sitting that have their final mark, in the paper's order."""
    scores = {row.task: row for row in TaskScore.objects.filter(sitting=sitting)}
    tasks = [task for task in sitting.paper.content.get("tasks", []) if task["id"] in scores]
    return tuple(
        TaskPoints(
            task=task["id"],
            title=task["title"],
            title_en=task.get("title_en", ""),
            points=scores[task["id"]].points,
            of=scores[task["id"]].of,
        )
        for task in tasks
    )


def grading_progress(sitting_ids: Iterable[int]) -> dict[int, GradingProgress]:
    """How far the graders of these sittings are; a sitting without slots is left out."""
    rows = (
        GradingTask.objects.filter(sitting_id__in=list(sitting_ids))
        .values("sitting_id")
        .annotate(
            done=Count("pk", filter=Q(state=GradingState.DONE)),
            slots=Count("pk"),
            thirds=Count("pk", filter=Q(third=True) & ~Q(state=GradingState.DONE)),
        )
    )
    return {
        row["sitting_id"]: GradingProgress(row["done"], row["slots"], bool(row["thirds"])) for row in rows
    }
