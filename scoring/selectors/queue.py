"""A grader's queue: what is in their hands, what is open, how far everybody is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from examserver.delivery.states import SittingState
from examserver.kernel.access import Actor, Role
from scoring.models import GradingTask, Mark
from scoring.states import GradingState

VOID = (SittingState.VOID_SUBJECT, SittingState.VOID_ALL)


@dataclass(frozen=True, slots=True)
class Mine:
    """A task in the grader's hands, or one that they have finished."""

    code: str
    title: str
    title_en: str
    marked: int
    lines: int
    due_on: date
    third: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """All slots of one task of one paper: how many this grader may take, how many are done of how many."""

    paper: int
    paper_title: str
    task: str
    title: str
    title_en: str
    open: int
    done: int
    of: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Queue:
    """The grader's page."""

    mine: tuple[Mine, ...]
    finished: tuple[Mine, ...]
    piles: tuple[Pile, ...]


def task_for(actor: Actor, code: str) -> GradingTask:
    """The grading task `code` that is or was in the actor's hands; GradingTask.DoesNotExist otherwise."""
    return GradingTask.objects.select_related("sitting__paper__key", "sitting__session").get(
        code=code, grader_id=actor.id
    )


def open_to(actor: Actor, *, third: bool = False) -> QuerySet[GradingTask]:
    """The open slots that `actor` may take: no second slot of the same work, none of a void sitting."""
    held = GradingTask.objects.filter(
        sitting_id=OuterRef("sitting_id"), task=OuterRef("task"), grader_id=actor.id
    )
    found = GradingTask.objects.filter(~Exists(held), state=GradingState.OPEN, third=third)
    return found.exclude(sitting__state__in=VOID).select_related("sitting__paper__key").order_by("code")


def open_in(actor: Actor, paper: int, task: str) -> list[GradingTask]:
    """The open slots of one pile that `actor` may take."""
    return list(open_to(actor).filter(sitting__paper_id=paper, task=task))


def queue(actor: Actor) -> Queue:
    """What the grader's page shows; nothing in it points at a person."""
    rows = GradingTask.objects.filter(grader_id=actor.id).select_related("sitting__paper__key")
    marked = dict(
        Mark.objects.filter(grading_task__in=rows).values_list("grading_task").annotate(Count("pk"))
    )
    mine = [_mine(row, marked.get(row.pk, 0)) for row in rows.order_by("due_on", "taken_at", "code")]
    own_piles = piles(actor) if actor.has(Role.GRADER) else ()
    return Queue(
        mine=tuple(one for one in mine if not one.done),
        finished=tuple(one for one in mine if one.done),
        piles=own_piles,
    )


def task_data(tasks: Iterable[dict[str, Any]], task: str) -> dict[str, Any]:
    """The task `task` of a paper's content."""
    return next(one for one in tasks if one["id"] == task)


def _mine(row: GradingTask, marked: int) -> Mine:
    paper = row.sitting.paper
    task = task_data(paper.content["tasks"], row.task)
    return Mine(
        code=row.code,
        title=task["title"],
        title_en=task.get("title_en", ""),
        marked=marked,
        lines=len(paper.key.keys[row.task]["rubric"]),
        due_on=row.due_on,
        third=row.third,
        done=row.state == GradingState.DONE,
    )


def piles(actor: Actor) -> tuple[Pile, ...]:
    """One pile a paper and task, those that are due first on top."""
    rows = (
        GradingTask.objects.filter(third=False)
        .exclude(sitting__state__in=VOID)
        .values("sitting__paper_id", "task")
        .annotate(done=Count("pk", filter=Q(state=GradingState.DONE)), of=Count("pk"), due=Min("due_on"))
        .order_by("due", "sitting__paper_id", "task")
    )
    free = Counter(open_to(actor).values_list("sitting__paper_id", "task"))
    return tuple(_pile(row, free[row["sitting__paper_id"], row["task"]]) for row in rows)


def _pile(row: Mapping[str, Any], free: int) -> Pile:
    one = GradingTask.objects.filter(sitting__paper_id=row["sitting__paper_id"])
    paper = one.select_related("sitting__paper")[0].sitting.paper
    task = task_data(paper.content["tasks"], row["task"])
    return Pile(
        paper=paper.pk,
        paper_title=paper.title,
        task=row["task"],
        title=task["title"],
        title_en=task.get("title_en", ""),
        open=free,
        done=row["done"],
        of=row["of"],
        due_on=row["due"],
    )
