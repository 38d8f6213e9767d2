"""What is done with the batch of a month: closed, held, rolled over, decided in December; each once and by a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.kernel.transitions import move
from examserver.registration.applications.duties import PLANNERS
from examserver.registration.applications.faults import refuse, refuse_any
from examserver.registration.applications.states import ApplicationState, Step
from examserver.registration.batches.rules import onward, too_few
from examserver.registration.batches.states import HELD, MOVES, BatchState
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.dates.windows import DecemberChoice, decide_december
from examserver.registration.models import Application, Batch, BatchEvent
from examserver.registration.selectors.batches import counted, members, window_of
from examserver.registration.selectors.catalogue import catalogue_of
from examserver.registration.services.announcing import announce_reopened
from examserver.registration.services.histories import STREAM, Deed, take_step
from examserver.registration.services.queueing import open_batch


@dataclass(frozen=True, slots=True)
class SeenBatch:
    """A batch as a person has looked at it: its key and the version that their page showed."""

    batch_id: int
    version: int


@dataclass(frozen=True, slots=True)
class December:
    """What a person chose for a batch of December; a last day only for this year."""

    choice: DecemberChoice
    evaluate_by: date | None = None


@transaction.atomic
def close_batch(*, seen: SeenBatch, actor: Actor, now: datetime) -> Batch:
    """Its month is over: enough wait for the confirmation, too few go to the next month, December is to be decided.

    Refused `batch_month_runs` until the last day of the window is over; NotAllowed `role_needed`,
    `changed_meanwhile`; IllegalMove.
    """
    batch, deed = _held(seen, actor), Deed(actor, now)
    window = window_of(batch)
    if now.astimezone(VENUE_ZONE).date() <= window.apply_to:
        raise refuse("batch_month_runs", "batch", last=str(window.apply_to))
    _go(batch, BatchState.CLOSED, deed)
    if window.decided_by_person:
        _go(batch, BatchState.DECEMBER_DECISION, deed)
    elif list(too_few(counted(batch, _notice(batch)), _notice(batch).rules)):
        _roll_over(batch, deed)
    return batch


@transaction.atomic
def confirm_batch(*, seen: SeenBatch, actor: Actor, now: datetime) -> Batch:
    """It is held until the last day of its window. Refused `batch_too_few`."""
    batch, deed = _held(seen, actor), Deed(actor, now)
    refuse_any(too_few(counted(batch, _notice(batch)), _notice(batch).rules))
    _go(batch, BatchState.CONFIRMED, deed, evaluate_by=window_of(batch).evaluate_by)
    _batch_members(batch, deed)
    return batch


@transaction.atomic
def roll_over_batch(*, seen: SeenBatch, reason: str, actor: Actor, now: datetime) -> Batch:
    """Everybody goes to the next month, in their order and with their payment (REQ-45); not out of December."""
    batch = _held(seen, actor)
    _roll_over(batch, Deed(actor, now, reason.strip()))
    return batch


@transaction.atomic
def decide_december_batch(*, seen: SeenBatch, december: December, actor: Actor, now: datetime) -> Batch:
    """This year with a last day, or next year's notice, of which nobody is shown a date (REQ-42).

    Refused as `decide_december` says, `batch_too_few`, `day_in_past`.
    """
    batch, deed = _held(seen, actor), Deed(actor, now)
    by = decide_december(window_of(batch), december.choice, december.evaluate_by)
    if by is None:
        _go(batch, BatchState.NEXT_YEAR, deed)
        for one in members(batch).select_for_update(of=("self",)):
            take_step(one, Step.AWAIT_NOTICE, deed)
        return batch
    if by < now.astimezone(VENUE_ZONE).date():
        raise refuse("day_in_past", "evaluate_by")
    refuse_any(too_few(counted(batch, _notice(batch)), _notice(batch).rules))
    _go(batch, BatchState.HELD_THIS_YEAR, deed, evaluate_by=by)
    _batch_members(batch, deed)
    return batch


def recount(application: Application, deed: Deed) -> None:
    """Somebody has left: a batch with too few comes back to be decided anew (S10). In the caller's transaction."""
    if application.batch_id is None:
        return
    batch = Batch.objects.select_for_update().get(pk=application.batch_id)
    if batch.state in HELD and list(too_few(counted(batch, _notice(batch)), _notice(batch).rules)):
        held_month = batch.state == BatchState.CONFIRMED
        back = BatchState.CLOSED if held_month else BatchState.DECEMBER_DECISION
        _go(batch, back, deed, evaluate_by=None)
        announce_reopened(batch, members(batch), deed.now)


def _held(seen: SeenBatch, actor: Actor) -> Batch:
    if not actor.has(*PLANNERS):
        raise NotAllowed("role_needed")
    batch = Batch.objects.select_for_update().get(pk=seen.batch_id)
    if batch.version != seen.version:
        raise NotAllowed("changed_meanwhile")
    return batch


def _notice(batch: Batch) -> Catalogue:
    return catalogue_of(batch.catalogue_version)


def _batch_members(batch: Batch, deed: Deed) -> None:
    """Those who were batched before a withdrawal are so still."""
    facts = {"batch": str(batch), "evaluate_by": str(batch.evaluate_by)}
    for one in members(batch).filter(state=ApplicationState.QUEUED).select_for_update(of=("self",)):
        take_step(one, Step.BATCH, Deed(deed.actor, deed.now, facts=facts))


def _roll_over(batch: Batch, deed: Deed) -> None:
    windows = _notice(batch).windows
    target = open_batch(batch.scope, batch.catalogue_version, list(onward(windows, window_of(batch))))
    if target is None or target.pk == batch.pk:
        raise refuse("batch_nowhere", "batch")
    going = list(members(batch).select_for_update(of=("self",)))
    _go(batch, BatchState.ROLLED_OVER, deed)
    told = Deed(deed.actor, deed.now, deed.reason, {"source": str(batch), "target": str(target)})
    for one in going:
        take_step(one, Step.ROLL_OVER, told)
        take_step(one, Step.REQUEUE, told, batch_id=target.pk)


def _go(batch: Batch, target: BatchState, deed: Deed, **changes: Any) -> None:
    source, number, people = batch.state, batch.version + 1, members(batch).count()
    move(batch, MOVES, target, version=number, **changes)
    BatchEvent.objects.create(
        batch=batch,
        number=number,
        at=deed.now,
        actor=str(deed.actor),
        source=source,
        target=target,
        people=people,
        reason=deed.reason,
    )
    data = {"version": number, "people": people, "reason": deed.reason}
    act = audit.Act(STREAM, f"batch.{target}", f"batch:{batch.pk}", str(deed.actor), data)
    audit.record(act, deed.now)
