"""Flags on both sides of each boundary."""

import pytest

from scoring.statistics.flags import Severity, item_flags, upper_bound
from scoring.statistics.items import ItemFigures
from scoring.statistics.options import OptionFigures


def item(s: int = 100, facility: float = 0.5, discrimination: float | None = 40.0) -> ItemFigures:
    return ItemFigures("1", None, None, s, 1.0, facility=facility, discriminationindex=discrimination)


def option(
    name: str, count: int, correlation: float | None, *, key: bool = False, of: int = 100
) -> OptionFigures:
    return OptionFigures(name, key, count, count / of, 1.0, correlation, None, None)


def codes(one: ItemFigures, *options: OptionFigures) -> list[str]:
    return [flag.code for flag in item_flags(one, options)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-1.0, ["negative"]), (0.0, ["weak"]), (9.9, ["weak"]), (10.0, []), (None, [])],
)
def test_discrimination_below_nought_and_below_ten_is_flagged(
    value: float | None, expected: list[str]
) -> None:
    assert codes(item(discrimination=value)) == expected


@pytest.mark.parametrize(
    ("facility", "expected"), [(0.199, ["too_hard"]), (0.2, []), (0.95, []), (0.951, ["too_easy"])]
)
def test_too_hard_and_too_easy_begin_beyond_their_boundaries(facility: float, expected: list[str]) -> None:
    assert codes(item(facility=facility)) == expected


def test_a_negative_discrimination_is_pressing_once_chance_cannot_explain_it() -> None:
    assert item_flags(item(100, discrimination=-19.0), ())[0].severity is Severity.LOOK
    assert item_flags(item(100, discrimination=-21.0), ())[0].severity is Severity.ACT
    assert upper_bound(-19.0, 100) > 0 > upper_bound(-21.0, 100)
    assert upper_bound(-100.0, 3) == 100.0


def test_below_ten_candidates_nothing_is_flagged() -> None:
    assert codes(item(9, discrimination=-90.0)) == []
    assert codes(item(10, discrimination=-90.0)) == ["negative"]


def test_a_distractor_that_the_better_ones_prefer_is_pressing() -> None:
    key = option("A", 60, 0.1, key=True)
    assert codes(item(), key, option("B", 5, 0.1)) == []
    assert codes(item(), key, option("B", 4, 0.2)) == []
    assert codes(item(), key, option("B", 5, 0.2)) == ["better_distractor"]


def test_a_distractor_is_held_against_the_weakest_of_several_right_options() -> None:
    right = (option("A", 60, 0.5, key=True), option("B", 60, -0.2, key=True))
    assert codes(item(), *right, option("C", 20, 0.05)) == ["better_distractor"]
    assert codes(item(), *right, option("C", 20, -0.05)) == []


def test_a_distractor_that_hardly_anybody_takes_is_unused() -> None:
    key = option("A", 60, 0.5, key=True)
    assert codes(item(), key, option("B", 2, None), option("C", 38, -0.2)) == []
    assert codes(item(), key, option("B", 1, None), option("C", 39, -0.2)) == ["unused"]
    assert codes(item(29), key, option("B", 0, None)) == []


def test_the_pressing_flag_comes_first() -> None:
    flags = item_flags(
        item(facility=0.1, discrimination=5.0), [option("A", 9, 0.0, key=True), option("B", 50, 0.4)]
    )
    assert [flag.code for flag in flags] == ["better_distractor", "weak", "too_hard"]
