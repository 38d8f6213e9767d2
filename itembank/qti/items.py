"""Reads an assessment item of QTI 2.1, 2.2 or 3.0, or says everything that is wrong with it. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from itembank.qti import names
from itembank.qti.bodies import read_body
from itembank.qti.declarations import DECLARATIONS, KINDS, read_declaration
from itembank.qti.faults import BadQti, Place, refusal
from itembank.qti.model import Declaration, Item, Node
from itembank.qti.nodes import (
    Reading,
    attributes_of,
    elements_of,
    kept,
    line_of,
    name_of,
    plain_attributes,
    raw,
    reading,
)
from itembank.qti.rules import read_rule
from itembank.qti.safe import LIMITS, Limits, parse
from itembank.qti.words import words

TemplateSource = Callable[[str], bytes | None]
"""An address or path of a response processing template -> its document; None where there is none."""

_READ = words("identifier title adaptive time-dependent xml:lang language")
_ONCE = words("""item-body template-processing response-processing companion-materials-info catalog-info""")
_MANY = words("modal-feedback stylesheet assessment-stimulus-ref")


def read_item(
    data: bytes, *, name: str, templates: TemplateSource | None = None, limits: Limits = LIMITS
) -> Item:
    """The item in `data`; BadQti with every fault, each with file (`name`) and line.

    `templates` finds processing templates that come with the file; the standard ones need none.
    """
    root = parse(data, name=name, limits=limits)
    state = reading(root, name=name)
    if name_of(root, state) != "assessment-item":
        raise refusal(Place(name, line_of(root)), "not_an_item", etree.QName(root).localname)
    item = _item(root, state)
    item = replace(item, response_processing=_processing(item.response_processing, state, templates))
    state.finish()
    return item


@dataclass(slots=True)
class _Parts:
    """The children of an item by what they are, in the order of the file."""

    declarations: list[Declaration] = field(default_factory=list)
    once: dict[str, Node | None] = field(default_factory=dict)
    many: dict[str, list[Node]] = field(default_factory=dict)
    extensions: list[Node] = field(default_factory=list)


def _item(root: etree._Element, state: Reading) -> Item:
    attributes = attributes_of(root, "assessment-item", state)
    parts = _parts(root, state)
    if not attributes.get("identifier"):
        state.refuse(line_of(root), "missing_attribute", "assessment-item", attribute="identifier")
    refuse_repeated(((one.identifier, one.line) for one in parts.declarations), state)
    many = {name: tuple(parts.many.get(name, ())) for name in _MANY}
    return Item(
        identifier=attributes.get("identifier", ""),
        title=attributes.get("title", ""),
        body=parts.once.get("item-body") or Node("item-body"),
        language=attributes.get("xml:lang") or attributes.get("language", ""),
        adaptive=attributes.get("adaptive") == "true",
        time_dependent=attributes.get("time-dependent") == "true",
        attributes=plain_attributes(attributes, _READ),
        declarations=tuple(sorted(parts.declarations, key=lambda one: KINDS.index(one.kind))),
        template_processing=parts.once.get("template-processing"),
        response_processing=parts.once.get("response-processing"),
        modal_feedback=many["modal-feedback"],
        stylesheets=many["stylesheet"],
        stimulus_refs=many["assessment-stimulus-ref"],
        companion=parts.once.get("companion-materials-info"),
        catalogs=parts.once.get("catalog-info"),
        extensions=tuple(parts.extensions),
        version=state.version,
    )


def _parts(root: etree._Element, state: Reading) -> _Parts:
    parts = _Parts()
    for child in elements_of(root):
        if (etree.QName(child).namespace or "").startswith(names.APIP):
            parts.extensions.append(raw(child))
            continue
        name = name_of(child, state)
        if name in DECLARATIONS:
            parts.declarations.append(read_declaration(child, state))
        elif name in _ONCE:
            if name in parts.once:
                state.refuse(line_of(child), "repeated", name, inside="assessment-item")
            parts.once[name] = _single(child, name, state)
        elif name in _MANY:
            node = read_body(child, state) if name == "modal-feedback" else kept(child, state)
            parts.many.setdefault(name, []).extend([node] if node else [])
        elif name:
            state.refuse(line_of(child), "misplaced", name, inside="assessment-item")
    return parts


def _single(child: etree._Element, name: str, state: Reading) -> Node | None:
    if name.endswith("-processing"):
        return read_rule(child, state)
    return read_body(child, state) if name == "item-body" else kept(child, state)


def refuse_repeated(identifiers: Iterable[tuple[str, int]], state: Reading) -> None:
    """A fault for every identifier that stands twice; pairs of identifier and line."""
    seen: Counter[str] = Counter()
    for identifier, line in identifiers:
        seen[identifier] += 1
        if seen[identifier] == 2 and identifier:
            state.refuse(line, "duplicate_identifier", identifier)


def _processing(node: Node | None, state: Reading, templates: TemplateSource | None) -> Node | None:
    """The processing with inline rules, or with the name of a standard template; own rules come before a template."""
    if node is None:
        return None
    addresses = [node.get(key).strip() for key in ("template", "template-location") if node.get(key)]
    if node.children or not addresses:
        return Node(node.name, {}, node.children, node.line)
    standard = next((found for one in addresses if (found := names.template_name(one))), None)
    if standard:
        return Node(node.name, {"template": standard}, (), node.line)
    for address in addresses if templates else ():
        document = templates(address) if templates else None
        if document is not None:
            return read_template(document, name=address)
    state.refuse(node.line, "unknown_template", "response-processing", template=addresses[0])
    return node


def read_template(data: bytes, *, name: str) -> Node:
    """The rules of a response processing template that stands in a file of its own."""
    root = parse(data, name=name)
    state = reading(root, name=name)
    node = read_rule(root, state)
    state.finish()
    if node is None or node.name != "response-processing":
        raise BadQti(refusal(Place(name, line_of(root)), "not_a_template").faults)
    return Node(node.name, {}, node.children, node.line)
