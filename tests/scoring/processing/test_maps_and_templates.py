"""The standard templates and what they rest on: correct responses, maps with bounds and case, areas."""

from typing import Any

import pytest

from scoring.processing import BadItem, Scorer
from tests.scoring.processing.building import document, score, scored, scorer
from tests.scoring.processing.pieces import SCORE, correct, outcome, response, rules, setting, template

ENTRIES = '<qti-map-entry map-key="{}" mapped-value="{}"{}/>'


def mapping(attributes: str, *entries: tuple[str, str, str]) -> str:
    inside = "".join(ENTRIES.format(*entry) for entry in entries)
    return f"<qti-mapping {attributes}>{inside}</qti-mapping>"


def mapped(cardinality: str, base_type: str, inside: str) -> Scorer:
    return scorer(response("RESPONSE", cardinality, base_type, inside) + SCORE, template("map_response"))


def bare(cardinality: str, base_type: str, inside: str, expression: str = "map-response") -> Scorer:
    rule = setting("SCORE", f'<qti-{expression} identifier="RESPONSE"/>')
    return scorer(response("RESPONSE", cardinality, base_type, inside) + SCORE, rules(rule))


@pytest.mark.parametrize(("given", "wanted"), [("A", 1), ("B", 0), (None, 0), ([], 0), (["A"], 1)])
def test_match_correct(given: Any, wanted: int) -> None:
    own = scorer(
        response("RESPONSE", "single", "identifier", correct("A")) + SCORE, template("match_correct")
    )
    assert score(own, given) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
        "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct.xml",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/CC2_match",
    ],
)
def test_a_template_is_known_by_every_version_s_address(address: str) -> None:
    own = scorer(
        response("RESPONSE", "single", "identifier", correct("A")) + SCORE,
        f'<qti-response-processing template="{address}"/>',
    )
    assert [score(own, given) for given in ("A", "B")] == [1, 0]


FEEDBACK = outcome("FEEDBACK", "single", "identifier") + outcome("FEEDBACKBASIC", "single", "identifier")
FULL = outcome(
    "MAXSCORE", "single", "float", "<qti-default-value><qti-value>3</qti-value></qti-default-value>"
)


@pytest.mark.parametrize(("given", "wanted"), [("A", (3, "correct")), ("B", (0, "incorrect"))])
def test_match_with_basic_feedback(given: str, wanted: tuple[int, str]) -> None:
    declared = response("RESPONSE", "single", "identifier", correct("A")) + SCORE + FULL + FEEDBACK
    found = scored(scorer(declared, template("CC2_match_basic")), RESPONSE=given)
    assert (found["SCORE"], found["FEEDBACKBASIC"]) == wanted


@pytest.mark.parametrize(("given", "wanted"), [("York", (3, "correct")), ("Hull", (1, "incorrect"))])
def test_map_with_feedback(given: str, wanted: tuple[int, str]) -> None:
    inside = mapping('default-value="0"', ("York", "3", ""), ("Hull", "1", ""))
    declared = response("RESPONSE", "single", "string", inside) + SCORE + FULL + FEEDBACK
    found = scored(scorer(declared, template("CC2_map_response")), RESPONSE=given)
    assert (found["SCORE"], found["FEEDBACK"]) == wanted


def test_each_distinct_value_counts_once() -> None:
    own = mapped("multiple", "identifier", mapping("", ("A", "1", ""), ("B", "0.5", "")))
    assert [score(own, given) for given in (["A", "B"], ["B", "B", "A"], ["B"])] == [1.5, 1.5, 0.5]


def test_bounds_hold_for_the_sum() -> None:
    bounds = 'lower-bound="-1" upper-bound="2" default-value="-2"'
    own = mapped("multiple", "identifier", mapping(bounds, ("A", "2", ""), ("B", "1", "")))
    assert [score(own, given) for given in (["A"], ["A", "B"], ["B"], ["C"], ["A", "C"])] == [2, 2, 1, -1, 0]


def test_nothing_is_worth_the_default_unless_the_template_says_zero() -> None:
    inside = mapping('default-value="-1"', ("A", "2", ""))
    assert score(bare("single", "identifier", inside), None) == -1
    assert score(bare("multiple", "identifier", inside), []) == -1
    assert score(mapped("single", "identifier", inside), None) == 0


def test_case_counts_unless_the_entry_says_otherwise() -> None:
    inside = mapping(
        "",
        ("York", "1", ' case-sensitive="true"'),
        ("Hull", "2", ' case-sensitive="false"'),
        ("HULL", "3", ' case-sensitive="true"'),
    )
    own = mapped("single", "string", inside)
    assert [score(own, given) for given in ("York", "york", "hull", "HULL")] == [1, 0, 2, 3]


def test_pairs_are_mapped_in_either_order_unless_directed() -> None:
    entry = mapping("", ("A B", "1", ""))
    assert score(mapped("multiple", "pair", entry), ["B A"]) == 1
    assert score(mapped("multiple", "directedPair", entry), ["B A"]) == 0
    assert score(mapped("multiple", "directedPair", entry), ["A  B"]) == 1


def test_numbers_are_mapped_by_value() -> None:
    own = mapped("single", "float", mapping("", ("1.50", "1", "")))
    assert [score(own, given) for given in ("1.5", "15e-1", "１．５", "1.51")] == [1, 1, 1, 0]


AREAS = (
    '<qti-area-map-entry shape="circle" coords="0,0,5" mapped-value="1"/>'
    '<qti-area-map-entry shape="rect" coords="3,0,20,20" mapped-value="2"/>'
)


def areas(attributes: str, cardinality: str = "multiple") -> Scorer:
    inside = f"<qti-area-mapping {attributes}>{AREAS}</qti-area-mapping>"
    return bare(cardinality, "point", inside, "map-response-point")


def test_the_first_area_that_holds_a_point_counts_and_each_area_once() -> None:
    own = areas('default-value="0"')
    given = (["5 0"], ["5.1 0"], ["0 0", "1 1"], ["0 0", "10 10"], ["30 30"])
    assert [score(own, points) for points in given] == [1, 2, 1, 3, 0]


def test_points_outside_bring_the_default_once_and_bounds_hold() -> None:
    own = areas('default-value="-1" lower-bound="-0.5" upper-bound="2.5"')
    given = (["30 30"], ["0 0", "30 30", "40 40"], ["0 0", "10 10"], None)
    assert [score(own, points) for points in given] == [-0.5, 0, 2.5, -0.5]


def test_a_default_area_holds_every_point() -> None:
    inside = '<qti-area-mapping><qti-area-map-entry shape="default" coords="" mapped-value="4"/></qti-area-mapping>'
    assert score(bare("single", "point", inside, "map-response-point"), "-999 999") == 4


def test_a_map_that_is_not_declared_is_refused_with_its_line() -> None:
    with pytest.raises(BadItem, match=r"own.*:\d+: map-response: names 'RESPONSE', which has no mapping"):
        bare("single", "identifier", "")


def test_a_template_that_no_standard_names_is_refused() -> None:
    from itembank.qti.faults import BadQti
    from itembank.qti.items import read_item

    file = document(SCORE, '<qti-response-processing template="https://example.org/own_template"/>')
    with pytest.raises(BadQti):
        read_item(file, name="own.xml")
