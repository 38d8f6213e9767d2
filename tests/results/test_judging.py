"""Passed or not: both sides of the pass mark, and both subjects are needed."""

from decimal import Decimal

import pytest

from examserver.results.judging import judge, overall
from examserver.results.states import Overall, ResultState

PASSED, FAILED, VOIDED, ABSENT = (
    ResultState.PASSED,
    ResultState.FAILED,
    ResultState.VOIDED,
    ResultState.ABSENT,
)


@pytest.mark.parametrize(
    ("points", "state"), [("59.5", FAILED), ("60", PASSED), ("60.5", PASSED), ("0", FAILED)]
)
def test_the_pass_mark_itself_passes_and_half_a_point_below_fails(points: str, state: ResultState) -> None:
    assert judge(Decimal(points), Decimal("60.0")) is state


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ([PASSED, PASSED], Overall.PASSED),
        ([PASSED], Overall.PASSED),
        ([PASSED, FAILED], Overall.NOT_PASSED),
        ([PASSED, VOIDED], Overall.NOT_PASSED),
        ([ABSENT, None], Overall.NOT_PASSED),
        ([PASSED, None], Overall.PENDING),
        ([PASSED, ResultState.PENDING], Overall.PENDING),
        ([], Overall.PENDING),
    ],
)
def test_both_subjects_are_needed(states: list[ResultState | None], outcome: Overall) -> None:
    assert overall(states) is outcome
