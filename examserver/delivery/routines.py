"""What the exam day does by itself, every second."""

from collections.abc import Callable
from datetime import datetime

from examserver.delivery.services import cancelled, closing


def close_overdue(now: datetime) -> None:
    """Close what is over, whether or not anybody presses a button."""
    closing.close_overdue(now=now)
    closing.close_finished_sessions(now=now)


def void_cancelled(now: datetime) -> None:
    """Follow what the office decided about qualifications."""
    cancelled.void_cancelled(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (close_overdue, void_cancelled)
