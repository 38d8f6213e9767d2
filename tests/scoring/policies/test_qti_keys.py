"""A key with QTI response processing: the outcome is the item's SCORE as a part of what can be reached."""

from decimal import Decimal
from typing import Any

import pytest

from itembank.qti.items import read_item
from scoring import rules
from scoring.processing import dump_key

SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
HEAD = f'xmlns="{SPACE}" identifier="I1" title="t" adaptive="false" time-dependent="false"'
ITEM = f"""<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item {HEAD}>
<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
<qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>
<qti-mapping default-value="-1" lower-bound="0"><qti-map-entry map-key="A" mapped-value="1"/>
<qti-map-entry map-key="B" mapped-value="2"/></qti-mapping></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="3"/>
<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="0">
<qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice>
<qti-simple-choice identifier="C">c</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
</qti-assessment-item>"""


@pytest.fixture(scope="module")
def key() -> rules.Key:
    """The item's key as a frozen paper holds it, worth one and a half points."""
    grading = dump_key(read_item(ITEM.encode(), name="i1.xml"))
    return rules.read_key({"type": "interactive", "points": "1.5", "grading": grading})


@pytest.mark.parametrize(
    ("response", "points", "why"),
    [
        ({"RESPONSE": ["A", "B"]}, "1.5", "outcome.right"),
        ({"RESPONSE": ["B"]}, "1.0", "outcome.percent"),
        ({"RESPONSE": ["A", "C"]}, "0.0", "outcome.wrong"),
        ({"RESPONSE": []}, "0.0", "outcome.unanswered"),
        (None, "0.0", "outcome.unanswered"),
        ({"RESPONSE": ["A"], "NOBODY": ["x"]}, "0.0", "outcome.unreadable"),
    ],
)
def test_a_response_brings_its_part_of_the_highest_score(
    key: rules.Key, response: Any, points: str, why: str
) -> None:
    outcome = rules.score(rules.read_response(response), key, rules.read_policy({}))
    assert (str(outcome.points), outcome.explanation.key) == (points, why)
    assert outcome.max_points == Decimal("1.5")


@pytest.mark.parametrize(
    "changes", [{"max": "0"}, {"max": "many"}, {"max": None}, {"declarations": []}, {"declarations": 3}]
)
def test_a_key_without_a_highest_score_or_processing_is_refused(changes: dict[str, Any]) -> None:
    grading = {**dump_key(read_item(ITEM.encode(), name="i1.xml")), **changes}
    with pytest.raises(rules.BadKey):
        rules.read_key({"type": "interactive", "points": "1", "grading": grading})
