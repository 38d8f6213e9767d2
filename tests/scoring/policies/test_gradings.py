"""Each kind of key judges on both sides of its boundaries, and refuses what it cannot judge by."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import rules
from scoring.grading import NeedsPerson, read_grading
from scoring.outcomes import exact

SHORT = {
    "by": "short",
    "answers": [{"text": "二十五帧"}, {"text": "*帧", "fraction": "0.5"}],
    "wildcards": True,
}
RATE = {
    "by": "numeric",
    "answers": [{"value": "25", "tolerance": "1"}, {"min": "30", "max": "31", "fraction": "0.5"}],
    "units": {"fps": "1"},
    "unit_grading": "penalty_of_grade",
    "unit_penalty": "0.25",
}
PAIRS = {"by": "match", "pairs": [["L1", "R2"], ["L2", "R1"], ["L3", "R3"]]}
ORDER = {"by": "order", "order": ["A", "B", "C", "D"]}
GAPS = {
    "by": "cloze",
    "parts": {
        "RESPONSE1": {"by": "short", "answers": [{"text": "抖音"}], "weight": "3"},
        "RESPONSE2": {"by": "choice", "correct": ["B"]},
    },
}


def judged(data: dict[str, Any], *values: str) -> Fraction:
    return read_grading(data)({"RESPONSE": values}).fraction


@pytest.mark.parametrize(
    ("text", "fraction"), [("25帧", "1"), ("２５ 帧", "1"), ("24帧", "1/2"), ("帧率", "0"), ("", "0")]
)
def test_a_short_answer_is_the_first_that_it_is(text: str, fraction: str) -> None:
    assert judged(SHORT, text) == Fraction(fraction)


def test_without_normalising_only_case_and_composition_are_overlooked() -> None:
    plain = {"by": "short", "answers": [{"text": "Ab，1"}], "normalise": False}
    assert [judged(plain, one) for one in ("aB，1", "aB,1", " ab，1 ")] == [1, 0, 1]
    assert judged({**plain, "case_sensitive": True}, "aB，1") == 0


@pytest.mark.parametrize(
    ("values", "fraction"),
    [
        (("25 fps",), "1"),
        (("二十五帧每秒",), "1"),
        (("24帧/秒",), "1"),
        (("23.9fps",), "0"),
        (("26.1fps",), "0"),
        (("25",), "3/4"),
        (("25Hz",), "3/4"),
        (("25", "fps"), "1"),
        (("25", ""), "3/4"),
        (("30fps",), "1/2"),
        (("31fps",), "1/2"),
        (("31.1fps",), "0"),
        (("很快",), "0"),
        ((), "0"),
    ],
)
def test_a_number_is_read_with_its_unit_in_both_languages(values: tuple[str, ...], fraction: str) -> None:
    assert judged(RATE, *values) == Fraction(fraction)


@pytest.mark.parametrize(("rule", "left"), [("optional", "1"), ("penalty_of_max", "3/4"), ("required", "0")])
def test_what_a_missing_unit_costs_is_data(rule: str, left: str) -> None:
    assert judged({**RATE, "unit_grading": rule}, "25") == Fraction(left)


def test_two_units_of_a_length_are_both_known_in_either_language() -> None:
    length = {
        "by": "numeric",
        "answers": [{"value": "1.5"}],
        "units": {"m": "1", "cm": "100"},
        "unit_grading": "required",
    }
    assert [judged(length, one) for one in ("150厘米", "1.5米", "1.5 m", "150", "150米")] == [1, 1, 1, 0, 0]


def test_pairs_give_their_share_and_trying_everything_gives_none() -> None:
    assert judged(PAIRS, "L1 R2", "L2 R1", "L3 R3") == 1
    assert judged(PAIRS, "L1 R2", "L2 R3") == Fraction(1, 3)
    assert judged(PAIRS, *(f"L{left} R{right}" for left in (1, 2, 3) for right in (1, 2, 3))) == 0


@pytest.mark.parametrize(
    ("partial", "given", "fraction"),
    [
        ("none", "ABDC", "0"),
        ("positions", "ABDC", "1/2"),
        ("adjacent", "BCDA", "2/3"),
        ("positions", "AB", "1/2"),
        ("adjacent", "AA", "0"),
        ("none", "ABCD", "1"),
    ],
)
def test_a_part_of_an_order_counts_as_the_key_says(partial: str, given: str, fraction: str) -> None:
    assert judged({**ORDER, "partial": partial}, *given) == Fraction(fraction)


def test_gaps_have_their_weights_and_their_trail_names_no_answer() -> None:
    found = read_grading(GAPS)({"RESPONSE1": ["抖音"], "RESPONSE2": ["A"]})
    assert found.fraction == Fraction(3, 4)
    assert [part.key for part in found.explanation.parts] == ["outcome.right", "outcome.wrong"]
    assert "抖音" not in str(found.explanation.as_data())


@pytest.mark.parametrize(
    "data",
    [
        {"by": "magic"},
        {"by": "short", "answers": []},
        {"by": "short", "answers": [{"text": "a", "fraction": "0"}]},
        {"by": "short", "answers": [{"text": "a"}], "normalise": {"colour": True}},
        {"by": "numeric", "answers": [{"value": "many"}]},
        {"by": "numeric", "answers": [{"tolerance": "1"}]},
        {"by": "numeric", "answers": [{"value": "1"}], "units": {"m": "0"}},
        {"by": "numeric", "answers": [{"value": "1"}], "unit_grading": "harsh"},
        {"by": "match", "pairs": []},
        {"by": "match"},
        {"by": "order", "order": ["A"]},
        {"by": "order", "order": ["A", "A"]},
        {"by": "order", "order": ["A", "B"], "partial": "somehow"},
        {"by": "choice", "correct": []},
        {"by": "cloze", "parts": {}},
        {"by": "cloze"},
        {"by": "cloze", "parts": {"R": {"by": "choice", "correct": ["A"], "weight": "0"}}},
    ],
)
def test_a_key_that_cannot_be_judged_by_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(rules.BadKey):
        rules.read_key({"type": "interactive", "points": "1", "grading": data})


def test_what_only_a_person_can_mark_is_said_so_inside_a_text_too() -> None:
    for grading in ({"by": "person"}, {"by": "cloze", "parts": {"R": {"by": "person"}}}):
        with pytest.raises(NeedsPerson):
            rules.read_key({"type": "essay", "points": "5", "grading": grading})


def test_parts_may_count_all_or_nothing() -> None:
    key = rules.read_key({"type": "match", "points": "1.5", "grading": PAIRS})
    given = {"RESPONSE": ["L1 R2", "L2 R1"]}
    shared = rules.score(given, key, rules.read_policy({}))
    strict = rules.score(given, key, rules.read_policy({"parts": "all_or_nothing"}))
    assert (shared.points, strict.points) == (Decimal("1.0"), Decimal("0.0"))
    assert shared.explanation.params == {"right": 2, "of": 3}
    assert strict.explanation.key == "outcome.not_all"


def test_options_with_pictures_fall_under_the_papers_policy_too() -> None:
    grading = {"by": "choice", "multiple": True, "correct": ["A", "B"]}
    key = rules.read_key({"type": "multiple", "points": "1", "grading": grading})
    outcome = rules.score({"RESPONSE": ["A"]}, key, rules.read_policy({"multiple": "partial"}))
    assert (outcome.points, outcome.policy) == (Decimal("0.5"), "partial")


@pytest.mark.parametrize(
    ("text", "fraction"), [("0.3333333", "1/3"), ("0.6666667", "2/3"), ("-0.25", "-1/4"), (1, "1")]
)
def test_decimals_of_a_bank_are_the_fractions_that_they_stand_for(text: object, fraction: str) -> None:
    assert exact(text) == Fraction(fraction)


@pytest.mark.parametrize("number", ["1.1", "-2", "x", "nan", "1/0", ""])
def test_what_is_no_fraction_between_minus_one_and_one_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="fraction"):
        exact(number)


TEXTS = st.lists(st.text(max_size=20), max_size=4)


@given(TEXTS, st.sampled_from([SHORT, RATE, PAIRS, ORDER, GAPS]))
def test_any_response_is_judged_and_never_raises(values: list[str], data: dict[str, Any]) -> None:
    found = read_grading(data)({"RESPONSE": values, "RESPONSE1": values})
    assert -1 <= found.fraction <= 1
    assert found.explanation.key.startswith("outcome.")
