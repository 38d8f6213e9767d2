"""The figures of one item against values worked out by hand, and what holds for any marks."""

import json
from statistics import correlation, stdev, variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.statistics.items import ItemFigures, item_figures
from scoring.statistics.papers import paper_figures
from scoring.statistics.sheet import BadSheet, Sheet, sheet_of
from scoring.statistics.wire import report_json

NAN = float("nan")
# Totals 6, 5, 3, 2: the first item goes with the rest, the second against it.
MARKS = np.array([[2.0, 0.0, 4.0], [2.0, 1.0, 2.0], [0.0, 1.0, 2.0], [1.0, 1.0, 0.0]])
marks_of_any = arrays(np.float64, (6, 4), elements=st.integers(0, 8).map(lambda half: half / 2))


def figures(marks: np.ndarray, full: tuple[float, ...] = (2.0, 1.0, 4.0)) -> list[ItemFigures]:
    slots = [str(at) for at in range(marks.shape[1])]
    return list(item_figures(sheet_of(slots, marks, np.array(full[: len(slots)]))))


def test_facility_is_the_mean_share_of_the_full_mark() -> None:
    assert [one.facility for one in figures(MARKS)] == [1.25 / 2, 0.75, 0.5]


def test_discrimination_is_the_correlation_with_the_rest_of_the_paper() -> None:
    first = figures(MARKS)[0]
    marks, others = [2, 2, 0, 1], [4, 3, 3, 1]
    assert first.discriminationindex == pytest.approx(100 * correlation(marks, others))
    assert first.sd == pytest.approx(stdev(marks))
    assert first.othermarkvariance == pytest.approx(variance(others))


def test_efficiency_is_the_covariance_of_the_best_there_could_be() -> None:
    first = figures(MARKS)[0]
    # marks 2 2 0 1 with others 4 3 3 1: sum of products of deviations 1.25; sorted 0 1 2 2 with 1 3 3 4: 3.25
    assert first.covariance == pytest.approx(1.25 / 3)
    assert first.covariancemax == pytest.approx(3.25 / 3)
    assert first.discriminativeefficiency == pytest.approx(100 * 1.25 / 3.25)


def test_effective_weights_share_a_hundred_among_items_that_go_with_the_total() -> None:
    first, second, third = figures(MARKS)
    assert second.negcovar
    assert second.effectiveweight is None
    assert second.why["effectiveweight"] == "negative_covariance"
    assert first.effectiveweight is not None
    assert third.effectiveweight is not None
    assert first.effectiveweight + third.effectiveweight == pytest.approx(100)


def test_an_item_that_everybody_has_right_has_no_discrimination_and_says_why() -> None:
    item = figures(np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), (1.0, 1.0))[0]
    assert (item.facility, item.sd, item.discriminationindex) == (1.0, 0.0, None)
    assert item.why["discriminationindex"] == "all_marks_equal"


def test_an_item_whose_rest_is_the_same_for_all_says_so() -> None:
    item = figures(np.array([[1.0, 1.0], [0.0, 1.0]]), (1.0, 1.0))[0]
    assert item.why["discriminationindex"] == "all_others_equal"


def test_one_candidate_gives_facility_and_nothing_about_spread() -> None:
    item = figures(np.array([[1.0, 0.0]]), (1.0, 1.0))[0]
    assert (item.s, item.facility, item.sd) == (1, 1.0, None)
    assert item.why["sd"] == "one_candidate"


def test_candidates_without_a_mark_are_not_counted() -> None:
    item = figures(np.array([[1.0, 1.0], [NAN, 1.0], [0.0, 0.0]]), (1.0, 1.0))[0]
    assert (item.s, item.facility) == (2, 0.5)


def test_an_item_that_nobody_had_has_only_reasons() -> None:
    item = figures(np.array([[NAN, 1.0], [NAN, 0.0]]), (1.0, 1.0))[0]
    assert (item.s, item.facility, item.why["facility"]) == (0, None, "no_marks")


def test_an_item_worth_nothing_has_no_facility() -> None:
    item = figures(np.zeros((3, 2)), (0.0, 1.0))[0]
    assert (item.facility, item.why["facility"]) == (None, "no_maximum")


def test_questions_drawn_at_random_are_set_against_the_whole_total() -> None:
    marks = np.array([[1.0, 2.0], [0.0, 1.0], [1.0, 0.0], [0.0, 2.0]])
    drawn = {0: ("a", "b", "a", "b")}
    sheet = Sheet(("1", "2"), np.array([1.0, 2.0]), marks, marks.sum(axis=1), np.ones(4, bool), drawn)
    _, question, other, _ = item_figures(sheet)
    assert (question.subqname, question.s, question.othermarkaverage) == ("a", 2, 2.0)
    assert (other.subqname, other.facility, other.effectiveweight) == ("b", 0.0, None)


def test_variants_are_set_against_the_rest_and_only_shown_where_there_are_several() -> None:
    marks = np.array([[1.0, 2.0], [0.0, 1.0], [1.0, 0.0], [0.0, 2.0]])
    variants = {0: (1, 2, 1, 2), 1: (1, 1, 1, 1)}
    sheet = Sheet(("1", "2"), np.array([1.0, 2.0]), marks, marks.sum(axis=1), np.ones(4, bool), {}, variants)
    assert [(one.slot, one.variant, one.s) for one in item_figures(sheet)] == [
        ("1", None, 4), ("1", 1, 2), ("1", 2, 2), ("2", None, 4),
    ]  # fmt: skip


def test_shapes_that_differ_are_refused() -> None:
    with pytest.raises(BadSheet, match="slots_differ"):
        Sheet(("1",), np.ones(2), np.ones((3, 2)), np.ones(3), np.ones(3, bool))
    with pytest.raises(BadSheet, match="not_finite"):
        sheet_of(("1",), np.array([[np.inf]]), np.ones(1))


@given(marks_of_any, st.integers(1, 5))
def test_a_constant_added_to_an_item_changes_only_its_averages(marks: np.ndarray, more: int) -> None:
    moved = marks.copy()
    moved[:, 0] += more
    before, after = figures(marks, (9.0,) * 4)[0], figures(moved, (9.0,) * 4)[0]
    for name in ("sd", "covariance", "discriminationindex", "discriminativeefficiency"):
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=1e-6)


@given(marks_of_any, st.permutations(range(6)))
def test_the_order_of_candidates_does_not_matter(marks: np.ndarray, order: list[int]) -> None:
    for before, after in zip(figures(marks, (4.0,) * 4), figures(marks[order], (4.0,) * 4), strict=True):
        assert after.covariance == pytest.approx(before.covariance, abs=1e-9)
        assert after.discriminationindex == pytest.approx(before.discriminationindex, abs=1e-6)


@given(arrays(np.float64, (5, 3), elements=st.sampled_from([0.0, 0.1, 1 / 3, 1.0, NAN])))
def test_nothing_that_candidates_do_makes_a_figure_that_json_has_no_word_for(marks: np.ndarray) -> None:
    sheet = sheet_of(("1", "2", "3"), marks, np.array([1.0, 1.0, 0.0]))
    items = item_figures(sheet)
    json.dumps(report_json(items, paper_figures(sheet, items)), allow_nan=False)
    for one in items:
        assert all(getattr(one, name) is None for name in one.why)
