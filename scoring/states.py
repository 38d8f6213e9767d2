"""The states of a grading task and the moves between them. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class GradingState(StrEnum):
    """One grader's share of one task of one sitting: free, in somebody's hands, or finished."""

    OPEN = "OPEN"
    TAKEN = "TAKEN"
    DONE = "DONE"


GRADING_MOVES: Mapping[GradingState, frozenset[GradingState]] = {
    GradingState.OPEN: frozenset({GradingState.TAKEN}),
    GradingState.TAKEN: frozenset({GradingState.DONE}),
    GradingState.DONE: frozenset(),
}


class Treatment(StrEnum):
    """What a correction does: another key, everybody credited, or the item taken out and the rest scaled up."""

    KEY = "key"
    CREDIT = "credit"
    REMOVE = "remove"


class CorrectionState(StrEnum):
    """How far the correction of a key has come."""

    PROPOSED = "PROPOSED"
    APPLIED = "APPLIED"
    REJECTED = "REJECTED"


CORRECTION_MOVES: Mapping[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.APPLIED, CorrectionState.REJECTED}),
    CorrectionState.APPLIED: frozenset(),
    CorrectionState.REJECTED: frozenset(),
}
