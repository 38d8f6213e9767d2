"""Outcome processing of tests: an item's variables, subsets by section and category, weights, counts."""

from typing import Any

import pytest

from itembank.qti.assessments import read_test
from scoring.processing import BadItem, ScoringFailed
from scoring.processing.papers import TestScorer, compile_test
from scoring.processing.results import ItemResult, item_result
from scoring.processing.values import to_wire
from tests.scoring.processing.building import item, scorer
from tests.scoring.processing.pieces import SCORE, correct, outcome, response, setting, template
from tests.scoring.processing.terms import base, numbers, operator

FRAME = """<qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="T" title="T">
{declarations}
<qti-test-part identifier="P" navigation-mode="linear" submission-mode="individual">
<qti-assessment-section identifier="S1" title="S1" visible="true">
  <qti-assessment-item-ref identifier="Q1" href="a.xml" category="easy theory">
    <qti-weight identifier="W" value="2"/></qti-assessment-item-ref>
  <qti-assessment-section identifier="S2" title="S2" visible="true">
    <qti-assessment-item-ref identifier="Q2" href="b.xml" category="hard"/></qti-assessment-section>
</qti-assessment-section>
<qti-assessment-section identifier="S3" title="S3" visible="true">
  <qti-assessment-item-ref identifier="Q3" href="c.xml" category="easy"/></qti-assessment-section>
</qti-test-part>
<qti-outcome-processing>{rules}</qti-outcome-processing></qti-assessment-test>"""

RESULTS = {
    "Q1": ItemResult({"SCORE": 1.0, "LEVEL": 3}, True, True, True, {"SCORE": 1.0}, {"SCORE": -1.0}),
    "Q2": ItemResult({"SCORE": 0.5}, True, True, False, {"SCORE": 2.0}),
    "Q3": ItemResult({"SCORE": 0.0}, True, False, False, {"SCORE": 4.0}),
}


def own_test(declarations: str, rules: str) -> TestScorer:
    file = FRAME.format(declarations=declarations, rules=rules).encode()
    return compile_test(read_test(file, name="test.xml"))


def told(
    expression: str, results: Any = RESULTS, base_type: str = "float", cardinality: str = "single"
) -> Any:
    own = own_test(outcome("OUT", cardinality, base_type), setting("OUT", expression))
    return to_wire(own.score(results)["OUT"])


def variables(name: str = "SCORE", **attributes: str) -> str:
    return operator("test-variables", "", variable_identifier=name, **attributes)


def test_the_variable_of_an_item_by_its_reference() -> None:
    assert told(operator("variable", "", identifier="Q2.SCORE")) == 0.5
    assert told(operator("variable", "", identifier="Q1.SCORE", weight_identifier="W")) == 2
    assert told(operator("variable", "", identifier="Q2.SCORE", weight_identifier="W")) == 0.5


def test_an_item_that_was_not_selected_has_no_value() -> None:
    only = {"Q1": RESULTS["Q1"]}
    assert told(operator("variable", "", identifier="Q2.SCORE"), only) is None
    assert told(operator("sum", variables()), only) == 1


SUBSETS: list[tuple[dict[str, str], list[float]]] = [
    ({}, [1, 0.5, 0]),
    ({"section_identifier": "S1"}, [1, 0.5]),
    ({"section_identifier": "S2"}, [0.5]),
    ({"include_category": "easy"}, [1, 0]),
    ({"include_category": "hard theory"}, [1, 0.5]),
    ({"exclude_category": "easy"}, [0.5]),
    ({"include_category": "easy", "exclude_category": "theory"}, [0]),
    ({"weight_identifier": "W"}, [2, 0.5, 0]),
]


@pytest.mark.parametrize(("attributes", "wanted"), SUBSETS)
def test_values_over_a_part_of_the_items(attributes: dict[str, str], wanted: list[float]) -> None:
    assert told(variables(**attributes), cardinality="multiple") == wanted


def test_values_of_one_base_type_only() -> None:
    assert told(variables("LEVEL", base_type="integer"), base_type="integer", cardinality="multiple") == [3]
    assert told(variables("LEVEL", base_type="string"), base_type="integer", cardinality="multiple") is None


COUNTS = [("selected", 3), ("presented", 3), ("responded", 2), ("correct", 1), ("incorrect", 2)]


@pytest.mark.parametrize(("name", "wanted"), COUNTS)
def test_counts(name: str, wanted: int) -> None:
    assert told(operator(f"number-{name}", ""), base_type="integer") == wanted


def test_counts_over_a_part_of_the_items() -> None:
    assert told(operator("number-correct", "", include_category="hard"), base_type="integer") == 0
    assert told(operator("number-correct", "", section_identifier="S1"), base_type="integer") == 1


def test_declared_maxima_are_needed_and_minima_are_not() -> None:
    def declared(name: str, results: Any) -> Any:
        return told(
            operator(f"outcome-{name}", "", outcome_identifier="SCORE"), results, cardinality="multiple"
        )

    without = {**RESULTS, "Q3": ItemResult({"SCORE": 0.0})}
    assert declared("maximum", RESULTS) == [1, 2, 4]
    assert declared("maximum", without) is None
    assert declared("minimum", without) == [-1]


PASSED = "<qti-outcome-condition><qti-outcome-if>{}{}<qti-exit-test/></qti-outcome-if></qti-outcome-condition>".format(
    operator("gte", operator("sum", variables()) + numbers("1.5")),
    setting("GRADE", base("identifier", "pass")),
)


@pytest.mark.parametrize(("score", "wanted"), [(1.0, "pass"), (0.99, "fail")])
def test_conditions_and_leaving(score: float, wanted: str) -> None:
    own = own_test(
        outcome("GRADE", "single", "identifier"), PASSED + setting("GRADE", base("identifier", "fail"))
    )
    results = {**RESULTS, "Q1": ItemResult({"SCORE": score})}
    assert own.score(results)["GRADE"] == wanted


def test_what_became_of_an_item_is_read_from_its_session() -> None:
    made = item(
        response("RESPONSE", "multiple", "identifier", correct("A", "B"))
        + SCORE.replace("/>", ' normal-maximum="1"/>'),
        template("match_correct"),
    )
    own = scorer(
        response("RESPONSE", "multiple", "identifier", correct("A", "B")) + SCORE, template("match_correct")
    )
    found = [
        item_result(made, own.attempt(own.begin(), {"RESPONSE": given}))
        for given in (["B", "A"], ["A"], None)
    ]
    assert [(one.correct, one.responded, one.presented) for one in found] == [
        (True, True, True),
        (False, True, True),
        (False, False, True),
    ]
    assert found[0].maxima == {"SCORE": 1.0}
    assert not item_result(made, own.begin()).presented


def test_an_item_that_the_test_has_not_is_refused() -> None:
    with pytest.raises(BadItem, match=r"'Q9\.SCORE', which is not declared"):
        told(operator("variable", "", identifier="Q9.SCORE"))


def test_a_sum_over_texts_is_a_declared_error() -> None:
    with pytest.raises(ScoringFailed, match="needs a number"):
        told(operator("sum", variables()), {"Q1": ItemResult({"SCORE": "much"})})
