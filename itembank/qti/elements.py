"""Nodes to XML elements of QTI 2.2 or 3.0: the names, prefixes and layers of that version. Pure."""

from collections.abc import Iterable, Mapping

from lxml import etree

from itembank.qti import names, registry
from itembank.qti.faults import BadQti, Place, fault
from itembank.qti.model import Node
from itembank.qti.pictures import with_object
from itembank.qti.words import words

HTML5_2P2 = "http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0"
HTML5 = words(
    """article aside audio bdi figcaption figure footer header main mark nav rb rp rt rtc ruby section source
    time track video wbr"""
)
"""What QTI 2.2 keeps in a namespace of its own."""

SCHEMAS = {
    "2.2": (names.QTI_2P2, "http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2p2.xsd"),
    "3.0": (names.QTI_3, "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"),
}
_OUTSIDE = words("stylesheet catalog-info")
_CLARK = {"xml": names.XML, "xlink": names.XLINK}


def root_of(name: str, version: str) -> etree._Element:
    """An empty root element with its namespaces and schema."""
    namespace, schema = SCHEMAS[version]
    spaces = {None: namespace, "xsi": names.XSI}
    if version == "2.2":
        spaces["qh5"] = HTML5_2P2
    root = etree.Element(f"{{{namespace}}}{local_name(name, version)}", nsmap=spaces)
    root.set(f"{{{names.XSI}}}schemaLocation", f"{namespace} {schema}")
    return root


def local_name(name: str, version: str) -> str:
    """What an element of QTI is called in that version."""
    return f"qti-{name}" if version == "3.0" else names.camel(name)


def is_html(name: str) -> bool:
    """Whether a canonical name is HTML's."""
    return name in registry.HTML and name not in registry.QTI_NAMES


def tag_of(name: str, version: str) -> str:
    """The tag, with its namespace, of a canonical name."""
    if name.startswith("{"):
        return name
    prefix, _, local = name.rpartition(":")
    if prefix:
        return f"{{{names.FOREIGN_OUT[prefix]}}}{local}"
    namespace = SCHEMAS[version][0]
    if is_html(name):
        return f"{{{HTML5_2P2 if version == '2.2' and name in HTML5 else namespace}}}{name}"
    return f"{{{namespace}}}{local_name(name, version)}"


def attribute_name(key: str, element: str, version: str) -> str:
    """The name of an attribute on an element of that version."""
    prefix, _, local = key.partition(":")
    if prefix in _CLARK and not key.startswith("{"):
        return f"{{{_CLARK[prefix]}}}{local}"
    own = not is_html(element) and ":" not in element and not key.startswith("{")
    return names.camel_attribute(key) if own and version == "2.2" else key


def set_attributes(element: etree._Element, name: str, given: Mapping[str, str], version: str) -> None:
    """Writes canonical attributes on an element; what is empty is written too."""
    for key, value in given.items():
        element.set(attribute_name(key, name, version), value)


def element_of(node: Node, version: str) -> etree._Element:
    """The element of a node with all below it; what it says is as before, character by character."""
    name = "div" if node.name == "content-body" and version == "2.2" else node.name
    element = etree.Element(tag_of(name, version))
    set_attributes(element, name, node.attributes, version)
    if version == "2.2":
        fill(element, with_object(node).children, version)
    else:
        fill(element, _wrapped(node) if node.name in registry.WRAPPED else node.children, version)
    return element


def fill(element: etree._Element, children: Iterable[Node | str], version: str) -> None:
    """Appends text and elements in order."""
    last: etree._Element | None = None
    for child in children:
        if isinstance(child, Node):
            last = element_of(child, version)
            element.append(last)
        elif last is None:
            element.text = (element.text or "") + child
        else:
            last.tail = (last.tail or "") + child


def _wrapped(node: Node) -> tuple[Node | str, ...]:
    """The children with the layer of QTI 3 around the content; style sheets before it, catalogs after it."""
    if any(child.name == "content-body" for child in node.elements):
        return node.children
    outside = [child for child in node.elements if child.name in _OUTSIDE]
    content = tuple(child for child in node.children if isinstance(child, str) or child not in outside)
    sheets = tuple(child for child in outside if child.name == "stylesheet")
    catalogs = tuple(child for child in outside if child.name != "stylesheet")
    return (*sheets, Node("content-body", {}, content), *catalogs)


def indented(element: etree._Element, level: int = 1) -> etree._Element:
    """The element with line breaks for people; only for parts in which spaces say nothing."""
    etree.indent(element, space="  ", level=level)
    return element


def written(root: etree._Element) -> bytes:
    """The file: UTF-8 with a declaration and a line break at the end; the children of the root on own lines."""
    root.text = "\n  "
    for child in root:
        child.tail = "\n  "
    if len(root):
        root[-1].tail = "\n"
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def refuse_control(error: ValueError, name: str) -> BadQti:
    """What to raise where a text holds a character that XML cannot."""
    return BadQti([fault(Place(name), "bad_character", message=str(error))])
