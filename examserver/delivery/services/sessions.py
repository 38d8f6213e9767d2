"""Moves a room's session from setting up to closing, on the invigilators' signals."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from examserver.delivery import selectors
from examserver.delivery.models import Session
from examserver.delivery.services import closing, notices, starting, time
from examserver.delivery.services.changes import Change, session_changed
from examserver.delivery.states import OPEN_STATES, SESSION_MOVES, NoticeKind, SessionState, SittingState
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import move
from itembank.sealing import BadSeal, SealKeyLost
from itembank.services.sealing import check_openable

log = logging.getLogger(__name__)


@transaction.atomic
def arrive(*, session: Session, actor: Actor, now: datetime) -> None:
    """The member of staff is in the room from now; harmless when repeated."""
    duty, _ = session.staff.get_or_create(staff_id=actor.id)
    if duty.arrived_at is None:
        duty.arrived_at = now
        duty.save(update_fields=["arrived_at"])
        session_changed(session, Change("session.staff_arrived", actor, now, {"staff": actor.id}))


@transaction.atomic
def arm_session(*, session: Session, actor: Actor, now: datetime) -> None:
    """Everything is ready; the start signal may follow. `paper_cannot_be_opened`: the venue's seal key is missing."""
    try:
        check_openable(_paper_ids(session))
    except (SealKeyLost, BadSeal) as error:
        log.exception("session %s cannot be armed", session.pk)
        raise NotAllowed("paper_cannot_be_opened") from error
    move(session, SESSION_MOVES, SessionState.ARMED)
    session_changed(session, Change("session.armed", actor, now, {}), sittings=True)


@transaction.atomic
def disarm_session(*, session: Session, actor: Actor, now: datetime) -> None:
    """Back to setting up."""
    move(session, SESSION_MOVES, SessionState.PREPARING)
    session_changed(session, Change("session.disarmed", actor, now, {}), sittings=True)


@transaction.atomic
def start_session(*, session: Session, actor: Actor, now: datetime) -> None:
    """The start signal: everybody who is ready begins.

    `room_needs_two` with fewer staff than the rules want; `paper_cannot_be_opened`: then nobody begins.
    """
    if selectors.on_duty(session).count() < settings.MIN_INVIGILATORS:
        raise NotAllowed("room_needs_two")
    move(session, SESSION_MOVES, SessionState.RUNNING, started_at=now)
    starting.open_for_work(_paper_ids(session), actor=actor, reason=f"session:{session.pk}", now=now)
    ready = [
        s for s in selectors.sittings_of(session).filter(state=SittingState.SEATED) if starting.is_ready(s)
    ]
    for sitting in ready:
        starting.start_clock(sitting, now)
    session_changed(session, Change("session.started", actor, now, {"begun": len(ready)}), sittings=True)


def _paper_ids(session: Session) -> list[int]:
    return list(session.sittings.values_list("paper_id", flat=True).distinct())


@transaction.atomic
def close_session(*, session: Session, actor: Actor, now: datetime) -> None:
    """End the session: open sittings are handed in by staff, who never came is absent."""
    for sitting in selectors.sittings_of(session).filter(state__in=OPEN_STATES):
        closing.close_sitting(sitting, by="staff", now=now)
    for state in (SittingState.EXPECTED, SittingState.CHECKED_IN, SittingState.SEATED):
        session.sittings.filter(state=state).update(state=SittingState.ABSENT)
    move(session, SESSION_MOVES, SessionState.CLOSED, closed_at=now)
    session_changed(session, Change("session.closed", actor, now, {}), sittings=True)


@transaction.atomic
def pause_session(*, session: Session, actor: Actor, reason: str, now: datetime) -> None:
    """Stop every running clock of the room; nobody loses a second."""
    for sitting in selectors.sittings_of(session).filter(state=SittingState.IN_PROGRESS):
        time.pause_sitting(sitting=sitting, actor=actor, reason=reason, now=now)


@transaction.atomic
def resume_session(*, session: Session, actor: Actor, reason: str, now: datetime) -> None:
    """Let every stopped clock of the room run again."""
    for sitting in selectors.sittings_of(session).filter(state=SittingState.PAUSED):
        time.resume_sitting(sitting=sitting, actor=actor, reason=reason, now=now)


@transaction.atomic
def message_session(*, session: Session, actor: Actor, body: str, now: datetime) -> None:
    """A message on every screen of the room that is in use."""
    notice = notices.NewNotice(NoticeKind.MESSAGE, body=body)
    present = (SittingState.CHECKED_IN, SittingState.SEATED, *OPEN_STATES)
    for sitting in selectors.sittings_of(session).filter(state__in=present):
        notices.issue_notice(sitting=sitting, actor=actor, notice=notice, now=now)
