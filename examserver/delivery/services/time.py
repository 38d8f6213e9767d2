"""Staff acts on a sitting's clock, each an entry of its ledger."""

from datetime import datetime

from django.db import transaction

from examserver.delivery.models import Sitting, TimeLedgerEntry
from examserver.delivery.services.changes import Change, sitting_changed
from examserver.delivery.services.starting import set_end
from examserver.delivery.states import OPEN_STATES, SITTING_MOVES, SittingState, TimeAct
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import move

LONGEST_EXTRA_MINUTES = 60


def _enter(sitting: Sitting, entry: TimeLedgerEntry) -> None:
    entry.sitting = sitting
    entry.save()
    set_end(sitting, entry.at)


@transaction.atomic
def grant_extra_time(*, sitting: Sitting, actor: Actor, minutes: int, reason: str, now: datetime) -> None:
    """1 to 60 more minutes; `bad_minutes`, `reason_needed`, `not_open`."""
    if not 1 <= minutes <= LONGEST_EXTRA_MINUTES:
        raise NotAllowed("bad_minutes")
    _check(sitting, reason)
    entry = TimeLedgerEntry(act=TimeAct.EXTRA, at=now, seconds=minutes * 60, actor=str(actor), reason=reason)
    _enter(sitting, entry)
    data = {"minutes": minutes, "reason": reason}
    sitting_changed(sitting, Change("sitting.extra_time", actor, now, data))


@transaction.atomic
def pause_sitting(*, sitting: Sitting, actor: Actor, reason: str, now: datetime) -> None:
    """Stop the clock; what is typed meanwhile is still saved."""
    _check(sitting, reason)
    move(sitting, SITTING_MOVES, SittingState.PAUSED)
    _enter(sitting, TimeLedgerEntry(act=TimeAct.PAUSE, at=now, actor=str(actor), reason=reason))
    sitting_changed(sitting, Change("sitting.paused", actor, now, {"reason": reason}))


@transaction.atomic
def resume_sitting(*, sitting: Sitting, actor: Actor, reason: str, now: datetime) -> None:
    """Let the clock run again; the end moves by exactly what was lost."""
    _check(sitting, reason)
    move(sitting, SITTING_MOVES, SittingState.IN_PROGRESS)
    _enter(sitting, TimeLedgerEntry(act=TimeAct.RESUME, at=now, actor=str(actor), reason=reason))
    sitting_changed(sitting, Change("sitting.resumed", actor, now, {"reason": reason}))


def _check(sitting: Sitting, reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("reason_needed")
    if sitting.state not in OPEN_STATES:
        raise NotAllowed("not_open")
