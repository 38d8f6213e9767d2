"""Rules and expressions: every name, operand and attribute is known, or the file is refused. Pure."""

from lxml import etree

from itembank.qti import registry
from itembank.qti.model import Node
from itembank.qti.nodes import Reading, attributes_of, line_of, name_of, pieces, tidy
from itembank.qti.words import words

KNOWN = registry.PROCESSING | registry.RULES | registry.EXPRESSIONS
_BRANCHED = ("response", "outcome", "template")
_EXPRESSION_FIRST = frozenset(f"{kind}-{part}" for kind in _BRANCHED for part in ("if", "else-if"))
_ONE_EXPRESSION = words(
    """set-outcome-value lookup-outcome-value set-template-value set-correct-response set-default-value
    template-constraint pre-condition branch-rule template-default"""
)


def read_rule(element: etree._Element, reading: Reading) -> Node | None:
    """A rule or expression with all below it; None, and faults, where something in it is not known."""
    name = name_of(element, reading)
    if name is None:
        return None
    if name not in KNOWN:
        reading.refuse(line_of(element), "unknown_rule", name)
        return None
    attributes = attributes_of(element, name, reading)
    children = _base_value(element, attributes) if name == "base-value" else _children(element, name, reading)
    node = Node(name, attributes, children, line_of(element))
    _check(node, reading)
    return node


def _base_value(element: etree._Element, attributes: dict[str, str]) -> tuple[str, ...]:
    text = "".join(piece for piece in pieces(element) if isinstance(piece, str))
    return (tidy(text, attributes.get("base-type")),)


def _children(element: etree._Element, name: str, reading: Reading) -> tuple[Node, ...]:
    found = []
    for piece in pieces(element):
        if isinstance(piece, str):
            if piece.strip():
                reading.refuse(line_of(element), "stray_text", name, text=piece.strip()[:40])
            continue
        child = read_rule(piece, reading)
        if child:
            found.append(child)
    return tuple(found)


def _check(node: Node, reading: Reading) -> None:
    known = KNOWN[node.name]
    for missing in sorted(known.needs - node.attributes.keys()):
        reading.refuse(node.line, "missing_attribute", node.name, attribute=missing)
    for key in node.attributes:
        if key not in known.attributes and not presentational(key):
            reading.refuse(node.line, "unknown_attribute", node.name, attribute=key)
    if not known.least <= len(node.elements) <= known.most and not reading.faults:
        expected = f"{known.least}" if known.least == known.most else f"{known.least}+"
        reading.refuse(node.line, "wrong_count", node.name, expected=expected, found=len(node.elements))
    base_type = node.get("base-type")
    if node.name == "base-value" and base_type not in registry.BASE_TYPES:
        reading.refuse(node.line, "unknown_base_type", node.name, value=base_type)
    check_kinds(node, reading)


def check_kinds(node: Node, reading: Reading) -> None:
    """Refuses a rule where an expression must stand, and the other way round."""
    for place, child in enumerate(node.elements):
        expression = child.name in registry.EXPRESSIONS
        if expression is not wants_expression(node.name, place):
            reading.refuse(child.line, "misplaced", child.name, inside=node.name)


def wants_expression(name: str, place: int) -> bool:
    """Whether the child number `place` of `name` is an expression rather than a rule."""
    if name in registry.EXPRESSIONS or name in _ONE_EXPRESSION:
        return True
    return name in _EXPRESSION_FIRST and place == 0


def presentational(key: str) -> bool:
    """Whether an attribute says nothing about the scoring, whatever it holds."""
    return key in ("id", "label", "comment") or key.startswith(("data-", "aria-", "xml:", "{"))
