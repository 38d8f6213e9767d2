"""Whatever rules an item has, it is refused, or scores, or fails with a declared error."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from itembank.qti import registry
from itembank.qti.model import Declaration, Node, Value, Values
from scoring.processing import BadItem, ScoringFailed
from scoring.processing.expressions import EXPRESSIONS
from scoring.processing.items import Processing, compile_processing
from scoring.processing.values import READERS, to_wire

NAMES = st.sampled_from([*sorted(EXPRESSIONS), "unheard-of"])
OPERANDS = {name: known.least for name, known in registry.EXPRESSIONS.items()}
TYPES = st.sampled_from(sorted(READERS))
TEXTS = st.sampled_from(
    ["", "A", "A B", "1", "2", "0", "-3", "1.5", "1e300", "INF", "NaN", "true", "1 2", "(", "PT1S"]
)
VARIABLES = ("ONE", "MANY", "ROW", "NUMBER", "POINT", "RECORD", "T", "OUT")
ATTRIBUTES = {
    "identifier": st.sampled_from(VARIABLES),
    "base-type": TYPES,
    "n": TEXTS,
    "min": TEXTS,
    "max": TEXTS,
    "step": TEXTS,
    "figures": st.sampled_from(["0", "1", "3", "999", "NUMBER", "{T}"]),
    "rounding-mode": st.sampled_from(["significantFigures", "decimalPlaces"]),
    "tolerance-mode": st.sampled_from(["exact", "absolute", "relative", "vague"]),
    "tolerance": st.sampled_from(["1", "1 2", "", "NUMBER", "1 2 3"]),
    "shape": st.sampled_from(["circle", "rect", "poly", "default", "star"]),
    "coords": st.sampled_from(["1,1,1", "0,0,9,9", "0 0 1 1 2 2", "x"]),
    "name": st.sampled_from(["sin", "exp", "atan2", "mean", "sampleSD", "pi", "log", "popVariance"]),
    "field-identifier": st.just("stringValue"),
    "number-repeats": st.sampled_from(["0", "2", "NUMBER", "99999"]),
    "pattern": st.sampled_from(["a*", "(", "{ONE}", r"\d+"]),
    "case-sensitive": st.sampled_from(["true", "false", "maybe"]),
}


def node(children: Any) -> Any:
    """An expression, mostly with as many operands as it needs."""
    attributes = st.fixed_dictionaries(ATTRIBUTES)

    def built(name: str) -> Any:
        least = OPERANDS.get(name, 1)
        operands = st.lists(children, min_size=least, max_size=max(least, 1)).map(tuple)
        return st.builds(Node, st.just(name), attributes, operands)

    return NAMES.flatmap(built)


CONSTANTS = st.builds(
    lambda base_type, text: Node("base-value", {"base-type": base_type}, (text,)), TYPES, TEXTS
)
LEAVES = st.one_of(
    CONSTANTS, st.sampled_from(VARIABLES).map(lambda name: Node("variable", {"identifier": name}))
)
EXPRESSION = st.recursive(LEAVES, node, max_leaves=8)

DECLARED = (
    Declaration("ONE", "response", "single", "string", correct=Values((Value("a"),))),
    Declaration("MANY", "response", "multiple", "integer", correct=Values((Value("1"), Value("2")))),
    Declaration("ROW", "response", "ordered", "identifier"),
    Declaration("NUMBER", "response", "single", "float"),
    Declaration("POINT", "response", "single", "point"),
    Declaration("RECORD", "response", "record"),
    Declaration("T", "template", "single", "integer", default=Values((Value("2"),))),
)
RESPONSES = {
    "ONE": "1.50", "MANY": ["1", "1", "3"], "ROW": ["A", "B"], "NUMBER": "2.0", "POINT": "1 1", "RECORD": "3.14",
}  # fmt: skip


def scored(expression: Node, outcome: Declaration, responses: dict[str, Any]) -> dict[str, Any] | None:
    rule = Node("set-outcome-value", {"identifier": "OUT"}, (expression,))
    processing = Node("response-processing", {}, (rule,))
    try:
        return compile_processing(Processing("any", (*DECLARED, outcome), processing)).score(responses)
    except (BadItem, ScoringFailed) as error:
        return None if str(error) else {}


@settings(max_examples=400, deadline=None)
@given(EXPRESSION, TYPES, st.sampled_from(["single", "multiple", "ordered", "record"]), st.booleans())
def test_any_rule_is_refused_or_scores_or_fails_as_declared(
    expression: Node, base_type: str, cardinality: str, answered: bool
) -> None:
    outcome = Declaration("OUT", "outcome", cardinality, base_type)
    found = scored(expression, outcome, RESPONSES if answered else {})
    assert found is None or {name: to_wire(value) for name, value in found.items()}.keys() == {
        "OUT",
        "completionStatus",
    }
