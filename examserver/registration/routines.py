"""The periodic work of registration, run by the server every second."""

from collections.abc import Callable
from datetime import datetime

from examserver.registration.services import queueing


def queue_paid(now: datetime) -> None:
    """Put what finance saw paid into its batch. Idempotent and crash-safe."""
    queueing.queue_paid(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (queue_paid,)
