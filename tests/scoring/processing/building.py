"""Small items for the tests, written as QTI 3 and read as any file is."""

from typing import Any

from itembank.qti.items import read_item
from itembank.qti.model import Item
from scoring.processing import Scorer, compile_item
from scoring.processing.values import to_wire
from tests.scoring.processing.pieces import outcome, response, rules, setting

HEAD = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="own" title="Own" '
    'adaptive="{adaptive}" time-dependent="false" xml:lang="en">'
)


def document(declarations: str, processing: str, *, templates: str = "", adaptive: bool = False) -> bytes:
    """An item's file around its declarations and its rules."""
    head = HEAD.format(adaptive=str(adaptive).lower())
    body = "<qti-item-body><p>Own item</p></qti-item-body>"
    return f"{head}{declarations}{templates}{body}{processing}</qti-assessment-item>".encode()


def item(declarations: str, processing: str, **more: Any) -> Item:
    """The item, read."""
    return read_item(document(declarations, processing, **more), name="own.xml")


def scorer(declarations: str, processing: str, **more: Any) -> Scorer:
    """The item, read and compiled."""
    return compile_item(item(declarations, processing, **more))


def scored(own: Scorer, seed: int = 0, **responses: Any) -> dict[str, Any]:
    """Its outcomes as on the wire, without the built-in completion status."""
    found = {name: to_wire(value) for name, value in own.score(responses, seed=seed).items()}
    del found["completionStatus"]
    return found


def score(own: Scorer, given: Any) -> Any:
    """The SCORE for a response to RESPONSE."""
    return scored(own, RESPONSE=given)["SCORE"]


def worked_out(expression: str, base_type: str = "float", cardinality: str = "single", **given: str) -> Any:
    """What an expression gives, put into an outcome of that type; `given` are texts in single string responses."""
    declarations = "".join(response(name, "single", "string") for name in given)
    own = scorer(declarations + outcome("OUT", cardinality, base_type), rules(setting("OUT", expression)))
    return scored_out(own, given)


def scored_out(own: Scorer, given: dict[str, Any]) -> Any:
    """The outcome OUT; `unset` where the rule gave NULL is None."""
    return {name: to_wire(value) for name, value in own.score(given).items()}["OUT"]
