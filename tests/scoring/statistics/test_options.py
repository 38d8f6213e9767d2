"""Extreme groups, curves, distributions and options, on both sides of each boundary."""

from statistics import correlation

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics.groups import curve, distribution, extremes, score_groups
from scoring.statistics.options import Choices, OptionFigures, option_figures, point_biserial, unanswered
from scoring.statistics.sheet import sheet_of

TOTALS = np.arange(11.0)


def options(chosen: list[str], rest: list[float], correct: str = "A") -> dict[str, OptionFigures]:
    asked = Choices(("A", "B", "C"), frozenset(correct), [frozenset(one) for one in chosen])
    scores = np.array(rest)
    return {one.id: one for one in option_figures(asked, scores, extremes(scores))}


def test_the_extreme_groups_are_27_per_cent_and_all_who_are_level_with_their_last() -> None:
    ends = extremes(TOTALS)
    assert (TOTALS[ends.upper].tolist(), TOTALS[ends.lower].tolist()) == ([8, 9, 10], [0, 1, 2])
    level = extremes(np.array([0.0, 1, 1, 1, 2]))
    assert (level.lower.sum(), level.upper.sum()) == (1, 1)
    assert extremes(np.array([1.0, 1, 1, 2, 3, 4, 5])).lower.sum() == 3


def test_nobody_is_extreme_where_all_are_equal() -> None:
    assert not extremes(np.ones(5)).upper.any()


def test_score_groups_are_about_equal_and_keep_equal_totals_together() -> None:
    assert np.bincount(score_groups(TOTALS)).tolist() == [3, 2, 2, 2, 2]
    assert len(set(score_groups(np.array([1.0, 1, 1, 5])).tolist())) == 2


@given(st.permutations([0.0, 1, 1, 2, 3, 3, 3, 4, 5, 9]))
def test_groups_belong_to_totals_and_not_to_the_order_of_candidates(totals: list[float]) -> None:
    order = np.argsort(totals, kind="stable")
    assert score_groups(np.array(totals))[order].tolist() == score_groups(np.sort(totals)).tolist()


def test_a_curve_says_how_each_group_did_and_leaves_out_who_has_no_mark() -> None:
    marks = np.array([[0.0, 1], [float("nan"), 2], [2.0, 5]])
    points = curve(sheet_of(("1", "2"), marks, np.array([2.0, 5])), 0, np.array([0, 0, 4]))
    assert [(one.count, one.total, one.facility) for one in points] == [(1, 1.0, 0.0), (1, 7.0, 1.0)]


def test_a_distribution_counts_tenths_and_the_full_mark_in_the_last() -> None:
    assert distribution(np.array([0.0, 9.9, 10, 99, 100]), 100) == (2, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    assert distribution(np.array([0.3]), 1.0)[3] == 1
    assert distribution(np.array([1.0]), 0.0) == (0,) * 10


def test_options_have_share_mean_and_point_biserial() -> None:
    found = options(["A", "A", "B", ""], [4, 3, 1, 2])
    assert (found["A"].share, found["A"].mean, found["A"].key) == (0.5, 3.5, True)
    assert found["A"].pointbiserial == pytest.approx(correlation([1, 1, 0, 0], [4, 3, 1, 2]))
    assert (found["C"].count, found["C"].mean, found["C"].pointbiserial) == (0, None, None)


def test_options_have_their_shares_in_the_extreme_groups() -> None:
    found = options(["B", "B", "A", "A"], [1, 2, 3, 4])
    assert (found["A"].upper, found["A"].lower, found["B"].lower) == (1.0, 0.0, 1.0)


def test_who_chose_nothing_is_counted() -> None:
    assert unanswered(Choices(("A",), frozenset("A"), [frozenset(), frozenset("A")])) == 1


def test_there_is_no_correlation_where_all_did_the_same() -> None:
    assert point_biserial(np.array([True, True]), np.array([1.0, 2])) is None
    assert point_biserial(np.array([True, False]), np.array([1.0, 1])) is None
