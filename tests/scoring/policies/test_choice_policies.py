"""What chosen options bring under each policy, and how points are rounded."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import rules
from scoring.points import Rounding, parse_points

KEY = {
    "type": "multiple",
    "correct": ["A", "B", "C"],
    "points": "3",
    "fractions": {"A": "0.3333333", "B": "0.3333333", "C": "0.3333333", "D": "-1"},
}


def points(policy: object, chosen: str, **changes: Any) -> str:
    key = rules.read_key({**KEY, **changes}, options=5)
    read = rules.read_policy({"multiple": policy})
    rules.check(key, read)
    return str(rules.score(list(chosen), key, read).points)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("all_or_nothing", ["3.0", "0.0", "0.0", "0.0", "0.0"]),
        ("partial", ["3.0", "2.0", "1.0", "0.0", "0.0"]),
        ({"by": "subset_share", "share": "1/2"}, ["3.0", "1.5", "1.5", "0.0", "0.0"]),
        ("per_option", ["3.0", "2.0", "1.5", "2.0", "0.0"]),
        ("penalty", ["3.0", "2.0", "1.0", "2.0", "0.0"]),
        ({"by": "penalty", "cost": "1/4"}, ["3.0", "2.0", "1.0", "2.0", "0.0"]),
        ("moodle_fractions", ["3.0", "2.0", "1.0", "0.0", "0.0"]),
    ],
)
def test_each_policy_gives_its_own_points(policy: object, expected: list[str]) -> None:
    assert [points(policy, chosen) for chosen in ("ABC", "AB", "A", "ABCD", "DE")] == expected


def test_a_penalty_goes_as_far_below_nothing_as_its_floor() -> None:
    harsh = {"by": "penalty", "cost": "1/2", "floor": "-1/2"}
    assert [points(harsh, chosen) for chosen in ("D", "DE", "AD", "")] == ["-1.5", "-1.5", "-0.5", "0.0"]


def test_a_single_choice_keeps_its_negative_fraction_within_its_own_points() -> None:
    data = {"type": "single", "correct": ["A"], "points": "1", "fractions": {"A": "1", "B": "-0.3333333"}}
    policy = rules.read_policy({"single": "moodle_fractions", "step": "0.01"})
    key = rules.read_key(data)
    assert [str(rules.score([one], key, policy).points) for one in "ABC"] == ["1.00", "-0.33", "0.00"]


def test_a_key_that_lacks_what_its_policy_reckons_with_is_refused() -> None:
    for policy, changes in (("moodle_fractions", {"fractions": {}}), ("per_option", {})):
        key = rules.read_key({**KEY, **changes})
        with pytest.raises(rules.BadKey):
            rules.check(key, rules.read_policy({"multiple": policy}))


@pytest.mark.parametrize(
    "data",
    [
        {"multiple": {"by": "penalty", "floor": "1"}},
        {"multiple": {"by": "penalty", "price": "1"}},
        {"multiple": {"by": "subset_share", "share": "2"}},
        {"multiple": {}},
        {"multiple": "share"},
        {"single": "generous"},
        {"parts": "penalty"},
        {"step": "0.3"},
        {"rounding": "up"},
    ],
)
def test_a_policy_that_nobody_knows_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        rules.read_policy(data)


@pytest.mark.parametrize(
    ("step", "up", "fraction", "expected"),
    [
        ("0.5", False, "2/3", "0.5"),
        ("0.5", True, "2/3", "0.5"),
        ("0.5", True, "3/4", "1.0"),
        ("0.5", False, "3/4", "0.5"),
        ("0.01", False, "2/3", "0.66"),
        ("0.01", True, "2/3", "0.67"),
        ("0.1", False, "-2/3", "-0.6"),
        ("1", False, "1", "1.0"),
    ],
)
def test_points_are_rounded_once_and_down_unless_the_paper_says_otherwise(
    step: str, up: bool, fraction: str, expected: str
) -> None:
    assert str(Rounding(Decimal(step), up).points(Fraction(fraction), Decimal(1))) == expected


def test_a_share_is_exact_before_it_is_rounded() -> None:
    assert str(Rounding().points(Fraction(1, 3), Decimal("1.5"))) == "0.5"
    assert str(parse_points("0.25", Decimal("0.25"))) == "0.25"


def test_the_trail_says_how_an_outcome_was_reckoned() -> None:
    outcome = rules.score(
        "AB", rules.read_key(KEY), rules.read_policy({"multiple": {"by": "subset_share", "share": "1/2"}})
    )
    assert outcome.trail == {"fraction": "1/2", "rule": {"by": "subset_share", "share": "1/2"}, "step": "0.5"}
