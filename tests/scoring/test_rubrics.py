"""Rubrics: what a line can have, what is missing, what it all adds up to."""

from decimal import Decimal
from typing import Any

import pytest

from scoring.rubrics import BadMark, BadRubric, Line, LineKind, check_mark, read_rubric, task_total, unmarked

LINE = Line("1.1", Decimal("3"), LineKind.JUDGED, "选题", "", "T1.D1")


def data(*points: str, total: str = "5") -> dict[str, Any]:
    lines = [
        {"no": f"1.{n}", "points": one, "kind": "JUDGED", "description": "x"}
        for n, one in enumerate(points, start=1)
    ]
    return {"points": total, "rubric": lines}


@pytest.mark.parametrize("points", ["0", "0.5", "2.5", "3"])
def test_a_mark_from_zero_to_the_line_in_half_steps_is_good(points: str) -> None:
    assert check_mark(LINE, Decimal(points)) == Decimal(points)


@pytest.mark.parametrize(
    ("points", "code"),
    [("-0.5", "below_zero"), ("3.5", "above_line"), ("0.25", "not_half_steps"), ("NaN", "not_half_steps")],
)
def test_a_mark_beyond_the_line_or_between_the_steps_is_refused(points: str, code: str) -> None:
    with pytest.raises(BadMark) as refused:
        check_mark(LINE, Decimal(points))
    assert refused.value.code == code


def test_lines_without_a_mark_are_named_in_the_order_of_the_rubric() -> None:
    rubric = read_rubric("T1", data("2", "2", "1"))
    marks = {"1.2": Decimal("1.5")}
    assert unmarked(rubric, marks) == ("1.1", "1.3")
    assert task_total(rubric, marks) == Decimal("1.5")
    assert unmarked(rubric, dict.fromkeys(("1.1", "1.2", "1.3"), Decimal(0))) == ()


def test_a_rubric_that_does_not_add_up_to_its_task_is_refused() -> None:
    assert read_rubric("T1", data("2", "3")).points == Decimal("5")
    with pytest.raises(BadRubric, match="add up"):
        read_rubric("T1", data("2", "2.5"))


def test_a_rubric_with_a_repeated_line_or_without_points_is_refused() -> None:
    twice = data("2", "3")
    twice["rubric"][1]["no"] = "1.1"
    for bad in (twice, {"rubric": []}, {"points": "5", "rubric": [{"no": "1"}]}):
        with pytest.raises(BadRubric):
            read_rubric("T1", bad)
