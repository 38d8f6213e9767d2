"""Declarations of variables: types, defaults, correct responses, mappings and look-up tables. Pure."""

from collections.abc import Mapping

from lxml import etree

from itembank.qti import registry
from itembank.qti.model import (
    AreaEntry,
    AreaMapping,
    Declaration,
    InterpolationTable,
    InterpolationTableEntry,
    MapEntry,
    MatchTable,
    MatchTableEntry,
    ResponseMapping,
    Value,
    Values,
)
from itembank.qti.nodes import (
    Reading,
    attributes_of,
    elements_of,
    line_of,
    name_of,
    plain_attributes,
    tidy,
)
from itembank.qti.numbers import number, whole
from itembank.qti.words import words

KINDS = ("context", "response", "outcome", "template")
DECLARATIONS = {f"{kind}-declaration": kind for kind in KINDS}
_READ = words("identifier cardinality base-type normal-maximum normal-minimum mastery-value")
_PARTS = words("""default-value correct-response mapping area-mapping match-table interpolation-table""")


def read_declaration(element: etree._Element, reading: Reading) -> Declaration:
    """The variable that `element` declares; faults of it go to the reading."""
    name = name_of(element, reading) or ""
    attributes = attributes_of(element, name, reading)
    parts = _parts(element, name, reading)
    base_type = attributes.get("base-type") or None
    _check_types(element, name, attributes, reading)
    numbers = _Numbers(element, attributes, reading)
    return Declaration(
        identifier=attributes.get("identifier", ""),
        kind=DECLARATIONS[name],
        cardinality=attributes.get("cardinality", ""),
        base_type=base_type,
        default=_values(parts.get("default-value"), base_type, reading),
        correct=_values(parts.get("correct-response"), base_type, reading),
        mapping=_mapping(parts.get("mapping"), base_type, reading),
        area_mapping=_area_mapping(parts.get("area-mapping"), reading),
        match_table=_match_table(parts.get("match-table"), reading),
        interpolation_table=_interpolation_table(parts.get("interpolation-table"), reading),
        normal_maximum=numbers.get("normal-maximum"),
        normal_minimum=numbers.get("normal-minimum"),
        mastery_value=numbers.get("mastery-value"),
        attributes=plain_attributes(attributes, _READ),
        line=line_of(element),
    )


def _parts(element: etree._Element, name: str, reading: Reading) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for child in elements_of(element):
        part = name_of(child, reading)
        if part is None:
            continue
        if part not in _PARTS:
            reading.refuse(line_of(child), "misplaced", part, inside=name)
        if part in found:
            reading.refuse(line_of(child), "repeated", part, inside=name)
        found[part] = child
    return found


def _check_types(element: etree._Element, name: str, attributes: Mapping[str, str], reading: Reading) -> None:
    line = line_of(element)
    if not attributes.get("identifier"):
        reading.refuse(line, "missing_attribute", name, attribute="identifier")
    cardinality, base_type = attributes.get("cardinality", ""), attributes.get("base-type", "")
    if cardinality not in registry.CARDINALITIES:
        reading.refuse(line, "unknown_cardinality", name, value=cardinality)
    if base_type and base_type not in registry.BASE_TYPES:
        reading.refuse(line, "unknown_base_type", name, value=base_type)
    if not base_type and cardinality != "record":
        reading.refuse(line, "missing_attribute", name, attribute="base-type")


class _Numbers:
    """The attributes of one element as numbers; a fault where one is none."""

    def __init__(self, element: etree._Element, attributes: Mapping[str, str], reading: Reading) -> None:
        self.line, self.attributes, self.reading = line_of(element), attributes, reading

    def get(self, name: str) -> float | None:
        """The number, or None where there is no such attribute."""
        text = self.attributes.get(name)
        found = number(text) if text is not None else None
        if text is not None and found is None:
            self.reading.refuse(self.line, "bad_number", name, value=text)
        return found

    def need(self, name: str) -> float:
        """The number; a fault where it is missing."""
        if name not in self.attributes:
            self.reading.refuse(self.line, "missing_attribute", name, attribute=name)
        return self.get(name) or 0.0


def _values(element: etree._Element | None, base_type: str | None, reading: Reading) -> Values | None:
    if element is None:
        return None
    found = []
    for child in elements_of(element):
        name = name_of(child, reading)
        if name != "value":
            reading.refuse(line_of(child), "misplaced", name or str(child.tag), inside="values")
            continue
        attributes = attributes_of(child, name, reading)
        own = attributes.get("base-type")
        text = tidy("".join(child.itertext(with_tail=False)), own or base_type)
        found.append(Value(text, attributes.get("field-identifier"), own))
    interpretation = attributes_of(element, "default-value", reading).get("interpretation")
    return Values(tuple(found), interpretation)


def _entries(
    element: etree._Element, wanted: str, reading: Reading
) -> list[tuple[Mapping[str, str], _Numbers]]:
    """The attributes of every entry of a table, as text and as numbers."""
    found: list[tuple[Mapping[str, str], _Numbers]] = []
    for child in elements_of(element):
        name = name_of(child, reading)
        if name != wanted:
            reading.refuse(line_of(child), "misplaced", name or str(child.tag), inside=wanted)
            continue
        attributes = attributes_of(child, name, reading)
        found.append((attributes, _Numbers(child, attributes, reading)))
    return found


def _mapping(
    element: etree._Element | None, base_type: str | None, reading: Reading
) -> ResponseMapping | None:
    """The mapping; case is a matter of strings, where 2.x heeds it unless told and the schema of 3.0 does not."""
    if element is None:
        return None
    unless_told = "false" if reading.version == "3.0" else "true"
    entries = []
    for attributes, numbers in _entries(element, "map-entry", reading):
        if "map-key" not in attributes:
            reading.refuse(numbers.line, "missing_attribute", "map-entry", attribute="map-key")
        sensitive = base_type != "string" or attributes.get("case-sensitive", unless_told) == "true"
        entries.append(MapEntry(attributes.get("map-key", ""), numbers.need("mapped-value"), sensitive))
    own = _Numbers(element, attributes_of(element, "mapping", reading), reading)
    bounds = own.get("lower-bound"), own.get("upper-bound")
    return ResponseMapping(tuple(entries), own.get("default-value") or 0.0, *bounds)


def _area_mapping(element: etree._Element | None, reading: Reading) -> AreaMapping | None:
    if element is None:
        return None
    entries = []
    for attributes, numbers in _entries(element, "area-map-entry", reading):
        shape = attributes.get("shape", "")
        coords = read_coords(attributes.get("coords", ""))
        if not right_coords(shape, coords):
            value = f"{shape} {attributes.get('coords', '')}".strip()
            reading.refuse(numbers.line, "bad_shape", "area-map-entry", value=value)
        entries.append(AreaEntry(shape, coords or (), numbers.need("mapped-value")))
    own = _Numbers(element, attributes_of(element, "area-mapping", reading), reading)
    bounds = own.get("lower-bound"), own.get("upper-bound")
    return AreaMapping(tuple(entries), own.get("default-value") or 0.0, *bounds)


def read_coords(text: str) -> tuple[float, ...] | None:
    """The coordinates of a shape, between commas or spaces; None where one is no number (percent included)."""
    found = [number(part) for part in text.replace(",", " ").split()]
    return tuple(one for one in found if one is not None) if None not in found else None


def right_coords(shape: str, coords: tuple[float, ...] | None) -> bool:
    """Whether a shape has as many coordinates as HTML image maps give it."""
    if coords is None or shape not in registry.SHAPES:
        return False
    if shape == "poly":
        return len(coords) >= 6 and len(coords) % 2 == 0
    return len(coords) == {"default": len(coords), "rect": 4, "circle": 3, "ellipse": 4}[shape]


def _match_table(element: etree._Element | None, reading: Reading) -> MatchTable | None:
    if element is None:
        return None
    entries = []
    for attributes, numbers in _entries(element, "match-table-entry", reading):
        source = whole(attributes.get("source-value", ""))
        if source is None or "target-value" not in attributes:
            reading.refuse(numbers.line, "bad_entry", "match-table-entry")
            continue
        entries.append(MatchTableEntry(source, attributes["target-value"]))
    default = attributes_of(element, "match-table", reading).get("default-value")
    return MatchTable(tuple(entries), default)


def _interpolation_table(element: etree._Element | None, reading: Reading) -> InterpolationTable | None:
    if element is None:
        return None
    entries = []
    for attributes, numbers in _entries(element, "interpolation-table-entry", reading):
        if "target-value" not in attributes:
            reading.refuse(numbers.line, "bad_entry", "interpolation-table-entry")
            continue
        boundary = attributes.get("include-boundary", "true") == "true"
        source = numbers.need("source-value")
        entries.append(InterpolationTableEntry(source, attributes["target-value"], boundary))
    default = attributes_of(element, "interpolation-table", reading).get("default-value")
    return InterpolationTable(tuple(entries), default)
