"""Moves a sitting: check-in, seating, rules, camera, and the two ends that conduct can bring."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from examserver.delivery.models import Sitting
from examserver.delivery.services.changes import Change, sitting_changed
from examserver.delivery.services.closing import close_sitting
from examserver.delivery.services.starting import is_ready, open_for_work, start_clock
from examserver.delivery.states import (
    BEFORE_START,
    OPEN_STATES,
    RESTORE_MOVES,
    SITTING_MOVES,
    SessionState,
    SittingState,
)
from examserver.delivery.timing import may_enter
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import move


@transaction.atomic
def admit(
    *, sitting: Sitting, actor: Actor, now: datetime, reason: str = "", came_at: datetime | None = None
) -> None:
    """The person has been checked against the ID card. After the late cutoff only the chief may, with a reason.

    `came_at` is when a candidate whom staff kept waiting stood at the desk; None is now.
    """
    if not may_enter(sitting.session.started_at, came_at or now, settings.LATE_CUTOFF_MINUTES):
        chief_may = actor.has(Role.CHIEF_INVIGILATOR) and reason.strip()
        if not chief_may:
            raise NotAllowed("too_late")
    move(sitting, SITTING_MOVES, SittingState.CHECKED_IN, checked_in_at=now)
    sitting_changed(sitting, Change("sitting.admitted", actor, now, {"reason": reason}))


@transaction.atomic
def mark_absent(*, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """A person confirms that the candidate has not come."""
    move(sitting, SITTING_MOVES, SittingState.ABSENT)
    sitting_changed(sitting, Change("sitting.absent", actor, now, {}))


@transaction.atomic
def take_seat(*, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """The candidate has said "this is me" at the assigned workstation."""
    move(sitting, SITTING_MOVES, SittingState.SEATED)
    sitting_changed(sitting, Change("sitting.seated", actor, now, {"workstation": sitting.seat.workstation}))


@transaction.atomic
def accept_rules(*, sitting: Sitting, actor: Actor, sha256: str, now: datetime) -> None:
    """The candidate has read the rules of hash `sha256` and commits to them."""
    if sitting.rules_accepted_at is None:
        sitting.rules_accepted_at, sitting.rules_sha256 = now, sha256
        sitting.save(update_fields=["rules_accepted_at", "rules_sha256"])
        _begin_if_running(sitting, now)
        sitting_changed(sitting, Change("sitting.rules_accepted", actor, now, {"sha256": sha256}))


@transaction.atomic
def check_camera(*, sitting: Sitting, actor: Actor, picture_sha256: str, now: datetime) -> None:
    """A picture of this seat has reached the server; its hash is kept as the baseline."""
    if sitting.camera_checked_at is None:
        sitting.camera_checked_at = now
        sitting.save(update_fields=["camera_checked_at"])
        _begin_if_running(sitting, now)
        sitting_changed(sitting, Change("sitting.camera_checked", actor, now, {"sha256": picture_sha256}))


@transaction.atomic
def waive_camera(*, sitting: Sitting, actor: Actor, reason: str, now: datetime) -> None:
    """Staff let the candidate begin without a camera; the reason is kept."""
    if not reason.strip():
        raise NotAllowed("reason_needed")
    sitting.camera_waived = True
    sitting.save(update_fields=["camera_waived"])
    _begin_if_running(sitting, now)
    sitting_changed(sitting, Change("sitting.camera_waived", actor, now, {"reason": reason}))


def _begin_if_running(sitting: Sitting, now: datetime) -> None:
    running = sitting.session.state == SessionState.RUNNING
    if running and sitting.state == SittingState.SEATED and is_ready(sitting):
        reason = f"sitting:{sitting.pk}"  # placed after the signal, perhaps before a paper that nobody has begun yet
        open_for_work([sitting.paper_id], actor=SYSTEM, reason=reason, now=now)
        start_clock(sitting, now)


@transaction.atomic
def raise_hand(*, sitting: Sitting, actor: Actor, raised: bool, now: datetime) -> None:
    """Hand up or down; repeated, it changes nothing."""
    if raised != (sitting.hand_raised_at is not None):
        sitting.hand_raised_at = now if raised else None
        sitting.save(update_fields=["hand_raised_at"])
        action = "sitting.hand_raised" if raised else "sitting.hand_lowered"
        sitting_changed(sitting, Change(action, actor, now, {}))


@transaction.atomic
def terminate_sitting(*, sitting: Sitting, actor: Actor, reason: str, now: datetime) -> None:
    """The chief ends the sitting; its answers stay, and nothing is voided by it."""
    if not actor.has(Role.CHIEF_INVIGILATOR):
        raise NotAllowed("chief_only")
    if not reason.strip():
        raise NotAllowed("reason_needed")
    _close(sitting, now)
    sitting_changed(sitting, Change("sitting.terminated", actor, now, {"reason": reason}))


@transaction.atomic
def void_sitting(*, sitting: Sitting, target: SittingState, actor: Actor, reason: str, now: datetime) -> None:
    """A confirmed case or a cancelled qualification voids it; what was earned stays for an appeal to restore."""
    if sitting.state in OPEN_STATES:
        _close(sitting, now)
    before = sitting.state
    kept = sitting.before_void or before
    move(sitting, SITTING_MOVES, target, before_void=kept)
    sitting_changed(sitting, Change("sitting.voided", actor, now, {"reason": reason, "from": before}))


@transaction.atomic
def restore_sitting(
    *, sitting: Sitting, actor: Actor, reason: str, now: datetime, still_void: bool = False
) -> None:
    """An appeal gives back the state before the void, or with `still_void` leaves this one subject void.

    A sitting that had not begun when its session ended is NOT_ADMITTED: staff kept the candidate out.
    """
    before = sitting.state
    target = SittingState.VOID_SUBJECT if still_void else _given_back(sitting)
    kept = sitting.before_void if still_void else ""
    move(sitting, RESTORE_MOVES, target, before_void=kept)
    facts = {"reason": reason, "from": before, "to": target}
    sitting_changed(sitting, Change("sitting.restored", actor, now, facts))


def _given_back(sitting: Sitting) -> SittingState:
    before = SittingState(sitting.before_void)
    missed = before in BEFORE_START and sitting.session.state == SessionState.CLOSED
    return SittingState.NOT_ADMITTED if missed else before


def _close(sitting: Sitting, now: datetime) -> None:
    if sitting.state in OPEN_STATES:
        close_sitting(sitting, by="staff", now=now, target=SittingState.TERMINATED)
    else:
        move(sitting, SITTING_MOVES, SittingState.TERMINATED, accepts_until=now)


@transaction.atomic
def mark_scored(*, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """The sitting has its final score."""
    move(sitting, SITTING_MOVES, SittingState.SCORED)
    sitting_changed(sitting, Change("sitting.scored", actor, now, {}))


@transaction.atomic
def mark_released(*, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """The result may be seen by the candidate from now."""
    move(sitting, SITTING_MOVES, SittingState.RELEASED)
    sitting_changed(sitting, Change("sitting.released", actor, now, {}))
