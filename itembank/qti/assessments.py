"""Reads assessment tests and stimuli of QTI 2.1, 2.2 and 3.0, or says everything that is wrong with them. Pure."""

from lxml import etree

from itembank.qti import registry
from itembank.qti.bodies import read_body
from itembank.qti.declarations import DECLARATIONS, KINDS, read_declaration
from itembank.qti.faults import Place, refusal
from itembank.qti.items import refuse_repeated
from itembank.qti.model import Declaration, Node, Stimulus, Test
from itembank.qti.nodes import (
    Reading,
    attributes_of,
    elements_of,
    kept,
    line_of,
    name_of,
    pieces,
    plain_attributes,
    reading,
)
from itembank.qti.numbers import number
from itembank.qti.rules import presentational, read_rule
from itembank.qti.safe import LIMITS, Limits, parse
from itembank.qti.structure import FRAMES, NAVIGATION, SUBMISSION, TEST_CHILDREN
from itembank.qti.words import words

_READ = words("identifier title xml:lang language")
_ONCE = words("time-limits outcome-processing")


def read_test(data: bytes, *, name: str, limits: Limits = LIMITS) -> Test:
    """The test in `data`; BadQti with every fault, each with file (`name`) and line."""
    root, state = _opened(data, name, limits, "assessment-test")
    attributes = _root_attributes(root, "assessment-test", state)
    declarations: list[Declaration] = []
    parts: dict[str, list[Node]] = {}
    for child in elements_of(root):
        part = name_of(child, state)
        if part in DECLARATIONS:
            declarations.append(read_declaration(child, state))
        elif part is not None:
            node = _part(child, part, state)
            parts.setdefault(part, []).extend([node] if node else [])
    _check_parts(parts, declarations, root, state)
    state.finish()
    return Test(
        identifier=attributes["identifier"],
        title=attributes.get("title", ""),
        parts=tuple(parts["test-part"]),
        language=attributes.get("xml:lang") or attributes.get("language", ""),
        attributes=plain_attributes(attributes, _READ),
        declarations=tuple(sorted(declarations, key=lambda one: KINDS.index(one.kind))),
        time_limits=next(iter(parts.get("time-limits", ())), None),
        rubric_blocks=tuple(parts.get("rubric-block", ())),
        stylesheets=tuple(parts.get("stylesheet", ())),
        outcome_processing=next(iter(parts.get("outcome-processing", ())), None),
        feedback=tuple(parts.get("test-feedback", ())),
        version=state.version,
    )


def read_stimulus(data: bytes, *, name: str, limits: Limits = LIMITS) -> Stimulus:
    """The stimulus in `data`; BadQti with every fault, each with file (`name`) and line."""
    root, state = _opened(data, name, limits, "assessment-stimulus")
    attributes = _root_attributes(root, "assessment-stimulus", state)
    found: dict[str, list[Node]] = {}
    for child in elements_of(root):
        part = name_of(child, state)
        if part not in ("stimulus-body", "stylesheet", "catalog-info", None):
            state.refuse(line_of(child), "misplaced", part or "", inside="assessment-stimulus")
        node = read_body(child, state) if part == "stimulus-body" else kept(child, state)
        found.setdefault(part or "", []).extend([node] if node else [])
    if len(found.get("stimulus-body", ())) != 1:
        state.refuse(line_of(root), "wrong_count", "stimulus-body", expected=1, found=0)
    state.finish()
    return Stimulus(
        identifier=attributes["identifier"],
        title=attributes.get("title", ""),
        body=found["stimulus-body"][0],
        language=attributes.get("xml:lang") or attributes.get("language", ""),
        attributes=plain_attributes(attributes, _READ),
        stylesheets=tuple(found.get("stylesheet", ())),
        catalogs=next(iter(found.get("catalog-info", ())), None),
        version=state.version,
    )


def _opened(data: bytes, name: str, limits: Limits, wanted: str) -> tuple[etree._Element, Reading]:
    root = parse(data, name=name, limits=limits)
    state = reading(root, name=name)
    if name_of(root, state) != wanted:
        raise refusal(Place(name, line_of(root)), "wrong_root", etree.QName(root).localname, expected=wanted)
    return root, state


def _root_attributes(root: etree._Element, name: str, state: Reading) -> dict[str, str]:
    attributes = attributes_of(root, name, state)
    if not attributes.get("identifier"):
        state.refuse(line_of(root), "missing_attribute", name, attribute="identifier")
    return attributes


def _part(child: etree._Element, name: str, state: Reading) -> Node | None:
    if name not in TEST_CHILDREN:
        state.refuse(line_of(child), "misplaced", name, inside="assessment-test")
        return None
    if name == "outcome-processing":
        return read_rule(child, state)
    return _frame(child, state)


def _frame(element: etree._Element, state: Reading) -> Node | None:
    """An element of the frame with all below it; bodies and expressions are read as such."""
    name = name_of(element, state)
    if name is None:
        return None
    if name not in FRAMES:
        return read_body(element, state)
    frame = FRAMES[name]
    children: list[Node] = []
    for piece in pieces(element):
        if isinstance(piece, str):
            if piece.strip():
                state.refuse(line_of(element), "stray_text", name, text=piece.strip()[:40])
        elif child := _child(piece, name, state):
            children.append(child)
    node = Node(name, attributes_of(element, name, state), tuple(children), line_of(element))
    _check_frame(node, state)
    if frame.expressions and len(children) != frame.expressions:
        state.refuse(node.line, "wrong_count", name, expected=frame.expressions, found=len(children))
    return node


def _child(element: etree._Element, parent: str, state: Reading) -> Node | None:
    name = name_of(element, state)
    if name is None:
        return None
    if FRAMES[parent].expressions and name in registry.EXPRESSIONS:
        return read_rule(element, state)
    if name not in FRAMES[parent].children:
        state.refuse(line_of(element), "misplaced", name, inside=parent)
        return None
    return _frame(element, state)


_NUMBERS = words("max-time min-time value select max-attempts")
_CLOSED = {"navigation-mode": NAVIGATION, "submission-mode": SUBMISSION}


def _check_frame(node: Node, state: Reading) -> None:
    frame = FRAMES[node.name]
    for missing in sorted(frame.needs - node.attributes.keys()):
        state.refuse(node.line, "missing_attribute", node.name, attribute=missing)
    for key, value in node.attributes.items():
        if key not in frame.knows and not presentational(key):
            state.refuse(node.line, "unknown_attribute", node.name, attribute=key)
        if key in _NUMBERS and number(value) is None:
            state.refuse(node.line, "bad_number", key, value=value)
        if key in _CLOSED and value not in _CLOSED[key]:
            state.refuse(node.line, "unknown_value", key, value=value)


def _check_parts(
    parts: dict[str, list[Node]], declarations: list[Declaration], root: etree._Element, state: Reading
) -> None:
    if not parts.get("test-part"):
        state.refuse(line_of(root), "wrong_count", "test-part", expected="1+", found=0)
    for name in _ONCE:
        for repeated in parts.get(name, ())[1:]:
            state.refuse(repeated.line, "repeated", name, inside="assessment-test")
    refuse_repeated(((one.identifier, one.line) for one in declarations), state)
    named = [node for part in parts.get("test-part", ()) for node in part.walk() if node.name in FRAMES]
    refuse_repeated(
        ((node.get("identifier"), node.line) for node in named if node.name != "weight"),
        state,
    )
