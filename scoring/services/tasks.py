"""Opens grading tasks for closed practical sittings and gives them to graders."""

import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from examserver.delivery.selectors import closed_sittings, venue_date
from examserver.delivery.states import SittingState
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import IllegalMove, move
from itembank.states import Subject
from scoring import reconcile
from scoring.models import GradingTask
from scoring.rubrics import Rubric, read_rubric
from scoring.services.keys import frozen_keys
from scoring.services.records import Step, record
from scoring.states import GRADING_MOVES, GradingState

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting

log = logging.getLogger(__name__)

# Without letters and digits that are taken for each other; 30^6 codes.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
A_ROUND = 20


def new_code() -> str:
    """A random code such as `K7Q-MX3`: nothing about a candidate can be read from it."""
    letters = [secrets.choice(ALPHABET) for _ in range(6)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def read_rubrics(sitting: "Sitting") -> tuple[Rubric, ...]:
    """The rubrics of the sitting's paper in its order; rubrics.BadRubric, KeyChanged."""
    return tuple(read_rubric(task, data) for task, data in frozen_keys(sitting).items())


def open_grading_tasks(*, now: datetime) -> int:
    """Open the slots of closed practical sittings that have none; returns for how many. Idempotent."""
    opened = 0
    for state in (SittingState.SUBMITTED, SittingState.TERMINATED):
        waiting = closed_sittings(state).filter(grading_tasks=None, started_at__isnull=False)
        for sitting in waiting.filter(session__subject=Subject.PRACTICAL).select_related("paper__key")[
            :A_ROUND
        ]:
            opened += _open_one(sitting, now)
    return opened


def _open_one(sitting: "Sitting", now: datetime) -> bool:
    try:
        with transaction.atomic():
            _open(sitting, now)
    except IntegrityError:
        log.info("the grading tasks of sitting %s were opened by somebody else", sitting.pk)
        return False
    except ValueError:
        log.exception("sitting %s cannot be graded", sitting.pk)
        return False
    return True


def _open(sitting: "Sitting", now: datetime) -> None:
    policy = reconcile.read_policy(sitting.paper.policy)
    rubrics = read_rubrics(sitting)
    rows = [
        slot_for(sitting, rubric.task, slot, now)
        for rubric in rubrics
        for slot in range(1, policy.graders + 1)
    ]
    # In a random order, so that neither keys nor places in a list follow the seats.
    GradingTask.objects.bulk_create(sorted(rows, key=lambda row: row.code))
    data = {"tasks": [rubric.task for rubric in rubrics], "graders": policy.graders}
    record(sitting, Step("grading.opened", SYSTEM, now, data))


def slot_for(sitting: "Sitting", task: str, slot: int, now: datetime) -> GradingTask:
    """An open slot that is not stored yet; due as many days after the exam as the paper's policy says."""
    days = reconcile.read_policy(sitting.paper.policy).grading_days
    begun = sitting.submitted_at or now
    return GradingTask(
        sitting=sitting,
        task=task,
        slot=slot,
        code=new_code(),
        opened_at=now,
        due_on=venue_date(begun) + timedelta(days=days),
    )


@transaction.atomic
def take_task(*, grading_task: GradingTask, actor: Actor, now: datetime) -> None:
    """Give the open task to `actor`.

    `lead_only`: a third mark is the grading lead's; `both_slots`: the person has another slot of this work.
    """
    if not actor.has(Role.GRADING_LEAD if grading_task.third else Role.GRADER):
        raise NotAllowed("lead_only" if grading_task.third else "grader_only")
    same_work = GradingTask.objects.filter(sitting_id=grading_task.sitting_id, task=grading_task.task)
    if same_work.filter(grader_id=actor.id).exists():
        raise NotAllowed("both_slots")
    _take(grading_task, actor, now)
    data = {"code": grading_task.code, "task": grading_task.task, "slot": grading_task.slot}
    record(grading_task.sitting, Step("grading.taken", actor, now, data))


def _take(grading_task: GradingTask, actor: Actor, now: datetime) -> None:
    try:
        with transaction.atomic():
            move(grading_task, GRADING_MOVES, GradingState.TAKEN, grader_id=actor.id, taken_at=now)
    except IntegrityError as error:  # the same person took the other slot a moment ago, in another window
        raise NotAllowed("both_slots") from error


def take_next(*, open_tasks: list[GradingTask], actor: Actor, now: datetime) -> GradingTask:
    """Take one of `open_tasks` by chance; `nothing_open` when others were quicker everywhere."""
    for grading_task in secrets.SystemRandom().sample(open_tasks, len(open_tasks)):
        try:
            take_task(grading_task=grading_task, actor=actor, now=now)
        except IllegalMove:
            continue
        return grading_task
    raise NotAllowed("nothing_open")
