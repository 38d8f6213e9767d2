"""The work of the outbox, run by the server every second in a thread of its own: a mail server may take its time."""

from collections.abc import Callable
from datetime import datetime

from examserver.notifications.services import sending


def send_waiting(now: datetime) -> None:
    """Send what is due, some at a time. Idempotent and crash-safe."""
    sending.send_waiting(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (send_waiting,)
