"""XML elements to nodes with canonical names; what is not known is refused by name and line. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from itembank.qti import names, registry
from itembank.qti.faults import BadQti, Place, QtiFault, fault
from itembank.qti.model import Node
from itembank.qti.pictures import with_image

_BREAK = re.compile(r"\s*[\t\r\n]\s*")
_TRUE, _FALSE = ("true", "1"), ("false", "0")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")


@dataclass(slots=True)
class Reading:
    """One file being read: its name, its version and the faults found so far."""

    file: str
    version: str
    namespace: str
    faults: list[QtiFault] = field(default_factory=list)
    lenient: int = 0
    """How many elements deep in what is kept whatever it is called."""

    def refuse(self, line: int, code: str, name: str = "", **params: object) -> None:
        """Notes a fault and lets the reading go on, so that all of them are found."""
        self.faults.append(fault(Place(self.file, line), code, name, **params))

    def finish(self) -> None:
        """Raises BadQti where anything was refused."""
        if self.faults:
            raise BadQti(self.faults)


def reading(root: etree._Element, *, name: str) -> Reading:
    """The reading of the file with that root; BadQti where its namespace is no QTI's."""
    namespace = etree.QName(root).namespace or ""
    if namespace not in names.VERSIONS:
        line = root.sourceline or 0
        local = etree.QName(root).localname
        raise BadQti([fault(Place(name, line), "not_qti", local, namespace=namespace or "-")])
    return Reading(name, names.VERSIONS[namespace], namespace)


def line_of(element: etree._Element) -> int:
    """The line of an element in its file."""
    return element.sourceline or 0


def elements_of(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and instructions."""
    return (child for child in element if isinstance(child.tag, str))


def name_of(element: etree._Element, reading: Reading) -> str | None:
    """The canonical name; None, and a fault, where it is unknown."""
    tag = etree.QName(element)
    if tag.namespace == reading.namespace:
        found = _own_name(tag.localname, reading)
    elif tag.namespace in names.HTML:
        found = tag.localname.lower() if tag.localname.lower() in registry.HTML else None
    elif tag.namespace in names.FOREIGN:
        found = f"{names.FOREIGN[tag.namespace]}:{tag.localname}"
    else:
        found = None
    if found is None or (found in registry.REFUSED and not reading.lenient):
        code = "refused_element" if found or tag.namespace == names.XINCLUDE else "unknown_element"
        reading.refuse(line_of(element), code, tag.localname)
        return None
    return found


def _own_name(local: str, reading: Reading) -> str | None:
    if reading.version == "3.0":
        name = local.removeprefix("qti-")
        if reading.lenient and local.startswith("qti-"):
            return name
        known = registry.QTI_NAMES if local.startswith("qti-") else registry.HTML
        return name if name in known else None
    name = names.canonical(local)
    if name in registry.QTI_NAMES:
        return name
    return local.lower() if local.lower() in registry.HTML else None


def attributes_of(element: etree._Element, name: str, reading: Reading) -> dict[str, str]:
    """The attributes under canonical names; booleans are "true" or "false"."""
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        canonical = _attribute_name(str(key), name, reading.version)
        if canonical is None:
            continue
        if canonical.startswith("on") and name in registry.HTML:
            reading.refuse(line_of(element), "active_content", str(key))
        found[canonical] = _attribute_value(element, name, canonical, str(value), reading)
    return found


def _attribute_name(key: str, element: str, version: str) -> str | None:
    """The canonical name of an attribute; None for those that say nothing (schema locations)."""
    if key.startswith("{"):
        namespace, local = key[1:].split("}", 1)
        known = {names.XML: f"xml:{local}", names.XLINK: f"xlink:{local}", names.XSI: None}
        return known.get(namespace, key)
    if ":" in element:
        return key
    if element in registry.HTML or version == "3.0":
        return key.lower()
    return names.canonical_attribute(key)


def _attribute_value(element: etree._Element, name: str, key: str, value: str, reading: Reading) -> str:
    if name in registry.HTML or ":" in name or key in registry.AS_WRITTEN:
        return value
    value = value.strip()
    if key in registry.BOOLEANS:
        lower = value.lower()
        if lower not in _TRUE + _FALSE:
            reading.refuse(line_of(element), "bad_boolean", key, value=value)
        return "true" if lower in _TRUE else "false"
    if key in registry.INTEGERS and not _INTEGER.match(value):
        reading.refuse(line_of(element), "bad_number", key, value=value)
    return value


def tidy(text: str, base_type: str | None) -> str:
    """The text of a value: of strings the line breaks become one space; of all others every run of spaces does."""
    if base_type == "string":
        return _BREAK.sub(" ", text).strip()
    return " ".join(text.split())


def raw(element: etree._Element) -> Node:
    """An element of a vocabulary that is not QTI's, under its full names, with all below it."""
    found = [piece if isinstance(piece, str) else raw(piece) for piece in pieces(element)]
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    return Node(str(element.tag), attributes, tuple(found), line_of(element))


def pieces(element: etree._Element) -> Iterator[etree._Element | str]:
    """Text and child elements in order; text goes on across comments and instructions."""
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from (text,) if text else ()
            yield child
            text = child.tail or ""
        else:
            text += child.tail or ""
    yield from (text,) if text else ()


def kept(element: etree._Element, reading: Reading) -> Node | None:
    """An element that is kept as it stands, with its text; for bodies and everything presentational."""
    name = name_of(element, reading)
    if name is None:
        return None
    reading.lenient += name in registry.LENIENT
    found = [piece if isinstance(piece, str) else kept(piece, reading) for piece in pieces(element)]
    reading.lenient -= name in registry.LENIENT
    children = [child for child in found if child is not None]
    attributes = attributes_of(element, name, reading)
    return with_image(Node(name, attributes, _unwrapped(name, children), line_of(element)))


def _unwrapped(name: str, children: list[Node | str]) -> tuple[Node | str, ...]:
    """The children without the layer that QTI 3 puts around the content of feedback and the like."""
    if name not in registry.WRAPPED:
        return tuple(children)
    bodies = [child for child in children if isinstance(child, Node) and child.name == "content-body"]
    if len(bodies) != 1 or bodies[0].attributes:
        return tuple(children)
    around = [child for child in children if isinstance(child, Node) and child is not bodies[0]]
    return (*around, *bodies[0].children)


def plain_attributes(attributes: Mapping[str, str], read: frozenset[str]) -> dict[str, str]:
    """What of the attributes is left when those of `read` are gone."""
    return {key: value for key, value in attributes.items() if key not in read}
