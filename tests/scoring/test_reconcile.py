"""Graders' totals become one mark: scenario S42 on both sides of the threshold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reconcile import (
    Decision,
    Final,
    GradingPolicy,
    NeedsThird,
    Waiting,
    read_policy,
    reconcile,
    subject_total,
)

HUNDRED = Decimal(100)
TWO = GradingPolicy()
halves = st.integers(0, 200).map(lambda n: Decimal(n) / 2)


def totals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_78_and_81_give_their_mean() -> None:
    assert reconcile(totals("78", "81"), HUNDRED, TWO) == Final(Decimal("79.50"), Decision.MEAN)


def test_58_and_71_go_to_the_lead_whose_mark_decides() -> None:
    assert reconcile(totals("58", "71"), HUNDRED, TWO) == NeedsThird(Decimal(13), Decimal(10))
    decided = reconcile(totals("58", "71"), HUNDRED, TWO, lead=Decimal("66.5"))
    assert decided == Final(Decimal("66.5"), Decision.LEAD)


@pytest.mark.parametrize(("second", "final"), [("30", True), ("30.5", False)])
def test_a_gap_of_exactly_the_allowed_part_of_the_task_is_still_a_mean(second: str, final: bool) -> None:
    outcome = reconcile(totals("26", second), Decimal(40), TWO)
    assert isinstance(outcome, Final) is final


def test_with_a_grader_missing_nothing_is_decided() -> None:
    assert reconcile([], HUNDRED, TWO) == Waiting(2)
    assert reconcile(totals("70"), HUNDRED, TWO) == Waiting(1)


def test_one_grader_alone_decides_where_the_policy_says_one() -> None:
    policy = read_policy({"graders": 1})
    assert reconcile(totals("70.5"), HUNDRED, policy) == Final(Decimal("70.50"), Decision.SINGLE)


def test_of_three_graders_the_widest_gap_counts_and_a_mean_is_cut_not_rounded() -> None:
    policy = read_policy({"graders": 3, "max_gap_percent": 5})
    assert isinstance(reconcile(totals("70", "73", "75.5"), HUNDRED, policy), NeedsThird)
    assert reconcile(totals("70", "70", "71"), HUNDRED, policy) == Final(Decimal("70.33"), Decision.MEAN)


@given(st.lists(halves, min_size=2, max_size=2))
def test_a_mean_lies_between_its_marks_and_order_does_not_matter(marks: list[Decimal]) -> None:
    outcome = reconcile(marks, HUNDRED, TWO)
    assert outcome == reconcile(marks[::-1], HUNDRED, TWO)
    if isinstance(outcome, Final):
        assert min(marks) <= outcome.points <= max(marks)


def test_a_subject_just_below_the_half_stays_below() -> None:
    assert subject_total(totals("29.75", "30")) == Decimal("59.5")
    assert subject_total(totals("30", "30")) == Decimal("60.0")


@pytest.mark.parametrize(
    "data",
    [{"graders": 0}, {"graders": 6}, {"max_gap_percent": -1}, {"max_gap_percent": "x"}, {"graders": None}],
)
def test_a_grading_policy_out_of_range_is_an_error(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="grading policy"):
        read_policy(data)
