"""Whatever stands in a stored key, it is refused or it scores: one part of a good key is replaced at a time."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.processing import BadItem, ScoringFailed, dump_key, load_key
from tests.scoring.processing.building import item
from tests.scoring.processing.pieces import SCORE, correct, outcome, response, rules, setting
from tests.scoring.processing.terms import operator

AREAS = '<qti-area-mapping><qti-area-map-entry shape="circle" coords="1,1,5" mapped-value="1"/></qti-area-mapping>'
MAP = '<qti-mapping upper-bound="3"><qti-map-entry map-key="A" mapped-value="0.5"/></qti-mapping>'
TABLE = '<qti-match-table><qti-match-table-entry source-value="1" target-value="x"/></qti-match-table>'
KEY = dump_key(
    item(
        response("RESPONSE", "multiple", "identifier", correct("A", "B"), MAP)
        + response("POINT", "single", "point", AREAS)
        + SCORE
        + outcome("GRADE", "single", "identifier", TABLE),
        rules(
            setting(
                "SCORE",
                operator(
                    "sum",
                    operator("map-response", "", identifier="RESPONSE")
                    + operator("map-response-point", "", identifier="POINT"),
                ),
            ),
            operator(
                "lookup-outcome-value", operator("variable", "", identifier="SCORE"), identifier="GRADE"
            ),
        ),
    )
)


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value in the key."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from places(value, (*path, name))


def replaced(path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    key = copy.deepcopy(KEY)
    inside: Any = key
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = junk
    return key


WORDS = ["", "A", "poly", "record", "single", "ordered", "float", "point", "template", "9e999", "NaN", "not"]
NUMBERS = st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats())
FIELDS = st.sampled_from(["name", "text", "key"])
JUNK = st.recursive(
    st.one_of(NUMBERS, st.sampled_from(WORDS)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner)),
    max_leaves=4,
)


def told(key: dict[str, Any]) -> str:
    """The completion status of an attempt, or why there is none."""
    try:
        scorer = load_key(key)
        given = {name: ["A"] for name in scorer.readers if name == "RESPONSE"}
        return str(scorer.score(given)["completionStatus"])
    except (BadItem, ScoringFailed) as error:
        return f"refused: {error}"


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(places(KEY), key=str)), JUNK)
def test_a_key_with_any_part_replaced_is_refused_or_scores(path: tuple[Any, ...], junk: Any) -> None:
    found = told(replaced(path, junk))
    assert found in ("completed", "unknown") or len(found) > len("refused: ")


def test_the_key_scores_as_it_is() -> None:
    outcomes = load_key(KEY).score({"RESPONSE": ["A"], "POINT": "3 3"})
    assert (outcomes["SCORE"], outcomes["GRADE"]) == (1.5, None)
