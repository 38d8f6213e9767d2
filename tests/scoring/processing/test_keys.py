"""Keys as JSON: what they hold, that they score as the item does, and how the highest score is found."""

import json
from typing import Any

import pytest

from itembank.freezing import canonical
from scoring.processing import BadItem, BadResponse, dump_key, load_key, scorer
from tests.scoring.processing.building import item
from tests.scoring.processing.pieces import (
    SCORE,
    correct,
    outcome,
    response,
    rules,
    setting,
    template,
    values,
)
from tests.scoring.processing.terms import base, operator

MAP = (
    '<qti-mapping default-value="-0.25" upper-bound="{}"><qti-map-entry map-key="A" mapped-value="0.1"/>'
    '<qti-map-entry map-key="B" mapped-value="1.5"/><qti-map-entry map-key="C" mapped-value="-1"/></qti-mapping>'
)
CHOICE = response("RESPONSE", "single", "identifier", correct("A"))


def stored(key: dict[str, Any]) -> dict[str, Any]:
    """The key as a frozen paper brings it back."""
    found: dict[str, Any] = json.loads(canonical(key))
    return found


def test_a_frozen_key_scores_with_the_same_decimals() -> None:
    declared = response("RESPONSE", "multiple", "identifier", MAP.format("9")) + SCORE
    score = scorer(stored(dump_key(item(declared, template("map_response")))))
    assert [score({"RESPONSE": given})["SCORE"] for given in (["A"], ["A", "B"], ["D"])] == [0.1, 1.6, -0.25]


FOUR = outcome("MAXSCORE", "single", "float", f"<qti-default-value>{values('4')}</qti-default-value>")
HIGHEST = [
    (CHOICE + SCORE, template("match_correct"), "1"),
    (
        response("RESPONSE", "multiple", "identifier", MAP.format("9")) + SCORE,
        template("map_response"),
        "1.6",
    ),
    (response("RESPONSE", "multiple", "identifier", MAP.format("1")) + SCORE, template("map_response"), "1"),
    (response("RESPONSE", "single", "identifier", MAP.format("9")) + SCORE, template("map_response"), "1.5"),
    (response("X", "single", "integer") + SCORE, rules(setting("SCORE", base("float", "2.5"))), "2.5"),
    (SCORE.replace("/>", ' normal-maximum="7"/>'), "", "7"),
    (SCORE + FOUR, "", "4"),
]


@pytest.mark.parametrize(("declared", "processing", "wanted"), HIGHEST)
def test_the_highest_score_is_declared_or_found(declared: str, processing: str, wanted: str) -> None:
    assert dump_key(item(declared, processing))["max"] == wanted


def test_areas_count_for_the_highest_score() -> None:
    inside = "".join(
        f'<qti-area-map-entry shape="circle" coords="{x},0,5" mapped-value="2"/>' for x in (0, 20, 40)
    )
    declared = response("RESPONSE", "multiple", "point", f"<qti-area-mapping>{inside}</qti-area-mapping>")
    assert dump_key(item(declared + SCORE, template("map_response_point")))["max"] == "6"


def test_without_any_score_to_reach_there_is_no_key_unless_the_author_says_how_much() -> None:
    open_question = item(response("RESPONSE", "single", "string") + SCORE, "")
    with pytest.raises(BadItem, match="no maximum"):
        dump_key(open_question)
    assert dump_key(open_question, highest=5.0)["max"] == "5"


def test_templates_travel_with_the_key() -> None:
    declared = response("RESPONSE", "single", "integer") + SCORE
    declared += '<qti-template-declaration identifier="N" cardinality="single" base-type="integer"/>'
    inside = operator("set-template-value", operator("random-integer", "", max="99"), identifier="N")
    inside += operator(
        "set-correct-response", operator("variable", "", identifier="N"), identifier="RESPONSE"
    )
    made = item(
        declared,
        template("match_correct"),
        templates=f"<qti-template-processing>{inside}</qti-template-processing>",
    )
    key = stored(dump_key(made))
    right = str(load_key(key).begin(seed="seat 7").prepared.templates["N"])
    assert scorer(key, seed="seat 7")({"RESPONSE": [right]})["SCORE"] == 1


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"declarations": 1},
        {"declarations": [{"identifier": "A"}]},
        {"declarations": [{"identifier": "A", "kind": "", "cardinality": "single"}]},
        {"declarations": [], "adaptive": "perhaps"},
    ],
)
def test_a_broken_key_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(BadItem):
        scorer(broken)


def test_a_key_refuses_a_response_to_another_item() -> None:
    score = scorer(dump_key(item(CHOICE + SCORE, template("match_correct"))))
    with pytest.raises(BadResponse, match="OTHER"):
        score({"OTHER": ["A"]})
