"""The periodic work of registration, run by the server every second."""

from collections.abc import Callable
from datetime import datetime

from examserver.registration.services import announcing, queueing


def queue_paid(now: datetime) -> None:
    """Put what finance saw paid into its batch. Idempotent and crash-safe."""
    queueing.queue_paid(now=now)


def announce_open_tickets(now: datetime) -> None:
    """Tell whose ticket opens that it can be downloaded. Idempotent and crash-safe."""
    announcing.announce_open_tickets(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (queue_paid, announce_open_tickets)
