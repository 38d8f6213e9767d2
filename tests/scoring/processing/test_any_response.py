"""Whatever comes in, a scorer gives outcomes or a declared error, and never half of them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.processing import BadResponse, Scorer, ScoringFailed
from scoring.processing import values as qti
from tests.scoring.processing.building import scorer
from tests.scoring.processing.pieces import SCORE, correct, outcome, response, rules, setting, template
from tests.scoring.processing.terms import numbers, operator

TYPES = sorted(set(qti.READERS) - {"intOrIdentifier"})
TEXTS = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[+-]?\d{0,25}(\.\d{0,5})?(e[+-]?\d{1,4})?", fullmatch=True),
    st.sampled_from(
        ["A", "A B", "B A", "1 2", "INF", "-INF", "NaN", "true", "PT1S", "1e308 -1e308", " ", "９"]
    ),
)
ANYTHING = st.one_of(
    st.none(), TEXTS, st.lists(TEXTS, max_size=4), st.integers(), st.booleans(),
    st.dictionaries(TEXTS, TEXTS, max_size=2), st.lists(st.lists(TEXTS, max_size=1), max_size=1),
)  # fmt: skip


def variable(name: str) -> str:
    return operator("variable", "", identifier=name)


def calculating() -> Scorer:
    """An item with a response of every type, and arithmetic that may overflow."""
    declared = "".join(response(f"R_{name}", "multiple", name) for name in TYPES)
    declared += response("X", "single", "float") + response("N", "single", "integer") + SCORE
    square = operator("product", variable("X") + variable("X") + variable("N"))
    grown = operator("integer-divide", operator("truncate", square) + variable("N"))
    return scorer(
        declared + outcome("BIG", "single", "integer") + outcome("ROUND", "single", "float"),
        rules(
            setting("SCORE", operator("power", square + numbers("3"))),
            setting("ROUND", operator("round-to", square, figures="3")),
            setting("BIG", grown),
        ),
    )


CALCULATING = calculating()


def outcomes(own: Scorer, responses: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return own.score(responses)
    except (BadResponse, ScoringFailed) as error:
        return None if str(error) else {}


@given(st.dictionaries(st.sampled_from([f"R_{name}" for name in TYPES] + ["X", "N"]), ANYTHING, max_size=6))
def test_every_response_brings_all_outcomes_or_a_declared_error(responses: dict[str, Any]) -> None:
    found = outcomes(CALCULATING, responses)
    assert found is None or set(found) == {"SCORE", "BIG", "ROUND", "completionStatus"}


@given(st.sampled_from(TYPES), st.sampled_from(["single", "multiple", "ordered"]), ANYTHING)
def test_a_response_of_any_type_is_right_or_wrong(base_type: str, cardinality: str, given: Any) -> None:
    right = {"boolean": "true", "point": "1 2", "pair": "A B", "directedPair": "A B", "duration": "3"}
    declared = response("RESPONSE", cardinality, base_type, correct(right.get(base_type, "4"))) + SCORE
    found = outcomes(scorer(declared, template("match_correct")), {"RESPONSE": given})
    assert found is None or found["SCORE"] in (0, 1)


@given(st.lists(st.sampled_from("ABC"), max_size=5), st.randoms())
def test_the_order_of_choices_does_not_count(given: list[str], shuffler: Any) -> None:
    own = scorer(
        response("RESPONSE", "multiple", "identifier", correct("A", "B")) + SCORE, template("match_correct")
    )
    other = list(given)
    shuffler.shuffle(other)
    assert own.score({"RESPONSE": given}) == own.score({"RESPONSE": other})
