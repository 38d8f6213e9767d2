"""Random values from a seed, right answers that follow from them, and items that take several attempts."""

from typing import Any

import pytest

from scoring.processing import Scorer, ScoringFailed
from tests.scoring.processing.building import scored, scorer
from tests.scoring.processing.pieces import SCORE, correct, outcome, response, rules, setting, template
from tests.scoring.processing.terms import base, numbers, operator

DECLARED = '<qti-template-declaration identifier="{}" cardinality="single" base-type="integer"{}'
RANDOM = operator("random-integer", "", min="1", max="1000")


def declared(name: str, default: str = "") -> str:
    inside = f"<qti-default-value><qti-value>{default}</qti-value></qti-default-value>" if default else ""
    return DECLARED.format(name, f">{inside}</qti-template-declaration>")


def rule(name: str, identifier: str, expression: str) -> str:
    return f'<qti-{name} identifier="{identifier}">{expression}</qti-{name}>'


def processing(*inside: str) -> str:
    return f"<qti-template-processing>{''.join(inside)}</qti-template-processing>"


def value_of(name: str) -> str:
    return operator("variable", "", identifier=name)


TWICE = operator("product", value_of("N") + numbers("2"))


def doubling(*more: str) -> Scorer:
    """An item that asks for twice a random number."""
    return scorer(
        response("RESPONSE", "single", "integer") + SCORE + declared("N"),
        template("match_correct"),
        templates=processing(
            rule("set-template-value", "N", RANDOM), *more, rule("set-correct-response", "RESPONSE", TWICE)
        ),
    )


def test_the_right_answer_follows_from_the_seed() -> None:
    own = doubling()
    for seed in range(5):
        n = own.begin(seed=seed).prepared.templates["N"]
        assert [scored(own, seed, RESPONSE=str(x))["SCORE"] for x in (2 * n, 2 * n + 1)] == [1, 0]


def test_the_same_seed_gives_the_same_values_and_others_give_others() -> None:
    own = doubling()
    found = [own.begin(seed=seed).prepared.templates["N"] for seed in (7, 7, "a", "b", 8, 9)]
    assert found[0] == found[1]
    assert len(set(found)) > 3


def test_a_constraint_draws_until_it_holds() -> None:
    wanted = (
        f"<qti-template-constraint>{operator('gt', value_of('N') + numbers('900'))}</qti-template-constraint>"
    )
    own = doubling(wanted)
    assert all(own.begin(seed=seed).prepared.templates["N"] > 900 for seed in range(5))


def test_a_constraint_that_never_holds_leaves_the_declared_defaults() -> None:
    own = scorer(
        SCORE + declared("N", "5"),
        rules(setting("SCORE", value_of("N"))),
        templates=processing(
            rule("set-template-value", "N", RANDOM),
            f"<qti-template-constraint>{base('boolean', 'false')}</qti-template-constraint>",
        ),
    )
    assert scored(own)["SCORE"] == 5


@pytest.mark.parametrize(("default", "wanted"), [("1", 10), ("2", 20), ("3", 30)])
def test_template_conditions_and_leaving(default: str, wanted: int) -> None:
    def when(name: str, limit: str, value: str) -> str:
        test = operator("equal", value_of("N") + numbers(limit), tolerance_mode="exact")
        body = rule("set-template-value", "N", numbers(value)) + "<qti-exit-template/>"
        return f"<qti-template-{name}>{test}{body}</qti-template-{name}>"

    chosen = f"<qti-template-condition>{when('if', '1', '10')}{when('else-if', '2', '20')}</qti-template-condition>"
    last = rule("set-template-value", "N", numbers("30"))
    own = scorer(
        SCORE + declared("N", default),
        rules(setting("SCORE", value_of("N"))),
        templates=processing(chosen, last),
    )
    assert scored(own)["SCORE"] == wanted


def test_defaults_may_be_replaced() -> None:
    own = scorer(
        outcome("BONUS", "single", "float") + SCORE,
        rules(setting("SCORE", operator("default", "", identifier="BONUS"))),
        templates=processing(rule("set-default-value", "BONUS", numbers("4"))),
    )
    assert scored(own) == {"BONUS": 4, "SCORE": 4}


ATTEMPTS = value_of("numAttempts")
DONE = setting("completionStatus", base("identifier", "completed"))
PATIENT = rules(
    setting("SCORE", operator("sum", value_of("SCORE") + ATTEMPTS)),
    "<qti-response-condition><qti-response-if>"
    + operator("match", value_of("RESPONSE") + operator("correct", "", identifier="RESPONSE"))
    + DONE
    + "</qti-response-if></qti-response-condition>",
)
CHOICE = response("RESPONSE", "single", "identifier", correct("A")) + SCORE


def attempts(own: Scorer, *given: Any) -> list[tuple[Any, Any]]:
    session, found = own.begin(), []
    for one in given:
        session = own.attempt(session, {"RESPONSE": one})
        found.append((session.outcomes["completionStatus"], session.outcomes["SCORE"]))
    return found


def test_an_adaptive_item_keeps_its_outcomes_and_says_when_it_is_done() -> None:
    own = scorer(CHOICE, PATIENT, adaptive=True)
    assert attempts(own, "B", None, "A") == [("unknown", 1), ("unknown", 3), ("completed", 6)]


def test_the_older_name_of_the_completion_status_is_understood() -> None:
    own = scorer(CHOICE, PATIENT.replace("completionStatus", "completion_status"), adaptive=True)
    assert attempts(own, "B", "A") == [("unknown", 1), ("completed", 3)]
    assert "completion_status" not in own.score({})


def test_another_item_is_scored_anew_at_each_attempt_and_is_always_done() -> None:
    own = scorer(CHOICE, PATIENT)
    assert attempts(own, "B", "A") == [("completed", 1), ("completed", 2)]


def test_a_session_is_not_changed_by_what_follows_it() -> None:
    own = scorer(CHOICE, PATIENT, adaptive=True)
    first = own.attempt(own.begin(), {"RESPONSE": "B"})
    again = [own.attempt(first, {"RESPONSE": "A"}).outcomes for _ in range(2)]
    assert again[0] == again[1]
    assert first.outcomes["SCORE"] == 1


def test_template_processing_that_cannot_be_worked_out_is_a_declared_error() -> None:
    own = scorer(
        SCORE + declared("N"),
        "",
        templates=processing(rule("set-template-value", "N", operator("divide", numbers("1", "2")))),
    )
    with pytest.raises(ScoringFailed, match=r"cannot put 0\.5 into N"):
        own.score({})
