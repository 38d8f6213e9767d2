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
