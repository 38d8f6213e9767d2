"""The states of a mail, and when it is tried again. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class MailState(StrEnum):
    """How far a mail has come; without an address there is only the inbox."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    NO_ADDRESS = "NO_ADDRESS"


M = MailState
MAIL_MOVES: Mapping[MailState, frozenset[MailState]] = MappingProxyType(
    {
        M.WAITING: frozenset({M.SENT, M.FAILED, M.NO_ADDRESS}),
        M.SENT: frozenset(),
        M.FAILED: frozenset({M.WAITING}),
        M.NO_ADDRESS: frozenset({M.WAITING}),
    }
)
# What a person may set going again.
STOPPED = frozenset({M.FAILED, M.NO_ADDRESS})

# Until the next attempt, after the first, second, …; also how long a claim holds of a server that died while sending.
WAITS = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(WAITS) + 1


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits that was tried `attempts` times, 1 or more."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def is_last(attempts: int) -> bool:
    """Whether a mail that was tried `attempts` times is given up."""
    return attempts >= MOST_ATTEMPTS
