"""Item rules: both sides of every boundary, and laws that hold for any response."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.points import BadPoints, floor_half, parse_points
from scoring.rules import (
    BadKey,
    BadResponse,
    ItemPolicy,
    ItemType,
    Key,
    Policy,
    read_key,
    read_policy,
    read_response,
    score,
)

ALL_OR_NOTHING = Policy()
PARTIAL = read_policy({"multiple": "partial"})
OPTIONS = "ABCDE"


def multiple(correct: str, points: str = "1") -> Key:
    return Key(ItemType.MULTIPLE, frozenset(correct), Decimal(points))


@pytest.mark.parametrize(("response", "points"), [(["T"], "0.5"), (["F"], "0"), ([], "0"), (["T", "F"], "0")])
def test_true_false_earns_its_points_only_for_the_one_right_option(response: list[str], points: str) -> None:
    key = Key(ItemType.TRUE_FALSE, frozenset("T"), Decimal("0.5"))
    assert score(response, key, ALL_OR_NOTHING).points == Decimal(points)


@pytest.mark.parametrize(("response", "points"), [("B", "0.5"), ("A", "0"), ("AB", "0"), ("", "0")])
def test_single_choice_with_a_second_option_beside_the_right_one_is_wrong(response: str, points: str) -> None:
    key = Key(ItemType.SINGLE, frozenset("B"), Decimal("0.5"))
    assert score(response, key, PARTIAL).points == Decimal(points)


@pytest.mark.parametrize(
    ("response", "points", "why"),
    [
        ("ABE", "1", "outcome.right"),
        ("EBA", "1", "outcome.right"),
        ("AB", "0", "outcome.incomplete"),
        ("ABDE", "0", "outcome.wrong"),
        ("", "0", "outcome.unanswered"),
    ],
)
def test_all_or_nothing_wants_the_exact_set(response: str, points: str, why: str) -> None:
    outcome = score(response, multiple("ABE"), ALL_OR_NOTHING)
    assert (outcome.points, outcome.explanation.key) == (Decimal(points), why)


@pytest.mark.parametrize(
    ("response", "points"),
    [("ABCD", "2"), ("ABC", "1.5"), ("AB", "1"), ("A", "0.5"), ("ABCE", "0"), ("AE", "0"), ("", "0")],
)
def test_partial_gives_a_subset_its_share_and_any_wrong_option_nothing(response: str, points: str) -> None:
    assert score(response, multiple("ABCD", "2"), PARTIAL).points == Decimal(points)


def test_a_share_that_is_no_multiple_of_a_half_falls_to_the_half_below() -> None:
    assert score("AB", multiple("ABE"), PARTIAL).points == Decimal("0.5")
    assert score("A", multiple("ABE"), PARTIAL).points == Decimal("0")


@given(st.sets(st.sampled_from(OPTIONS)), st.sets(st.sampled_from(OPTIONS), min_size=1))
def test_partial_never_gives_less_than_all_or_nothing_nor_more_than_the_item(
    chosen: set[str], correct: set[str]
) -> None:
    key = multiple("".join(correct), "1.5")
    strict, kind = score(chosen, key, ALL_OR_NOTHING).points, score(chosen, key, PARTIAL).points
    assert Decimal(0) <= strict <= kind <= key.points
    assert kind % Decimal("0.5") == 0


@given(st.lists(st.sampled_from(OPTIONS), max_size=8))
def test_order_and_repetition_of_a_response_do_not_matter(response: list[str]) -> None:
    key = multiple("ACE")
    assert score(response, key, PARTIAL) == score([*reversed(response), *response], key, PARTIAL)


def test_an_explanation_never_names_an_option() -> None:
    outcome = score("AB", multiple("ABE"), PARTIAL)
    assert dict(outcome.explanation.params) == {"chosen": 2, "of": 3}


@pytest.mark.parametrize(
    "data",
    [
        {"type": "essay", "correct": ["A"], "points": "1"},
        {"type": "single", "correct": [], "points": "1"},
        {"type": "single", "correct": ["A", "B"], "points": "1"},
        {"type": "multiple", "correct": ["A"], "points": "0.3"},
        {"type": "multiple", "points": "1"},
    ],
)
def test_a_key_that_nothing_can_be_scored_by_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(BadKey):
        read_key(data)


def test_policies_are_data_and_an_unknown_one_is_an_error() -> None:
    assert read_policy({}).multiple.name is ItemPolicy.ALL_OR_NOTHING
    assert read_policy({"multiple": "partial"}).multiple.name is ItemPolicy.PARTIAL
    for unknown in ("generous", "exact"):
        with pytest.raises(ValueError, match=unknown):
            read_policy({"multiple": unknown})


@pytest.mark.parametrize("value", ["A", {"A": 1}, [1], 3])
def test_a_stored_value_that_is_no_list_of_options_is_no_response(value: object) -> None:
    with pytest.raises(BadResponse):
        read_response(value)


@pytest.mark.parametrize("text", ["", "x", "-0.5", "0.25", "NaN", "Infinity", "1000"])
def test_points_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadPoints):
        parse_points(text)


@pytest.mark.parametrize(
    ("value", "half"), [("59.99", "59.5"), ("60", "60.0"), ("0.49", "0.0"), ("0.5", "0.5")]
)
def test_points_are_never_rounded_up(value: str, half: str) -> None:
    assert str(floor_half(Decimal(value))) == half
