"""The states of a subject's result and the moves between them. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class ResultState(StrEnum):
    """What a subject came to: requirements A.5, and ABSENT, since who did not come has not failed."""

    PENDING = "PENDING"
    PASSED = "PASSED"
    FAILED = "FAILED"
    ABSENT = "ABSENT"
    VOIDED = "VOIDED"


RESULT_MOVES: Mapping[ResultState, frozenset[ResultState]] = {
    ResultState.PENDING: frozenset({ResultState.PASSED, ResultState.FAILED, ResultState.VOIDED}),
    ResultState.PASSED: frozenset({ResultState.VOIDED}),
    ResultState.FAILED: frozenset({ResultState.VOIDED}),
    ResultState.ABSENT: frozenset({ResultState.VOIDED}),
    # An appeal gives back what was earned, or lets it be judged at last.
    ResultState.VOIDED: frozenset(
        {ResultState.PENDING, ResultState.PASSED, ResultState.FAILED, ResultState.ABSENT}
    ),
}


class Standing(StrEnum):
    """Where a sitting stands on its way to a released result: what the office's lists are made of."""

    UNDER_WAY = "under_way"
    SCORING = "scoring"
    GRADERS = "graders"
    THIRD = "third"
    TERMINATED = "terminated"
    CASE_OPEN = "case_open"
    READY = "ready"
    VOID = "void"
    ABSENT = "absent"
    RELEASED = "released"

    @property
    def meaning(self) -> str:
        """Which of the four meanings of the pages it has: `ok`, `attention`, `act-now`, `technical`, or none."""
        return _MEANINGS.get(self, "")


_MEANINGS = {
    Standing.SCORING: "technical",
    Standing.GRADERS: "attention",
    Standing.THIRD: "attention",
    Standing.TERMINATED: "act-now",
    Standing.CASE_OPEN: "act-now",
    Standing.READY: "ok",
}


class Overall(StrEnum):
    """What both subjects together came to."""

    PENDING = "pending"
    PASSED = "passed"
    NOT_PASSED = "not_passed"
