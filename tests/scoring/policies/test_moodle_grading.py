"""Moodle's grading: both sides of every boundary, on questions of the project's own."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.commands.items.grade import answers as graded_lines
from scoring.policies.moodle.items import BadItem, grade, read_item
from scoring.policies.moodle.responses import BadResponse
from scoring.policies.moodle.tolerance import ToleranceKind, within
from scoring.policies.moodle.wildcard import matches
from tests.support.fixtures import fixtures

FRAMES = {"type": "numerical", "answers": [["25", 1, 0], ["24", 0.5, "0.5"], ["*", 0, 0]]}
RATE = {
    "type": "numerical",
    "answers": [["1.5", 1, "0.01"]],
    "units": {"Mbps": 1, "kbps": 1000},
    "unit_grading": "penalty out of response grade",
    "unit_penalty": 0.25,
}
PRICE = {
    "type": "numerical",
    "answers": [["1200", 1, 0], ["1000", 0.1, 0]],
    "units": {"¥": 1},
    "units_before": True,
    "unit_grading": "penalty out of max",
    "unit_penalty": "0.3",
}


def fraction(item: dict[str, Any], response: object) -> float:
    return grade(read_item(item), response)


@pytest.mark.conformance
def test_every_graded_answer_of_moodle_gets_its_fraction() -> None:
    cases = json.loads((fixtures("moodle") / "grading.json").read_text(encoding="utf-8"))
    wrong = [
        case
        for case in cases["triples"]
        if fraction(case["item"], case["response"]) != pytest.approx(case["fraction"], abs=1e-9)
    ]
    assert (len(cases["triples"]) > 0, wrong) == (True, [])


@pytest.mark.conformance
def test_every_wildcard_case_of_moodle_matches_as_there() -> None:
    cases = json.loads((fixtures("moodle") / "grading.json").read_text(encoding="utf-8"))["wildcard"]
    given = [matches(one["response"], one["pattern"], ignore_case=one["ignore_case"]) for one in cases]
    assert (len(cases) > 0, given) == (True, [one["match"] for one in cases])


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("25", 1),
        ("25.0", 1),
        (25, 1),
        ("2.5e1", 1),
        ("2.5x10^1", 1),
        ("250*10**-1", 1),
        ("0.25×10^2", 1),
        (" 2 5 ", 1),
        ("23.5", 0.5),
        ("24.5", 0.5),
        ("24.51", 0),
        ("23.49", 0),
        ("2,5", 1),
        ("about 25", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_a_number_is_read_in_many_ways_and_the_first_answer_that_fits_counts(
    response: object, expected: float
) -> None:
    assert fraction(FRAMES, response) == expected


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("1.5 Mbps", 1),
        ("1500kbps", 1),
        ("1.5", 0.75),
        ("1.5 frogs", 0.75),
        ("1.5 kbps", 0.75),
        ("1.5 mbps", 0.75),
        ("1500", 0),
    ],
)
def test_a_wrong_or_missing_unit_costs_its_part_of_the_grade(response: str, expected: float) -> None:
    assert fraction(RATE, response) == expected


@pytest.mark.parametrize(
    ("response", "expected"),
    [("¥1200", 1), ("¥1,200.00", 1), ("¥ 1200", 1), ("1200", 0.7), ("$1200", 0.7), ("1200¥", 0), ("1000", 0)],
)
def test_a_currency_stands_before_and_a_penalty_of_the_whole_stops_at_nothing(
    response: str, expected: float
) -> None:
    assert fraction(PRICE, response) == pytest.approx(expected)


def test_a_unit_that_is_chosen_apart_counts_instead_of_a_typed_one() -> None:
    apart = {**RATE, "unit_display": "select"}
    assert fraction(apart, {"answer": "1500", "unit": "kbps"}) == 1
    assert fraction(apart, {"answer": "1.5 Mbps", "unit": ""}) == 0.75
    assert fraction(apart, {"answer": "1.5"}) == 0.75


@pytest.mark.parametrize(
    ("kind", "answer", "tolerance", "inside", "outside"),
    [
        ("nominal", 10, 1, (9, 11), (8.99, 11.01)),
        ("nominal", 1e-20, 0, (1e-20,), (0.999e-20, 1.001e-20)),
        ("nominal", 0, 0, (0, 1e-30), (1e-20, -1e-20)),
        ("nominal", 0.3, 0, (0.1 + 0.2,), (0.3000001,)),
        ("relative", 10, 0.2, (8.01, 11.99), (7.99, 12.01)),
        ("relative", -10, 0.2, (-8.01, -11.99), (-7.99, -12.01)),
        ("geometric", 10, 1, (5.01, 19.99), (4.99, 20.01)),
        ("geometric", -10, 1, (-5.01, -19.99), (-4.99, -20.01)),
    ],
)
def test_each_kind_of_tolerance_has_its_own_bounds(
    kind: str, answer: float, tolerance: float, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    held = [within(one, answer, tolerance, ToleranceKind(kind)) for one in (*inside, *outside)]
    assert held == [True] * len(inside) + [False] * len(outside)


@pytest.mark.parametrize(
    ("text", "pattern", "same"),
    [
        ("剪辑", "剪辑", True),
        ("短视频剪辑", "*剪辑", True),
        ("剪辑师", "*剪辑", False),
        ("a*b", r"a\*b", True),
        ("axb", r"a\*b", False),
        ("ab", "a**b", True),
        ("aa", "aa*a", False),
        ("aaa", "aa*a", True),
        ("cafe\u0301", "caf\u00e9", True),
        ("one\ntwo", "one*two", False),
        ("", "*", True),
        (".", "?", False),
    ],
)
def test_stars_stand_for_anything_and_everything_else_for_itself(text: str, pattern: str, same: bool) -> None:
    assert matches(text, pattern, ignore_case=False) is same


def test_a_pattern_of_many_stars_and_a_long_text_are_compared_at_once() -> None:
    assert not matches("a" * 20_000, "*a" * 40 + "*b", ignore_case=True)


@given(
    st.text(alphabet="aA*\\ 剪\n", max_size=12), st.text(alphabet="aA*\\ 剪\n", max_size=12), st.booleans()
)
def test_any_text_and_any_pattern_can_be_compared(text: str, pattern: str, ignore_case: bool) -> None:
    assert matches(text, pattern, ignore_case=ignore_case) in (True, False)
    assert matches("xyz", "*", ignore_case=ignore_case)


THIRDS = {"type": "multichoice", "single": False, "fractions": dict.fromkeys("ABC", 0.3333333) | {"D": -1}}


@pytest.mark.parametrize(
    ("response", "expected"),
    [(["A", "B", "C"], 1), (["A"], 0.3333333), (["A", "D"], 0), (["A", "A"], 0.3333333), ([], 0), (None, 0)],
)
def test_three_thirds_are_the_whole_and_nothing_goes_below_zero(response: object, expected: float) -> None:
    assert fraction(THIRDS, response) == expected


def test_one_wrong_choice_keeps_its_negative_fraction_within_its_question() -> None:
    one = {"type": "multichoice", "single": True, "fractions": {"A": 1, "B": -0.25}}
    assert [fraction(one, response) for response in ("A", "B", "", "Z", ["B"])] == [1, -0.25, 0, 0, -0.25]


def test_places_and_pairs_give_their_share_and_what_is_left_out_gives_nothing() -> None:
    pairs = {"type": "match", "pairs": {"fps": "帧率", "bit": "码率", "dpi": "分辨率", "Hz": "采样率"}}
    assert fraction(pairs, {"fps": "帧率", "bit": "帧率"}) == 0.25
    gaps = {"type": "gapselect", "correct": {"p1": "1", "p2": "2"}}
    assert [fraction(gaps, one) for one in ({"p1": "1", "p2": 2}, {"p2": "1"}, None)] == [1, 0, 0]


def test_true_and_false_are_two_answers_and_silence_is_none() -> None:
    item = {"type": "truefalse", "correct": False}
    assert [fraction(item, one) for one in (False, "0", True, None)] == [1, 1, 0, 0]
    with pytest.raises(BadResponse):
        fraction(item, "perhaps")


def test_the_parts_of_a_cloze_weigh_what_they_are_worth() -> None:
    parts = {
        "a": {"type": "shortanswer", "answers": [["抖*", 1]], "weight": 3},
        "b": {"type": "multichoice", "fractions": {"是": 1, "否": -0.5}},
    }
    cloze = {"type": "cloze", "subs": parts}
    assert [fraction(cloze, one) for one in ({"a": "抖音"}, {"a": "抖音", "b": "否"}, {})] == [0.75, 0.625, 0]
    with pytest.raises(BadResponse):
        fraction(cloze, {"c": "1"})


@pytest.mark.parametrize(
    "item",
    [
        {"type": "essay"},
        {"type": "numerical", "answers": []},
        {"type": "numerical", "answers": [["many", 1, 0]]},
        {"type": "numerical", "answers": [["nan", 1, 0]]},
        {"type": "numerical", "answers": [["1", 1, 0]], "units": {"m": 0}},
        {"type": "multichoice", "fractions": {"A": 2}},
        {"type": "match", "pairs": {}},
        {"type": "cloze", "subs": {"a": {"type": "shortanswer", "answers": []}}},
        [],
        None,
    ],
)
def test_a_question_that_nothing_can_be_graded_by_is_refused(item: Any) -> None:
    with pytest.raises(BadItem):
        read_item(item)


def test_every_line_of_a_batch_is_answered_in_order_and_a_broken_one_by_its_error() -> None:
    lines = [
        json.dumps({"id": 1, "item": FRAMES, "response": "25"}),
        "no json",
        json.dumps({"id": "b", "response": "25"}),
        json.dumps({"id": "c", "item": FRAMES, "response": ["25"]}),
        "[1]",
        "",
        json.dumps({"id": 2, "item": THIRDS, "response": ["A"]}),
    ]
    given = list(graded_lines(line.encode() for line in lines))
    assert [one["id"] for one in given] == [1, None, "b", "c", None, 2]
    assert ["fraction" in one for one in given] == [True, False, False, False, False, True]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**400), 10**400) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["answers", "units", "unit_grading", "unit_penalty", "fractions", "single", "pairs", "subs"]
)
PLAUSIBLE = st.sampled_from([FRAMES, RATE, PRICE, THIRDS, {"type": "cloze", "subs": {"a": RATE}}])


@given(PLAUSIBLE, st.dictionaries(FIELDS, JSON, max_size=2), JSON)
def test_any_item_and_any_response_get_a_fraction_or_an_error(
    item: dict[str, Any], changes: dict[str, Any], response: object
) -> None:
    line = json.dumps({"id": 1, "item": {**item, **changes}, "response": response}).encode()
    (answer,) = graded_lines([line])
    assert answer["id"] == 1
    assert -1 <= answer["fraction"] <= 1 if "fraction" in answer else answer["error"]
