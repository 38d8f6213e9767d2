"""The states of a batch, as requirements A.5 draw them. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class BatchState(StrEnum):
    """How far the batch of a month has come."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CONFIRMED = "CONFIRMED"
    ROLLED_OVER = "ROLLED_OVER"
    DECEMBER_DECISION = "DECEMBER_DECISION"
    HELD_THIS_YEAR = "HELD_THIS_YEAR"
    NEXT_YEAR = "NEXT_YEAR"


B = BatchState
# Whoever is left too few by a withdrawal comes back to be decided again (S10).
MOVES: Mapping[BatchState, frozenset[BatchState]] = MappingProxyType(
    {
        B.OPEN: frozenset({B.CLOSED}),
        B.CLOSED: frozenset({B.CONFIRMED, B.ROLLED_OVER, B.DECEMBER_DECISION}),
        B.CONFIRMED: frozenset({B.CLOSED}),
        B.ROLLED_OVER: frozenset(),
        B.DECEMBER_DECISION: frozenset({B.HELD_THIS_YEAR, B.NEXT_YEAR}),
        B.HELD_THIS_YEAR: frozenset({B.DECEMBER_DECISION}),
        B.NEXT_YEAR: frozenset(),
    }
)
# In which a person is awaited, and in which the exam of its people is held.
TO_DECIDE = frozenset({B.CLOSED, B.DECEMBER_DECISION})
HELD = frozenset({B.CONFIRMED, B.HELD_THIS_YEAR})
