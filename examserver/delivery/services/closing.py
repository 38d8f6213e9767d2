"""Closes sittings: by the candidate, by staff, or by the clock whether or not anybody presses a button."""

import hashlib
import json
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from examserver.delivery import selectors
from examserver.delivery.models import Session, Sitting
from examserver.delivery.services.changes import Change, session_changed, sitting_changed
from examserver.delivery.states import OPEN_STATES, SESSION_MOVES, SITTING_MOVES, SessionState, SittingState
from examserver.delivery.timing import hand_in_opens
from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.transitions import IllegalMove, move

log = logging.getLogger(__name__)


def receipt_of(sitting: Sitting) -> tuple[int, str]:
    """How many answers the sitting holds, and the SHA-256 over them and the files that count, canonical."""
    answers = {item: value for item, value in selectors.responses_of(sitting).items() if value != []}
    files = {name: one.sha256 for name, one in selectors.confirmed_files(sitting).items()}
    text = json.dumps([answers, files], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return len(answers.keys() | files.keys()), hashlib.sha256(text.encode()).hexdigest()


def close_sitting(
    sitting: Sitting, *, by: str, now: datetime, target: SittingState = SittingState.SUBMITTED
) -> None:
    """Take no more answers and write the receipt; the caller holds the transaction and records the act."""
    move(
        sitting,
        SITTING_MOVES,
        target,
        submitted_at=now,
        submitted_by=by,
        accepts_until=now,
        hand_raised_at=None,
    )
    count, digest = receipt_of(sitting)
    sitting.receipt_count, sitting.receipt_sha256 = count, digest
    sitting.save(update_fields=["receipt_count", "receipt_sha256"])


@transaction.atomic
def hand_in(*, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """The candidate hands in: `too_early` before the room allows it, `not_open` when there is nothing to hand in."""
    if sitting.state not in OPEN_STATES or sitting.started_at is None:
        raise NotAllowed("not_open")
    if now < hand_in_opens(sitting.started_at, settings.HAND_IN_AFTER_MINUTES):
        raise NotAllowed("too_early")
    close_sitting(sitting, by="candidate", now=now)
    sitting_changed(sitting, Change("sitting.handed_in", actor, now, _receipt(sitting)))


def close_overdue(*, now: datetime) -> int:
    """Close every sitting whose end and grace are past; returns how many. One that cannot be closed delays no other."""
    overdue = Sitting.objects.filter(
        state=SittingState.IN_PROGRESS, accepts_until__lt=now, ends_at__lte=now
    ).values_list("pk", flat=True)
    return sum(_close_one(pk, now) for pk in list(overdue))


def _close_one(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            sitting = selectors.sitting(pk)
            close_sitting(sitting, by="time", now=now)
            sitting_changed(sitting, Change("sitting.time_up", SYSTEM, now, _receipt(sitting)))
    except IllegalMove:
        log.info("sitting %s was closed by somebody else", pk)
        return False
    return True


def _receipt(sitting: Sitting) -> dict[str, object]:
    return {"answered": sitting.receipt_count, "sha256": sitting.receipt_sha256}


def close_finished_sessions(*, now: datetime) -> int:
    """Close the sessions in which time is up and nobody is at work any more; returns how many."""
    running = Session.objects.filter(state=SessionState.RUNNING)
    return sum(_close_finished(session, now) for session in running)


def _close_finished(session: Session, now: datetime) -> bool:
    cutoff = timedelta(minutes=settings.LATE_CUTOFF_MINUTES)
    if session.started_at is None or now < session.started_at + cutoff:
        return False
    alive = (*OPEN_STATES, SittingState.EXPECTED, SittingState.CHECKED_IN, SittingState.SEATED)
    if session.sittings.filter(state__in=alive).exists():
        return False
    try:
        with transaction.atomic():
            move(session, SESSION_MOVES, SessionState.CLOSED, closed_at=now)
            session_changed(session, Change("session.finished", SYSTEM, now, {}))
    except IllegalMove:
        return False
    return True
