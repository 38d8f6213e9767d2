"""Small items for the tests, written as QTI 3 and read as any file is."""

from typing import Any

from itembank.qti.items import read_item
from itembank.qti.model import Item
from scoring.processing import Scorer, compile_item
from scoring.processing.values import to_wire

HEAD = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="own" title="Own" '
    'adaptive="{adaptive}" time-dependent="false" xml:lang="en">'
)
SCORE = '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'


def response(name: str, cardinality: str, base_type: str, *parts: str) -> str:
    """A response declaration; `parts` are what stands in it."""
    inside = "".join(parts)
    return (
        f'<qti-response-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base_type}">'
        f"{inside}</qti-response-declaration>"
    )


def correct(*texts: str) -> str:
    """A correct response."""
    return f"<qti-correct-response>{values(*texts)}</qti-correct-response>"


def values(*texts: str) -> str:
    """Declared values."""
    return "".join(f"<qti-value>{text}</qti-value>" for text in texts)


def outcome(name: str, cardinality: str, base_type: str, inside: str = "") -> str:
    """An outcome declaration."""
    return (
        f'<qti-outcome-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base_type}">'
        f"{inside}</qti-outcome-declaration>"
    )


def document(declarations: str, processing: str, *, templates: str = "", adaptive: bool = False) -> bytes:
    """An item's file around its declarations and its rules."""
    head = HEAD.format(adaptive=str(adaptive).lower())
    body = "<qti-item-body><p>Own item</p></qti-item-body>"
    return f"{head}{declarations}{templates}{body}{processing}</qti-assessment-item>".encode()


def rules(*inside: str) -> str:
    """Response processing of these rules."""
    return f"<qti-response-processing>{''.join(inside)}</qti-response-processing>"


def setting(name: str, expression: str) -> str:
    """A rule that sets an outcome."""
    return f'<qti-set-outcome-value identifier="{name}">{expression}</qti-set-outcome-value>'


def template(name: str) -> str:
    """Response processing by a standard template."""
    address = f"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"
    return f'<qti-response-processing template="{address}"/>'


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


def base(base_type: str, *texts: str) -> str:
    """Constants, one after the other."""
    return "".join(f'<qti-base-value base-type="{base_type}">{text}</qti-base-value>' for text in texts)


def numbers(*texts: str) -> str:
    """Constant numbers: integers where they look so."""
    return "".join(base("integer" if text.lstrip("-").isdigit() else "float", text) for text in texts)


def many(base_type: str, *texts: str) -> str:
    """A container without order."""
    return f"<qti-multiple>{base(base_type, *texts)}</qti-multiple>"


def row(base_type: str, *texts: str) -> str:
    """A container with order."""
    return f"<qti-ordered>{base(base_type, *texts)}</qti-ordered>"


NULL = "<qti-null/>"


def operator(element: str, inside: str, /, **attributes: str) -> str:
    """An expression `element` with `inside` and attributes, whose underscores become hyphens."""
    written = "".join(f' {key.replace("_", "-")}="{text}"' for key, text in attributes.items())
    return f"<qti-{element}{written}>{inside}</qti-{element}>"
