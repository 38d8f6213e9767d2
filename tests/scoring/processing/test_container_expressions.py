"""Containers and records: building, picking, searching."""

from typing import Any

import pytest

from scoring.processing import ScoringFailed
from tests.scoring.processing.building import scored, scored_out, scorer, worked_out
from tests.scoring.processing.pieces import outcome, response, rules, setting
from tests.scoring.processing.terms import NULL, base, many, numbers, operator, row

ROW = row("identifier", "A", "B", "C")
BAG = many("identifier", "A", "B", "B")


def test_containers_take_values_and_containers_and_leave_nothing_out() -> None:
    inside = base("identifier", "A") + NULL + many("identifier", "B", "A")
    assert worked_out(operator("multiple", inside), "identifier", "multiple") == ["A", "B", "A"]
    assert worked_out(operator("ordered", inside), "identifier", "ordered") == ["A", "B", "A"]


def test_a_response_without_values_is_handed_on_as_an_empty_container_that_is_null() -> None:
    given, handed = (operator("variable", "", identifier=name) for name in ("GIVEN", "OUT"))
    own = scorer(
        response("GIVEN", "multiple", "pair")
        + outcome("OUT", "multiple", "pair")
        + outcome("NEVER", "multiple", "pair")
        + outcome("EMPTY", "single", "boolean"),
        rules(setting("OUT", given), setting("EMPTY", operator("is-null", handed))),
    )
    assert scored(own, GIVEN=None) == {"OUT": [], "NEVER": None, "EMPTY": True}
    assert scored(own, GIVEN=["B A"]) == {"OUT": ["B A"], "NEVER": None, "EMPTY": False}


@pytest.mark.parametrize(("inside", "wanted"), [(BAG, 3), (ROW, 3), ("<qti-multiple/>", 0), (NULL, 0)])
def test_size(inside: str, wanted: int) -> None:
    assert worked_out(operator("container-size", inside), "integer") == wanted


@pytest.mark.parametrize(("n", "wanted"), [("1", "A"), ("3", "C"), ("4", None)])
def test_index_counts_from_one(n: str, wanted: Any) -> None:
    assert worked_out(operator("index", ROW, n=n), "identifier") == wanted


def test_index_zero_is_an_error() -> None:
    with pytest.raises(ScoringFailed, match="counts from 1, not from 0"):
        worked_out(operator("index", ROW, n="0"), "identifier")


@pytest.mark.parametrize(("value", "wanted"), [("B", True), ("D", False)])
def test_member(value: str, wanted: bool) -> None:
    assert worked_out(operator("member", base("identifier", value) + BAG), "boolean") is wanted


def test_member_of_nothing_is_nothing() -> None:
    assert worked_out(operator("member", base("identifier", "A") + "<qti-multiple/>"), "boolean") is None


def test_delete_takes_every_occurrence() -> None:
    inside = base("identifier", "B") + BAG
    assert worked_out(operator("delete", inside), "identifier", "multiple") == ["A"]


CONTAINED = [
    (BAG, many("identifier", "B", "A"), True),
    (BAG, many("identifier", "B", "B"), True),
    (BAG, many("identifier", "A", "A"), False),
    (ROW, row("identifier", "B", "C"), True),
    (ROW, row("identifier", "C", "B"), False),
    (ROW, row("identifier", "A", "C"), False),
    (ROW, "<qti-ordered/>", None),
]


@pytest.mark.parametrize(("outer", "inner", "wanted"), CONTAINED)
def test_contains(outer: str, inner: str, wanted: Any) -> None:
    assert worked_out(operator("contains", outer + inner), "boolean") is wanted


def test_a_sequence_that_begins_again_is_found() -> None:
    outer, inner = row("identifier", "A", "A", "B"), row("identifier", "A", "B")
    assert worked_out(operator("contains", outer + inner), "boolean") is True


def test_repeat_works_its_expressions_out_anew() -> None:
    written = operator("repeat", operator("random-integer", "", min="1", max="1000000"), number_repeats="5")
    found = worked_out(written, "integer", "ordered")
    assert len(found) == 5
    assert len(set(found)) > 1


@pytest.mark.parametrize(("times", "wanted"), [("0", None), ("2", [1, 2, 1, 2])])
def test_repeat_as_often_as_said(times: str, wanted: list[int]) -> None:
    assert (
        worked_out(operator("repeat", numbers("1", "2"), number_repeats=times), "integer", "ordered")
        == wanted
    )


def test_more_repeats_than_can_be_are_an_error() -> None:
    with pytest.raises(ScoringFailed, match="10000 is the most"):
        worked_out(operator("repeat", numbers("1"), number_repeats="10001"), "integer", "ordered")


def test_repeats_in_repeats_have_an_end() -> None:
    inner = operator("repeat", numbers("1"), number_repeats="10000")
    assert len(worked_out(inner, "integer", "ordered")) == 10000
    with pytest.raises(ScoringFailed, match="makes more than 10000 values"):
        worked_out(operator("repeat", inner, number_repeats="10000"), "integer", "ordered")


def test_an_index_that_is_no_whole_number_is_an_error() -> None:
    own = scorer(
        response("N", "single", "float") + outcome("OUT", "single", "identifier"),
        rules(setting("OUT", operator("index", ROW, n="N"))),
    )
    assert scored_out(own, {"N": "2.0"}) == "B"
    with pytest.raises(ScoringFailed, match=r"needs a whole number and was given 2\.5"):
        own.score({"N": "2.5"})


def test_random_takes_one_of_the_values() -> None:
    assert worked_out(operator("random", BAG), "identifier") in {"A", "B"}
    assert worked_out(operator("random", NULL), "identifier") is None


def test_random_numbers_keep_their_bounds_and_steps() -> None:
    whole = worked_out(operator("random-integer", "", min="2", max="11", step="3"), "integer")
    assert whole in {2, 5, 8, 11}
    assert 0.5 <= worked_out(operator("random-float", "", min="0.5", max="0.6")) <= 0.6


def test_bounds_the_wrong_way_round_are_an_error() -> None:
    with pytest.raises(ScoringFailed, match="no number between its bounds"):
        worked_out(operator("random-integer", "", min="2", max="1"), "integer")


def record(field: str, base_type: str, given: Any) -> Any:
    declaration = (
        '<qti-response-declaration identifier="R" cardinality="record"></qti-response-declaration>'
        + outcome("OUT", "single", base_type)
    )
    inside = operator("variable", "", identifier="R")
    own = scorer(declaration, rules(setting("OUT", operator("field-value", inside, field_identifier=field))))
    return scored_out(own, {"R": given})


@pytest.mark.parametrize(
    ("field", "base_type", "typed", "wanted"),
    [
        ("floatValue", "float", "3.140", 3.14),
        ("ndp", "integer", "3.140", 3),
        ("nsf", "integer", "0.0310", 3),
        ("leftDigits", "integer", "31.4", 2),
        ("exponent", "integer", "3e4", 4),
        ("integerValue", "integer", "-12", -12),
        ("integerValue", "integer", "1.0", None),
        ("floatValue", "float", "pi", None),
        ("stringValue", "string", "pi", "pi"),
        ("unknown", "string", "pi", None),
    ],
)
def test_a_typed_number_becomes_a_record(field: str, base_type: str, typed: str, wanted: Any) -> None:
    assert record(field, base_type, typed) == wanted


def test_a_record_may_come_field_by_field() -> None:
    assert record("unit", "string", {"unit": "cm"}) == "cm"


def test_an_index_may_stand_in_a_variable() -> None:
    own = scorer(
        response("N", "single", "integer") + outcome("OUT", "single", "identifier"),
        rules(setting("OUT", operator("index", ROW, n="N"))),
    )
    assert [scored_out(own, {"N": n}) for n in ("1", "3")] == ["A", "C"]
