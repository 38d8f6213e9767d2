"""Leave permits: who lets a candidate go, for how long, and what happens when nobody comes back in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.states import OPEN_STATES, SittingState, TimeAct
from examserver.invigilation import permits
from examserver.invigilation.models import LeavePermit
from examserver.invigilation.services.changes import Change
from examserver.invigilation.services.incidents import Noted, note_incident
from examserver.invigilation.states import LEAVE_MOVES, LeavePurpose, LeaveState
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.publish import publish
from examserver.kernel.transitions import IllegalMove, move

LATE_RETURN = "LATE_RETURN"


@dataclass(frozen=True, slots=True)
class NewLeave:
    """For how many minutes the candidate may go, and what for."""

    minutes: int
    purpose: LeavePurpose


def grant_leave(*, sitting_id: int, actor: Actor, new: NewLeave, now: datetime) -> LeavePermit:
    """Let the candidate leave the seat from now on; the sitting's clock goes on.

    NotAllowed staff_only, bad_leave_minutes, not_open, already_away, room_has_leave (the chief may let one more go).
    """
    _check_staff(actor)
    if not 1 <= new.minutes <= settings.LEAVE_LONGEST_MINUTES:
        raise NotAllowed("bad_leave_minutes")
    try:
        with transaction.atomic():
            return _grant(sitting_id, actor, new, now)
    except IntegrityError as error:
        raise NotAllowed("already_away") from error


def _check_staff(actor: Actor) -> None:
    if not actor.has(Role.INVIGILATOR, Role.CHIEF_INVIGILATOR):
        raise NotAllowed("staff_only")


def _grant(sitting_id: int, actor: Actor, new: NewLeave, now: datetime) -> LeavePermit:
    sitting = delivery.sitting(sitting_id)
    if sitting.state not in OPEN_STATES:
        raise NotAllowed("not_open")
    leave = LeavePermit.objects.create(
        sitting_id=sitting_id,
        purpose=new.purpose,
        granted_by_id=actor.id,
        begins_at=now,
        until=now + timedelta(minutes=new.minutes),
    )
    facts = {"minutes": new.minutes, "purpose": new.purpose}
    _leave_changed(leave, Change("leave.granted", actor, now, facts))
    # Counted only now: the record holds the room's stream, so that two who grant at once see each other.
    away = permits.open_leaves(sitting.session_id).exclude(pk=leave.pk).count()
    if away >= settings.LEAVES_AT_ONCE and not actor.has(Role.CHIEF_INVIGILATOR):
        raise NotAllowed("room_has_leave")
    return leave


@transaction.atomic
def return_leave(*, leave: LeavePermit, actor: Actor, now: datetime) -> None:
    """The candidate is back at the seat, where absence counts again; later than allowed, it is noted.

    NotAllowed staff_only; IllegalMove when the leave is over already.
    """
    _check_staff(actor)
    noted = leave.state == LeaveState.OVERDUE
    move(leave, LEAVE_MOVES, LeaveState.RETURNED, returned_at=now, closed_by_id=actor.id)
    _leave_changed(leave, Change("leave.returned", actor, now, {}))
    since = _late_since(leave)
    if noted or (now > since and not _is_paused(leave)):
        _note_late(leave, since, now, now)


@transaction.atomic
def revoke_leave(*, leave: LeavePermit, actor: Actor, now: datetime) -> None:
    """The candidate did not go, or it was the wrong seat: absence counts again. NotAllowed staff_only; IllegalMove."""
    _check_staff(actor)
    move(leave, LEAVE_MOVES, LeaveState.REVOKED, closed_by_id=actor.id)
    _leave_changed(leave, Change("leave.revoked", actor, now, {}))


def follow_leaves(*, now: datetime) -> int:
    """Note who is not back in time, and close the leaves of sittings that are over; returns how many changed.

    While a sitting is paused nobody is late: the fault is not the candidate's.
    """
    return sum(_follow(leave, now) for leave in permits.leaves_to_follow(now))


def _follow(leave: LeavePermit, now: datetime) -> bool:
    if _is_paused(leave):
        return False
    try:
        with transaction.atomic():
            if delivery.sitting(leave.sitting_id).state == SittingState.IN_PROGRESS:
                _overdue(leave, now)
            else:
                _lapse(leave, now)
    except IllegalMove:  # somebody pressed a button meanwhile, or another server was first
        return False
    return True


def _is_paused(leave: LeavePermit) -> bool:
    return delivery.sitting(leave.sitting_id).state == SittingState.PAUSED


def _late_since(leave: LeavePermit) -> datetime:
    """The end of the leave, or of a pause that came over it."""
    ledger = delivery.ledger(delivery.sitting(leave.sitting_id))
    return max([leave.until, *(entry.at for entry in ledger if entry.act is TimeAct.RESUME)])


def _overdue(leave: LeavePermit, now: datetime) -> None:
    move(leave, LEAVE_MOVES, LeaveState.OVERDUE)
    _leave_changed(leave, Change("leave.overdue", SYSTEM, now, {}))
    _note_late(leave, _late_since(leave), None, now)


def _lapse(leave: LeavePermit, now: datetime) -> None:
    overdue = leave.state == LeaveState.OVERDUE
    move(leave, LEAVE_MOVES, LeaveState.LAPSED)
    _leave_changed(leave, Change("leave.lapsed", SYSTEM, now, {}))
    if overdue:
        _note_late(leave, _late_since(leave), now, now)


def _note_late(leave: LeavePermit, since: datetime, ended: datetime | None, now: datetime) -> None:
    noted = Noted(
        sitting_id=leave.sitting_id,
        code=LATE_RETURN,
        uid=f"{leave.sitting_id}-{LATE_RETURN}-{leave.pk}",
        began=since,
        ended=ended,
        facts={"leave": leave.pk, "purpose": leave.purpose, "until": leave.until.isoformat()},
    )
    note_incident(noted=noted, now=now)


def _leave_changed(leave: LeavePermit, change: Change) -> None:
    """Record it in the session's stream and show it on its board."""
    stream = delivery.stream(leave.sitting.session_id)
    data = {"sitting": leave.sitting_id, **change.data}
    act = audit.Act(stream, change.action, f"leave:{leave.pk}", str(change.actor), data)
    publish(audit.record(act, change.now), permits.leave_card(leave))
