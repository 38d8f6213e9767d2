"""The figures of a paper against values worked out by hand."""

from math import sqrt
from statistics import stdev, variance

import numpy as np
import pytest

from scoring.statistics.items import item_figures
from scoring.statistics.papers import PaperFigures, paper_figures
from scoring.statistics.sheet import sheet_of


def paper(rows: list[list[float]]) -> PaperFigures:
    marks = np.array(rows, dtype=float)
    sheet = sheet_of([str(at) for at in range(marks.shape[1])], marks, np.ones(marks.shape[1]))
    return paper_figures(sheet, item_figures(sheet))


GUTTMAN = [[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]]


def test_alpha_and_the_standard_error_follow_from_the_variances() -> None:
    found = paper(GUTTMAN)
    alpha = 3 / 2 * (1 - (variance([0, 1, 1, 1]) * 2 + variance([0, 0, 1, 1])) / variance([0, 1, 2, 3]))
    assert found.cic == pytest.approx(100 * alpha)
    assert found.standarderror == pytest.approx(stdev([0, 1, 2, 3]) * sqrt(1 - alpha))
    assert (found.mean, found.median, found.maxmark) == (1.5, 1.5, 3.0)


def test_skewness_and_kurtosis_are_those_of_the_k_statistics() -> None:
    found = paper([[0.0], [0], [0], [1]])
    # 0 0 0 1: k2 = 1/4, k3 = 1/4, k4 = 1/4
    assert found.skewness == pytest.approx((1 / 4) / (1 / 4) ** 1.5)
    assert found.kurtosis == pytest.approx((1 / 4) / (1 / 4) ** 2)


@pytest.mark.parametrize(
    ("count", "has"), [(1, 0), (2, 1), (3, 2), (4, 3)], ids=["one", "two", "three", "four"]
)
def test_each_figure_needs_its_number_of_candidates(count: int, has: int) -> None:
    found = paper(GUTTMAN[:count])
    shape = (found.standarddeviation, found.skewness, found.kurtosis)
    assert [value is not None for value in shape] == [at < has for at in range(3)]
    assert (found.cic is not None) == (count >= 3)
    assert (found.why.get("cic") == "too_few_candidates") == (count < 3)


def test_equal_totals_have_no_shape_and_say_why() -> None:
    found = paper([[1.0, 0], [0, 1], [1, 0], [0, 1]])
    assert (found.standarddeviation, found.skewness, found.cic) == (0.0, None, None)
    assert found.why["cic"] == found.why["kurtosis"] == "totals_equal"


def test_one_item_has_no_internal_consistency() -> None:
    assert paper([[0.0], [1], [1]]).why["cic"] == "one_item"


def test_no_candidates_give_reasons_only() -> None:
    sheet = sheet_of(("1",), np.empty((0, 1)), np.ones(1))
    found = paper_figures(sheet, item_figures(sheet))
    assert (found.s, found.mean, found.why["mean"]) == (0, None, "no_candidates")
