"""Charts as coordinates, and figures as pages write them."""

import pytest

from scoring.statistics.charts import Size, histogram, item_curve
from scoring.statistics.flags import Flag, Severity
from scoring.statistics.groups import Point
from scoring.templatetags.statistic_figures import fixed, from_middle, in_percent, percent, told, width


def test_the_highest_bar_fills_the_plane_and_bars_stand_on_its_edge() -> None:
    bars = histogram((1, 0, 4), Size(30, 80))
    assert [(bar.y, bar.height) for bar in bars] == [(60.0, 20.0), (80.0, 0.0), (0.0, 80.0)]
    assert [bar.x for bar in bars] == [1.0, 11.0, 21.0]


def test_a_histogram_of_nobody_is_flat() -> None:
    assert {bar.height for bar in histogram((0, 0))} == {0.0}


def test_a_curve_goes_from_nought_to_the_full_mark_and_stays_inside() -> None:
    curve = item_curve((Point(2, -5.0, 0.0), Point(2, 50.0, 0.5), Point(2, 100.0, 1.0)), 100.0, Size(200, 80))
    assert curve.line == "0.0,80.0 100.0,40.0 200.0,0.0"
    assert curve.dots[1].point.count == 2


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (fixed(-0.004), "0.00"),
        (fixed(-0.37), "−0.37"),
        (fixed(None), "–"),
        (percent(0.625), "62 %"),
        (in_percent(-12.6), "−13 %"),
        (in_percent(-0.2), "0 %"),
        (width(1.5), "100.0"),
        (width(None), "0.0"),
    ],
)
def test_figures_have_a_dash_for_none_and_a_minus_only_where_there_is_one(shown: str, expected: str) -> None:
    assert shown == expected


def test_a_bar_from_the_middle_goes_left_below_nought() -> None:
    assert (from_middle(-50).x, from_middle(-50).width, from_middle(-50).negative) == (25.0, 25.0, True)
    assert (from_middle(200).x, from_middle(200).width, from_middle(0).negative) == (50.0, 50.0, False)


def test_a_flag_is_a_sentence_with_its_figures() -> None:
    assert "−37 %" in told(Flag("negative", Severity.ACT, {"value": -37}))
