"""Comparisons, logic and texts: true, false and nothing, on both sides of each boundary."""

from typing import Any

import pytest

from scoring.processing import BadItem, ScoringFailed
from tests.scoring.processing.building import worked_out
from tests.scoring.processing.terms import NULL, base, many, numbers, operator, row

TRUE, FALSE = base("boolean", "true"), base("boolean", "false")


def told(expression: str, **given: str) -> Any:
    return worked_out(expression, "boolean", **given)


LOGIC = [
    ("and", TRUE + TRUE, True),
    ("and", TRUE + FALSE, False),
    ("and", NULL + FALSE, False),
    ("and", NULL + TRUE, None),
    ("or", FALSE + FALSE, False),
    ("or", NULL + TRUE, True),
    ("or", NULL + FALSE, None),
    ("not", TRUE, False),
    ("not", NULL, None),
    ("is-null", NULL, True),
    ("is-null", base("string", ""), True),
    ("is-null", base("string", "x"), False),
    ("is-null", "<qti-multiple/>", True),
]


@pytest.mark.parametrize(("name", "inside", "wanted"), LOGIC)
def test_logic(name: str, inside: str, wanted: Any) -> None:
    assert told(operator(name, inside)) is wanted


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (TRUE + FALSE + FALSE, True),
        (TRUE + TRUE + FALSE, True),
        (TRUE + TRUE + TRUE, False),
        (FALSE + FALSE + FALSE, False),
        (TRUE + TRUE + NULL, None),
        (TRUE + FALSE + NULL, True),
        (FALSE + FALSE + NULL, None),
    ],
)
def test_one_or_two_of_three(inside: str, wanted: Any) -> None:
    assert told(operator("any-n", inside, min="1", max="2")) is wanted


def test_a_number_is_neither_true_nor_false() -> None:
    with pytest.raises(ScoringFailed, match="needs true or false and was given 1"):
        told(operator("not", numbers("1")))


ORDERINGS = [
    ("lt", (True, False, False)),
    ("lte", (True, True, False)),
    ("gt", (False, False, True)),
    ("gte", (False, True, True)),
]


@pytest.mark.parametrize(("name", "wanted"), ORDERINGS)
def test_orderings_below_at_and_above(name: str, wanted: tuple[bool, ...]) -> None:
    assert tuple(told(operator(name, numbers(x, "2"))) for x in ("1.9", "2.0", "2.1")) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"), [("duration-lt", (True, False, False)), ("duration-gte", (False, True, True))]
)
def test_durations_below_at_and_above(name: str, wanted: tuple[bool, ...]) -> None:
    limit = base("duration", "PT1M30S")
    assert tuple(told(operator(name, base("duration", x) + limit)) for x in ("89.9", "90", "90.1")) == wanted


MATCHES = [
    (base("identifier", "A", "A"), True),
    (base("identifier", "A", "B"), False),
    (base("string", "A", "a"), False),
    (base("pair", "A B", "B A"), True),
    (base("directedPair", "A B", "B A"), False),
    (base("point", "1 2", "1.0 2"), True),
    (many("identifier", "A", "B") + many("identifier", "B", "A"), True),
    (many("identifier", "A", "B") + many("identifier", "A", "B", "B"), False),
    (many("identifier", "A", "A", "B") + many("identifier", "A", "B", "B"), False),
    (many("identifier", "A", "A") + many("identifier", "A", "B"), False),
    (row("identifier", "A", "B") + row("identifier", "A", "B"), True),
    (row("identifier", "A", "B") + row("identifier", "B", "A"), False),
    (base("identifier", "A") + NULL, None),
]


@pytest.mark.parametrize(("inside", "wanted"), MATCHES)
def test_match(inside: str, wanted: Any) -> None:
    assert told(operator("match", inside)) is wanted


@pytest.mark.parametrize(
    "inside", [base("identifier", "A") + many("identifier", "A"), base("integer", "1") + base("string", "1")]
)
def test_values_that_can_never_be_the_same_are_an_error(inside: str) -> None:
    with pytest.raises(ScoringFailed, match="match compares"):
        told(operator("match", inside))


TOLERANCES = [
    ("absolute", "0.5", ("9.4", "9.5", "10.5", "10.6"), (False, True, True, False)),
    ("absolute", "0.5 1", ("9.4", "9.5", "11", "11.1"), (False, True, True, False)),
    ("relative", "10", ("8.9", "9", "11", "11.1"), (False, True, True, False)),
    ("exact", "0", ("9.9", "10", "10.0", "10.1"), (False, True, True, False)),
]


@pytest.mark.parametrize(("mode", "tolerance", "given", "wanted"), TOLERANCES)
def test_equal_within_a_tolerance(mode: str, tolerance: str, given: Any, wanted: Any) -> None:
    def close(text: str) -> Any:
        return told(operator("equal", numbers("10", text), tolerance_mode=mode, tolerance=tolerance))

    assert tuple(map(close, given)) == wanted


def test_bounds_may_be_left_out_of_a_tolerance() -> None:
    def close(text: str) -> Any:
        bounds = {"include_lower_bound": "false", "include_upper_bound": "false"}
        return told(
            operator("equal", numbers("10", text), tolerance_mode="absolute", tolerance="1", **bounds)
        )

    assert [close(text) for text in ("9", "9.1", "10.9", "11")] == [False, True, True, False]


def test_a_tolerance_around_a_text_is_an_error() -> None:
    with pytest.raises(ScoringFailed, match="equal needs a number and was given 'x'"):
        told(operator("equal", base("string", "x") + numbers("1"), tolerance_mode="absolute", tolerance="1"))


def test_a_relative_tolerance_holds_below_zero_too() -> None:
    written = operator("equal", numbers("-10", "-10.9"), tolerance_mode="relative", tolerance="10")
    assert told(written) is True


@pytest.mark.parametrize(("other", "wanted"), [("3.144", True), ("3.145", False), ("3.135", True)])
def test_equal_when_rounded(other: str, wanted: bool) -> None:
    written = operator(
        "equal-rounded", numbers("3.14", other), rounding_mode="significantFigures", figures="3"
    )
    assert told(written) is wanted


SHAPES = [
    ("rect", "0,0,10,5", "10 5", "10.1 5"),
    ("circle", "10,10,5", "13 14", "13 14.1"),
    ("ellipse", "0,0,10,5", "0 5", "1 5"),
    ("poly", "0,0,10,0,0,10", "5 5", "5 5.1"),
    ("poly", "0,0,10,0,10,10,5,5,0,10", "2 7", "5 7"),
]


@pytest.mark.parametrize(("shape", "coords", "inner", "outer"), SHAPES)
def test_a_point_on_the_edge_is_inside(shape: str, coords: str, inner: str, outer: str) -> None:
    found = [
        told(operator("inside", base("point", point), shape=shape, coords=coords)) for point in (inner, outer)
    ]
    assert found == [True, False]


def test_one_of_several_points_suffices() -> None:
    points = many("point", "99 99", "1 1")
    assert told(operator("inside", points, shape="circle", coords="0,0,2")) is True
    assert told(operator("inside", many("point", "99 99"), shape="circle", coords="0,0,2")) is False


TEXTS = [
    ("string-match", ("York", "york"), {"case_sensitive": "true"}, False),
    ("string-match", ("York", "york"), {"case_sensitive": "false"}, True),
    ("string-match", ("New York", "york"), {"case_sensitive": "false", "substring": "true"}, True),
    ("string-match", ("york", "New York"), {"case_sensitive": "false", "substring": "true"}, False),
    ("substring", ("york", "New York"), {"case_sensitive": "false"}, True),
    ("substring", ("york", "New York"), {"case_sensitive": "true"}, False),
    ("substring", ("New York", "york"), {"case_sensitive": "false"}, False),
]


@pytest.mark.parametrize(("name", "given", "attributes", "wanted"), TEXTS)
def test_texts(name: str, given: tuple[str, str], attributes: dict[str, str], wanted: bool) -> None:
    assert told(operator(name, base("string", *given), **attributes)) is wanted


PATTERNS = [
    ("[0-9]+", "123", True),
    ("[0-9]+", "123x", False),
    ("[a-z-[aeiou]]+", "bcd", True),
    ("[a-z-[aeiou]]+", "bad", False),
    (r"\p{IsCJKUnifiedIdeographs}+", "北京", True),
    ("a|b", "ab", False),
    ("^a$", "a", False),
]


@pytest.mark.parametrize(("pattern", "text", "wanted"), PATTERNS)
def test_patterns_follow_xml_schema_and_take_the_whole_text(pattern: str, text: str, wanted: bool) -> None:
    assert told(operator("pattern-match", base("string", text), pattern=pattern)) is wanted


def test_a_pattern_that_would_explode_elsewhere_is_answered_at_once() -> None:
    assert told(operator("pattern-match", base("string", "a" * 5000), pattern="(a*)*b")) is False


def test_a_text_that_xml_cannot_hold_follows_no_pattern() -> None:
    given = operator("pattern-match", operator("variable", "", identifier="TEXT"), pattern=".*")
    assert told(given, TEXT="a\x00b") is False
    assert told(given, TEXT="ab") is True


def test_a_broken_pattern_is_refused_when_the_item_is_compiled() -> None:
    with pytest.raises(BadItem, match="no regular expression"):
        told(operator("pattern-match", base("string", "x"), pattern="(x"))
