"""Arithmetic, rounding, functions and statistics, each on both sides of its boundaries."""

import math
from typing import Any

import pytest

from scoring.processing import BadItem, ScoringFailed
from tests.scoring.processing.building import worked_out
from tests.scoring.processing.terms import NULL, base, many, numbers, operator

FOLDS = [
    ("sum", ("1", "2", "0.5"), 3.5),
    ("product", ("2", "3", "0.5"), 3),
    ("min", ("4", "2.5", "3"), 2.5),
    ("max", ("4", "2.5", "3"), 4),
    ("gcd", ("12", "18"), 6),
    ("gcd", ("0", "0"), 0),
    ("gcd", ("-4", "6"), 2),
    ("lcm", ("4", "6"), 12),
    ("lcm", ("4", "0"), 0),
    ("subtract", ("1", "3"), -2),
    ("divide", ("1", "4"), 0.25),
    ("power", ("2", "10"), 1024),
    ("power", ("4", "0.5"), 2),
    ("integer-divide", ("7", "2"), 3),
    ("integer-divide", ("-7", "2"), -4),
    ("integer-modulus", ("7", "3"), 1),
    ("integer-modulus", ("-7", "3"), 2),
]


@pytest.mark.parametrize(("name", "given", "wanted"), FOLDS)
def test_arithmetic(name: str, given: tuple[str, ...], wanted: float) -> None:
    assert worked_out(operator(name, numbers(*given))) == wanted


@pytest.mark.parametrize("name", ["sum", "product", "min", "max", "subtract", "divide", "power"])
def test_arithmetic_with_nothing_gives_nothing(name: str) -> None:
    assert worked_out(operator(name, numbers("1") + NULL)) is None


@pytest.mark.parametrize("name", ["divide", "integer-divide", "integer-modulus"])
def test_division_by_zero_gives_nothing(name: str) -> None:
    assert worked_out(operator(name, numbers("1", "0"))) is None


def test_a_root_of_a_negative_number_gives_nothing() -> None:
    assert worked_out(operator("power", numbers("-4", "0.5"))) is None


def test_containers_count_with_every_value() -> None:
    assert worked_out(operator("sum", many("integer", "1", "2", "2") + numbers("5"))) == 10


@pytest.mark.parametrize("name", ["product", "lcm"])
def test_integers_end_where_floats_do(name: str) -> None:
    assert worked_out(operator(name, numbers("4", "9")), "integer") == 36
    factors = [str(2**61 - 1 - 2 * step) for step in range(40)]
    with pytest.raises(ScoringFailed, match="too large"):
        worked_out(operator(name, numbers(*factors)), "integer")


def test_a_text_in_a_sum_is_an_error_that_names_the_line() -> None:
    with pytest.raises(ScoringFailed, match=r"line \d+: sum needs a number and was given 'x'"):
        worked_out(operator("sum", base("string", "x")))


def test_a_fraction_where_whole_numbers_belong_is_an_error() -> None:
    with pytest.raises(ScoringFailed, match=r"needs a whole number and was given 1\.5"):
        worked_out(operator("gcd", numbers("1.5", "3")))


def test_two_numbers_are_needed_where_two_belong() -> None:
    with pytest.raises(Exception, match="divide"):
        worked_out(operator("divide", numbers("1")))


@pytest.mark.parametrize(("given", "wanted"), [("6.5", 7), ("6.49", 6), ("-6.5", -6), ("-6.51", -7)])
def test_halves_are_rounded_up(given: str, wanted: int) -> None:
    assert worked_out(operator("round", numbers(given)), "integer") == wanted


@pytest.mark.parametrize(("given", "wanted"), [("6.9", 6), ("-6.9", -6), ("6", 6)])
def test_truncation_goes_towards_zero(given: str, wanted: int) -> None:
    assert worked_out(operator("truncate", numbers(given)), "integer") == wanted


ROUNDED = [
    ("1239451", "significantFigures", "3", 1240000),
    ("12.1257", "significantFigures", "4", 12.13),
    ("0.0681", "significantFigures", "1", 0.07),
    ("100", "significantFigures", "1", 100),
    ("0", "significantFigures", "2", 0),
    ("1.005", "decimalPlaces", "2", 1.01),
    ("1.0049", "decimalPlaces", "2", 1.0),
    ("-1.005", "decimalPlaces", "2", -1.01),
    ("2.5", "decimalPlaces", "0", 3),
]


@pytest.mark.parametrize(("given", "mode", "figures", "wanted"), ROUNDED)
def test_rounding_to_figures(given: str, mode: str, figures: str, wanted: float) -> None:
    written = operator("round-to", numbers(given), rounding_mode=mode, figures=figures)
    assert worked_out(written) == wanted


@pytest.mark.parametrize(("mode", "figures"), [("significantFigures", "0"), ("decimalPlaces", "-1")])
def test_fewer_figures_than_can_be_are_an_error(mode: str, figures: str) -> None:
    with pytest.raises(ScoringFailed, match=f"rounds to {figures} figures"):
        worked_out(operator("round-to", numbers("1"), rounding_mode=mode, figures=figures))


def test_infinity_stays_and_no_number_becomes_nothing() -> None:
    assert worked_out(operator("round-to", base("float", "INF"), figures="2")) == "INF"
    assert worked_out(operator("round-to", base("float", "NaN"), figures="2")) is None


FUNCTIONS = [
    ("sin", "0", 0.0),
    ("cos", "0", 1.0),
    ("tan", "0", 0.0),
    ("sec", "0", 1.0),
    ("csc", "1", 1 / math.sin(1)),
    ("cot", "1", 1 / math.tan(1)),
    ("asin", "1", math.pi / 2),
    ("acos", "1", 0.0),
    ("atan", "1", math.pi / 4),
    ("asec", "2", math.acos(0.5)),
    ("acsc", "2", math.asin(0.5)),
    ("acot", "0", math.pi / 2),
    ("sinh", "1", math.sinh(1)),
    ("cosh", "0", 1.0),
    ("tanh", "0", 0.0),
    ("sech", "0", 1.0),
    ("csch", "1", 1 / math.sinh(1)),
    ("coth", "1", 1 / math.tanh(1)),
    ("log", "1000", 3.0),
    ("ln", "1", 0.0),
    ("exp", "0", 1.0),
    ("abs", "-2.5", 2.5),
    ("signum", "-3", -1),
    ("signum", "0", 0),
    ("floor", "-1.5", -2),
    ("ceil", "-1.5", -1),
    ("toDegrees", "0", 0.0),
    ("toRadians", "180", math.pi),
]


@pytest.mark.parametrize(("name", "given", "wanted"), FUNCTIONS)
def test_functions_of_one_number(name: str, given: str, wanted: float) -> None:
    assert worked_out(operator("math-operator", numbers(given), name=name)) == pytest.approx(
        wanted, abs=1e-12
    )


def test_the_angle_of_a_point_takes_two_numbers() -> None:
    assert worked_out(operator("math-operator", numbers("1", "-1"), name="atan2")) == 3 * math.pi / 4


@pytest.mark.parametrize(("name", "given"), [("asin", "1.1"), ("ln", "-1"), ("csc", "0"), ("acsc", "0.5")])
def test_outside_its_domain_a_function_gives_nothing(name: str, given: str) -> None:
    assert worked_out(operator("math-operator", numbers(given), name=name)) is None


@pytest.mark.parametrize(("name", "given", "wanted"), [("ln", "0", "-INF"), ("exp", "1000", "INF")])
def test_a_function_may_reach_infinity(name: str, given: str, wanted: str) -> None:
    assert worked_out(operator("math-operator", numbers(given), name=name)) == wanted


def test_a_function_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(BadItem, match="name='sine', which is none of"):
        worked_out(operator("math-operator", numbers("1"), name="sine"))


STATISTICS = [
    ("mean", ("1", "2", "6"), 3.0),
    ("sampleVariance", ("1", "2", "6"), 7.0),
    ("sampleSD", ("1", "2", "6"), math.sqrt(7)),
    ("popVariance", ("1", "3"), 1.0),
    ("popSD", ("1", "3"), 1.0),
    ("sampleVariance", ("1",), None),
    ("sampleSD", ("1",), None),
    ("mean", ("1",), 1.0),
]


@pytest.mark.parametrize(("name", "given", "wanted"), STATISTICS)
def test_statistics_of_a_container(name: str, given: tuple[str, ...], wanted: Any) -> None:
    assert worked_out(operator("stats-operator", many("float", *given), name=name)) == wanted


@pytest.mark.parametrize(("name", "wanted"), [("pi", math.pi), ("e", math.e)])
def test_constants(name: str, wanted: float) -> None:
    assert worked_out(operator("math-constant", "", name=name)) == wanted


def test_an_integer_becomes_a_float() -> None:
    assert worked_out(operator("integer-to-float", numbers("3"))) == 3
