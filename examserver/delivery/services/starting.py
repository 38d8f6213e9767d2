"""Begins a sitting: with the room's signal, or later for whoever becomes ready after it, with the same end."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from examserver.delivery import selectors
from examserver.delivery.models import Sitting
from examserver.delivery.states import SITTING_MOVES, SittingState
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import move
from itembank.sealing import BadSeal, SealKeyLost
from itembank.services.sealing import open_papers

log = logging.getLogger(__name__)


def is_ready(sitting: Sitting) -> bool:
    """Whether the rules are accepted and the camera is checked or waived."""
    camera = sitting.camera_checked_at is not None or sitting.camera_waived
    return sitting.rules_accepted_at is not None and camera


def open_for_work(paper_ids: Iterable[int], *, actor: Actor, reason: str, now: datetime) -> None:
    """Open the papers that work begins on; `paper_cannot_be_opened`: then none is opened, and nobody begins."""
    try:
        open_papers(paper_ids=paper_ids, actor=actor, reason=reason, now=now)
    except (SealKeyLost, BadSeal) as error:
        log.exception("%s cannot begin", reason)
        raise NotAllowed("paper_cannot_be_opened") from error


def set_end(sitting: Sitting, now: datetime) -> None:
    """Write the end that the ledger gives, and until when the writer takes answers."""
    ends = selectors.ends_at(sitting, now)
    sitting.ends_at = ends
    sitting.accepts_until = ends + timedelta(seconds=settings.ANSWER_GRACE_SECONDS) if ends else None
    sitting.save(update_fields=["ends_at", "accepts_until"])


def start_clock(sitting: Sitting, now: datetime) -> None:
    """IN_PROGRESS with the room's start as the sitting's own, so that who comes late gains no time."""
    began = sitting.session.started_at or now
    late = max(0, int((now - began).total_seconds() // 60))
    move(sitting, SITTING_MOVES, SittingState.IN_PROGRESS, started_at=began, late_minutes=late)
    set_end(sitting, now)
