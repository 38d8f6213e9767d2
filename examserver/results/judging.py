"""Passed or not: against the paper's pass mark, and both subjects are needed. Pure."""

from collections.abc import Collection
from decimal import Decimal

from examserver.results.states import Overall, ResultState


def judge(points: Decimal, pass_mark: Decimal) -> ResultState:
    """PASSED from the pass mark on; 59.5 of 60 is FAILED, nothing is rounded up (scenario S44)."""
    return ResultState.PASSED if points >= pass_mark else ResultState.FAILED


def overall(states: Collection[ResultState | None]) -> Overall:
    """What all subjects of a day together came to; None is a result that may not be seen yet.

    One subject that is not passed decides at once, even while another is awaited.
    """
    if states and all(state is ResultState.PASSED for state in states):
        return Overall.PASSED
    if any(state in (ResultState.FAILED, ResultState.VOIDED, ResultState.ABSENT) for state in states):
        return Overall.NOT_PASSED
    return Overall.PENDING
