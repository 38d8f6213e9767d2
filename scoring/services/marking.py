"""Marks as they are given, a grader's finished task, and the one mark that comes of all graders."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from examserver.delivery.services.sittings import mark_scored
from examserver.delivery.states import SittingState
from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.transitions import move
from scoring import reconcile
from scoring.models import GradingTask, Mark, SubjectScore, TaskScore
from scoring.rubrics import Rubric, check_mark, task_total, total, unmarked
from scoring.services.records import Step, record
from scoring.services.tasks import read_rubrics, slot_for
from scoring.states import GRADING_MOVES, GradingState


@dataclass(frozen=True, slots=True)
class NewMark:
    """Points for one line of the rubric, and why."""

    line: str
    points: Decimal
    reason: str = ""


class LinesUnmarked(NotAllowed):
    """The task cannot be finished: `lines` have no mark yet."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("lines_unmarked")
        self.lines = lines


class UnknownLine(NotAllowed):
    """The rubric has no such line."""

    def __init__(self) -> None:
        super().__init__("unknown_line")


def _hold(grading_task: GradingTask, actor: Actor) -> GradingTask:
    """The task in the actor's hands, with all slots of its sitting locked against other finishers.

    SQLite's IMMEDIATE transactions already stand in a queue; PostgreSQL queues on these rows.
    """
    slots = GradingTask.objects.select_for_update().filter(sitting_id=grading_task.sitting_id).order_by("pk")
    held = next(slot for slot in slots if slot.pk == grading_task.pk)
    if held.grader_id != actor.id:
        raise NotAllowed("not_yours")
    if held.state != GradingState.TAKEN:
        raise NotAllowed("grading_done")
    return held


def rubric_of(grading_task: GradingTask) -> Rubric:
    """The rubric by which the task is marked."""
    return next(one for one in read_rubrics(grading_task.sitting) if one.task == grading_task.task)


def marks_of(grading_task: GradingTask) -> dict[str, Decimal]:
    """The marks given so far: {line: points}."""
    return dict(Mark.objects.filter(grading_task=grading_task).values_list("line", "points"))


@transaction.atomic
def record_mark(*, grading_task: GradingTask, actor: Actor, mark: NewMark, now: datetime) -> Mark:
    """Store the points for one line; given again, the newer ones count and the log keeps both.

    rubrics.BadMark when the line cannot have them, `unknown_line`, `not_yours`, `grading_done`.
    """
    held = _hold(grading_task, actor)
    try:
        line = rubric_of(held).line(mark.line)
    except KeyError as error:
        raise UnknownLine from error
    check_mark(line, mark.points)
    before = Mark.objects.filter(grading_task=held, line=line.no).first()
    row, _ = Mark.objects.update_or_create(
        grading_task=held,
        line=line.no,
        defaults={"points": mark.points, "reason": mark.reason.strip()[:500], "marked_at": now},
    )
    data = {"code": held.code, "line": line.no, "points": str(mark.points), "reason": row.reason}
    if before is not None:
        data["before"] = str(before.points)
    record(held.sitting, Step("mark.given", actor, now, data))
    return row


@transaction.atomic
def write_note(*, grading_task: GradingTask, actor: Actor, note: str) -> None:
    """Keep the grader's own note; no mark depends on it."""
    held = _hold(grading_task, actor)
    held.note = note[:4000]
    held.save(update_fields=["note"])


@transaction.atomic
def finish_task(*, grading_task: GradingTask, actor: Actor, now: datetime) -> reconcile.Reconciled:
    """The grader has marked every line; LinesUnmarked names the missing ones. Returns what comes of it."""
    held = _hold(grading_task, actor)
    rubric, marks = rubric_of(held), marks_of(held)
    if missing := unmarked(rubric, marks):
        raise LinesUnmarked(missing)
    points = task_total(rubric, marks)
    move(held, GRADING_MOVES, GradingState.DONE, done_at=now, total=points)
    data = {"code": held.code, "task": held.task, "slot": held.slot, "total": str(points)}
    record(held.sitting, Step("grading.done", actor, now, data))
    return _reconcile(held, rubric, now)


def _reconcile(grading_task: GradingTask, rubric: Rubric, now: datetime) -> reconcile.Reconciled:
    sitting = grading_task.sitting
    slots = GradingTask.objects.filter(sitting=sitting, task=grading_task.task).order_by("slot")
    totals = [slot.total for slot in slots if slot.total is not None and not slot.third]
    lead = next((slot.total for slot in slots if slot.third), None)
    policy = reconcile.read_policy(sitting.paper.policy)
    outcome = reconcile.reconcile(totals, rubric.points, policy, lead)
    if isinstance(outcome, reconcile.NeedsThird):
        _ask_lead(grading_task, outcome, now)
    elif isinstance(outcome, reconcile.Final):
        _store(grading_task, rubric, outcome, now)
    return outcome


def _ask_lead(grading_task: GradingTask, gap: reconcile.NeedsThird, now: datetime) -> None:
    slots = GradingTask.objects.filter(sitting=grading_task.sitting, task=grading_task.task)
    if slots.filter(third=True).exists():
        return
    third = slot_for(grading_task.sitting, grading_task.task, slots.count() + 1, now)
    third.third = True
    third.save()
    data = {"code": third.code, "task": third.task, "gap": str(gap.gap), "allowed": str(gap.allowed)}
    record(grading_task.sitting, Step("grading.third_needed", SYSTEM, now, data))


def _store(grading_task: GradingTask, rubric: Rubric, final: reconcile.Final, now: datetime) -> None:
    """All marks stay; the task's one mark says how it came about."""
    slots = list(GradingTask.objects.filter(sitting=grading_task.sitting, task=rubric.task).order_by("slot"))
    score = TaskScore.objects.create(
        sitting=grading_task.sitting,
        task=rubric.task,
        points=final.points,
        of=rubric.points,
        decision=final.decision,
        totals=[str(slot.total) for slot in slots if not slot.third],
        lead_total=next((slot.total for slot in slots if slot.third), None),
        reconciled_at=now,
    )
    data = {"task": rubric.task, "points": str(final.points), "by": final.decision, "totals": score.totals}
    record(grading_task.sitting, Step("task.scored", SYSTEM, now, data))
    _finish_subject(grading_task, now)


def _finish_subject(grading_task: GradingTask, now: datetime) -> None:
    """When every task of the paper has its mark, the subject has its points."""
    sitting, rubrics = grading_task.sitting, read_rubrics(grading_task.sitting)
    finals = dict(TaskScore.objects.filter(sitting=sitting).values_list("task", "points"))
    if any(rubric.task not in finals for rubric in rubrics):
        return
    score = SubjectScore.objects.create(
        sitting=sitting,
        points=reconcile.subject_total(list(finals.values())),
        of=total(rubric.points for rubric in rubrics),
        key_sha256=sitting.paper.key.sha256,
        scored_at=now,
    )
    data = {"points": str(score.points), "of": str(score.of), "key_sha256": score.key_sha256}
    record(sitting, Step("practical.scored", SYSTEM, now, data))
    if sitting.state == SittingState.SUBMITTED:
        mark_scored(sitting=sitting, actor=SYSTEM, now=now)
