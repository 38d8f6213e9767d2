"""Bodies: HTML with interactions; names are known, and interactions name the response they fill. Pure."""

from lxml import etree

from itembank.qti import registry
from itembank.qti.model import Node
from itembank.qti.nodes import Reading, kept
from itembank.qti.words import words

_IDENTIFIED = words(
    """simple-choice simple-associable-choice gap gap-img gap-text hottext inline-choice hotspot-choice
    associable-hotspot"""
)
_NOT_IN_BODY = registry.QTI_NAMES - registry.BODY_NAMES - registry.HTML


def read_body(element: etree._Element, reading: Reading) -> Node | None:
    """An item's body or feedback as nodes; faults go to the reading."""
    body = kept(element, reading)
    for node in list(body.walk())[1:] if body else ():
        _check(node, reading)
    return body


def _check(node: Node, reading: Reading) -> None:
    if node.name in _NOT_IN_BODY:
        reading.refuse(node.line, "misplaced", node.name, inside="item-body")
    if node.name in registry.INTERACTIONS and not node.get("response-identifier"):
        reading.refuse(node.line, "missing_attribute", node.name, attribute="response-identifier")
    if node.name in _IDENTIFIED and not node.get("identifier"):
        reading.refuse(node.line, "missing_attribute", node.name, attribute="identifier")
