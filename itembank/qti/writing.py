"""Writes items, tests and stimuli as QTI 3.0 or 2.2, elements in the order of the schemas. Pure."""

from collections.abc import Iterable, Iterator

from lxml import etree

from itembank.qti import names
from itembank.qti.elements import (
    element_of,
    indented,
    refuse_control,
    root_of,
    set_attributes,
    written,
)
from itembank.qti.faults import Place, QtiFault, fault, refusal
from itembank.qti.model import Declaration, Item, Node, Stimulus, Test
from itembank.qti.tables import declaration_element

WRITTEN = ("2.2", "3.0")
_ONLY_3 = ("context",)


def write_item(item: Item, version: str = "3.0") -> bytes:
    """The item as a file. BadQti where the version cannot say it; `left_out` lists what only decorates and goes."""
    root = _root("assessment-item", item, version)
    flags = {"adaptive": item.adaptive, "time-dependent": item.time_dependent}
    set_attributes(
        root, "assessment-item", {key: "true" if on else "false" for key, on in flags.items()}, version
    )
    with _Characters(item.identifier):
        for child in _item_children(item, version):
            root.append(child)
        return written(root)


def write_test(test: Test, version: str = "3.0") -> bytes:
    """The test as a file; BadQti where the version cannot say it."""
    root = _root("assessment-test", test, version)
    with _Characters(test.identifier):
        for child in _test_children(test, version):
            root.append(child)
        return written(root)


def write_stimulus(stimulus: Stimulus, version: str = "3.0") -> bytes:
    """The stimulus as a file; BadQti where the version cannot say it."""
    root = _root("assessment-stimulus", stimulus, version)
    with _Characters(stimulus.identifier):
        for node in stimulus.stylesheets:
            root.append(element_of(node, version))
        root.append(element_of(stimulus.body, version))
        for child in _catalogs(stimulus.catalogs, version):
            root.append(child)
        return written(root)


def left_out(item: Item, version: str) -> tuple[QtiFault, ...]:
    """What `write_item` leaves out in that version because it has no word for it and it never scores."""
    later = item.catalogs, item.companion
    parts = item.extensions if version == "3.0" else tuple(node for node in later if node)
    return tuple(
        fault(Place(item.identifier, node.line), "left_out", node.name, version=version) for node in parts
    )


class _Characters:
    """Turns what XML cannot hold (control characters) into BadQti."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValueError):
            raise refuse_control(error, self.name) from error


def _root(name: str, thing: Item | Test | Stimulus, version: str) -> etree._Element:
    if version not in WRITTEN:
        raise refusal(Place(thing.identifier), "unknown_version", version=version)
    root = root_of(name, version)
    given = {"identifier": thing.identifier, "title": thing.title, **thing.attributes}
    if thing.language:
        given["xml:lang"] = thing.language
    with _Characters(thing.identifier):
        set_attributes(root, name, given, version)
    return root


def _declarations(declarations: Iterable[Declaration], version: str, owner: str) -> Iterator[etree._Element]:
    for declaration in declarations:
        if version == "2.2" and declaration.kind in _ONLY_3:
            place = Place(owner, declaration.line)
            raise refusal(place, "not_in_version", f"{declaration.kind}-declaration", version=version)
        yield declaration_element(declaration, version)


def _item_children(item: Item, version: str) -> Iterator[etree._Element]:
    yield from _declarations(item.declarations, version, item.identifier)
    if item.template_processing:
        yield indented(element_of(item.template_processing, version))
    for node in item.stimulus_refs:
        yield element_of(node, version)
    if item.companion and version == "3.0":
        yield element_of(item.companion, version)
    for node in item.stylesheets:
        yield element_of(node, version)
    if item.body.children or item.body.attributes:
        yield element_of(item.body, version)
    yield from _catalogs(item.catalogs, version)
    if item.response_processing:
        yield indented(_processing(item.response_processing, version))
    for node in (*item.modal_feedback, *(item.extensions if version == "2.2" else ())):
        yield element_of(node, version)


def _catalogs(node: Node | None, version: str) -> Iterator[etree._Element]:
    if node and version == "3.0":
        yield element_of(node, version)


def _processing(node: Node, version: str) -> etree._Element:
    template = node.get("template")
    attributes = {"template": names.template_address(template, version)} if template else {}
    return element_of(Node(node.name, attributes, node.children), version)


def _test_children(test: Test, version: str) -> Iterator[etree._Element]:
    yield from _declarations(test.declarations, version, test.identifier)
    if test.time_limits:
        yield element_of(test.time_limits, version)
    for node in test.stylesheets:
        yield element_of(node, version)
    parts_own = (child for part in test.parts for child in part.elements if child.name == "rubric-block")
    for node in (*test.rubric_blocks, *parts_own) if version == "2.2" else ():
        raise refusal(Place(test.identifier, node.line), "not_in_version", node.name, version=version)
    for node in (*test.rubric_blocks, *(_ordered(part) for part in test.parts)):
        yield element_of(node, version)
    if test.outcome_processing:
        yield indented(element_of(test.outcome_processing, version))
    for node in test.feedback:
        yield element_of(node, version)


_FRAME_ORDER = (
    ("pre-condition",),
    ("branch-rule",),
    ("item-session-control",),
    ("time-limits",),
    ("selection",),
    ("ordering",),
    ("variable-mapping",),
    ("weight",),
    ("template-default",),
    ("rubric-block",),
    ("assessment-section", "assessment-section-ref", "assessment-item-ref"),
    ("test-feedback",),
)
_FRAMES = ("test-part", "assessment-section", "assessment-item-ref", "assessment-section-ref")


def _ordered(node: Node) -> Node:
    """A part of a test with its children in the order of the schema, all the way down."""
    if node.name not in _FRAMES:
        return node
    ranks = {name: rank for rank, group in enumerate(_FRAME_ORDER) for name in group}
    children = sorted((_ordered(child) for child in node.elements), key=lambda one: ranks.get(one.name, 0))
    return Node(node.name, node.attributes, tuple(children), node.line)
