"""Rules: branches, leaving early, look-ups, what may be put into which outcome, what is refused."""

from typing import Any

import pytest

from itembank.qti.items import read_item
from itembank.qti.model import Declaration, Node
from scoring.processing import BadItem, BadResponse, ScoringFailed, compile_item
from scoring.processing.items import Processing, compile_processing
from tests.scoring.processing.building import document, item, scored, scorer, worked_out
from tests.scoring.processing.pieces import SCORE, outcome, response, rules, setting
from tests.scoring.processing.terms import NULL, base, many, numbers, operator

X = response("X", "single", "integer")
GIVEN = operator("variable", "", identifier="X")


def branch(name: str, limit: str, score: str) -> str:
    return operator(f"response-{name}", operator("lt", GIVEN + numbers(limit)) + setting("SCORE", score))


def condition(*branches: str) -> str:
    return f"<qti-response-condition>{''.join(branches)}</qti-response-condition>"


ELSE = f"<qti-response-else>{setting('SCORE', numbers('9'))}</qti-response-else>"
BRANCHES = condition(
    branch("if", "1", numbers("1")),
    branch("else-if", "2", numbers("2")),
    branch("else-if", "3", numbers("3")),
    ELSE,
)


@pytest.mark.parametrize(("x", "wanted"), [("0", 1), ("1", 2), ("2", 3), ("3", 9), (None, 9)])
def test_the_first_branch_that_is_true_is_taken_and_nothing_is_not_true(x: Any, wanted: int) -> None:
    assert scored(scorer(X + SCORE, rules(BRANCHES)), X=x)["SCORE"] == wanted


def test_a_condition_without_else_may_do_nothing() -> None:
    own = scorer(X + SCORE, rules(condition(branch("if", "1", numbers("1")))))
    assert [scored(own, X=x)["SCORE"] for x in ("0", "1")] == [1, 0]


def test_leaving_ends_all_processing_even_from_inside() -> None:
    leave = condition(
        "<qti-response-if>" + operator("is-null", GIVEN) + "<qti-exit-response/></qti-response-if>"
    )
    inside = operator("response-processing-fragment", leave + setting("SCORE", numbers("2")))
    own = scorer(X + SCORE, rules(setting("SCORE", numbers("1")), inside, setting("SCORE", numbers("3"))))
    assert [scored(own, X=x)["SCORE"] for x in (None, "0")] == [1, 3]


MATCH_TABLE = (
    '<qti-match-table default-value="none"><qti-match-table-entry source-value="1" target-value="low"/>'
    '<qti-match-table-entry source-value="2" target-value="high"/></qti-match-table>'
)
STEPS = (
    '<qti-interpolation-table default-value="F"><qti-interpolation-table-entry source-value="90" '
    'include-boundary="false" target-value="A"/><qti-interpolation-table-entry source-value="60" target-value="C"/>'
    "</qti-interpolation-table>"
)


def looked_up(table: str, x: Any) -> Any:
    rule = f'<qti-lookup-outcome-value identifier="GRADE">{GIVEN}</qti-lookup-outcome-value>'
    return scored(scorer(X + outcome("GRADE", "single", "identifier", table), rules(rule)), X=x)["GRADE"]


def test_look_up_in_a_match_table() -> None:
    assert [looked_up(MATCH_TABLE, x) for x in ("1", "2", "3", None)] == ["low", "high", "none", "none"]


def test_look_up_in_an_interpolation_table() -> None:
    found = [looked_up(STEPS, x) for x in ("91", "90", "60", "59")]
    assert found == ["A", "C", "C", "F"]


def test_outcomes_begin_with_their_default_or_zero_or_nothing() -> None:
    declared = (
        outcome("N", "single", "integer")
        + outcome("F", "single", "float", "<qti-default-value><qti-value>2.5</qti-value></qti-default-value>")
        + outcome("T", "single", "string")
    )
    assert scored(scorer(declared, "")) == {"N": 0, "F": 2.5, "T": None}


def test_numbers_fit_where_nothing_is_lost() -> None:
    assert worked_out(numbers("3.0"), "integer") == 3
    assert worked_out(numbers("3"), "float") == 3
    assert worked_out(base("identifier", "A"), "identifier", "multiple") == ["A"]


@pytest.mark.parametrize(
    ("expression", "base_type"),
    [
        (numbers("2.5"), "integer"),
        (base("string", "x"), "float"),
        (many("float", "1"), "float"),
        (numbers("1"), "boolean"),
    ],
)
def test_what_does_not_fit_is_refused_when_the_item_is_compiled(expression: str, base_type: str) -> None:
    with pytest.raises(BadItem, match="cannot put"):
        worked_out(expression, base_type)


def test_what_only_the_response_shows_not_to_fit_fails_when_scored() -> None:
    own = scorer(X + outcome("OUT", "single", "boolean"), rules(setting("OUT", GIVEN)))
    assert scored(own, X=None)["OUT"] is None
    with pytest.raises(ScoringFailed, match="cannot put 1 into OUT"):
        own.score({"X": "1"})


def test_every_fault_is_told_at_once_with_its_line() -> None:
    broken = rules(
        setting("NOT_THERE", NULL), setting("SCORE", operator("variable", "", identifier="NOR_THIS"))
    )
    with pytest.raises(BadItem) as caught:
        compile_item(item(SCORE, broken))
    told = str(caught.value)
    assert "NOT_THERE" in told
    assert "NOR_THIS" in told
    assert all(":1: " in line for line in told.splitlines())


def test_a_custom_operator_is_refused_by_name() -> None:
    rule = Node(
        "set-outcome-value", {"identifier": "SCORE"}, (Node("custom-operator", {"class": "org.own.Op"}),)
    )
    declared = (Declaration("SCORE", "outcome", "single", "float"),)
    with pytest.raises(BadItem, match=r"org\.own\.Op is not supported"):
        compile_processing(Processing("own", declared, Node("response-processing", {}, (rule,))))


def test_numbers_to_another_base_are_refused() -> None:
    field = '<p><qti-text-entry-interaction response-identifier="X" base="16"/></p>'
    file = document(X + SCORE, rules(BRANCHES)).replace(b"<p>Own item</p>", field.encode())
    with pytest.raises(BadItem, match="text-entry-interaction: base='16': numbers are read to base 10 only"):
        compile_item(read_item(file, name="own.xml"))


def test_nesting_has_an_end() -> None:
    deep = Node("null")
    for _ in range(100):
        deep = Node("not", {}, (deep,))
    rule = Node("set-outcome-value", {"identifier": "SCORE"}, (deep,))
    declared = (Declaration("SCORE", "outcome", "single", "float"),)
    with pytest.raises(BadItem, match="nested more than 64 deep"):
        compile_processing(Processing("own", declared, Node("response-processing", {}, (rule,))))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"X": ["1", "2"]}, "X: 2 values where one belongs"),
        ({"Y": "1"}, "Y: no response"),
        ({"X": 1}, "X: 1 is no text"),
    ],
)
def test_a_response_of_the_wrong_shape_names_variable_and_value(given: dict[str, Any], told: str) -> None:
    with pytest.raises(BadResponse, match=told):
        scorer(X + SCORE, rules(BRANCHES)).score(given)


def test_a_text_that_is_no_number_counts_as_not_given_and_is_told() -> None:
    own = scorer(X + SCORE, rules(BRANCHES))
    session = own.attempt(own.begin(), {"X": "two"})
    assert session.outcomes["SCORE"] == 9
    assert [(one.variable, one.text, one.base_type) for one in session.unread] == [("X", "two", "integer")]
