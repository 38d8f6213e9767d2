"""Declarations to XML elements of QTI 2.2 or 3.0. Pure."""

from collections.abc import Iterable

from lxml import etree

from itembank.qti.elements import element_of, indented
from itembank.qti.model import (
    AreaMapping,
    Declaration,
    InterpolationTable,
    MatchTable,
    Node,
    ResponseMapping,
    Values,
)
from itembank.qti.numbers import written


def declaration_element(declaration: Declaration, version: str) -> etree._Element:
    """The declaration with its values and tables in the order of the schema."""
    parts: Iterable[Node | None] = (
        _values("default-value", declaration.default),
        _values("correct-response", declaration.correct),
        _mapping(declaration.mapping, declaration.base_type),
        _area_mapping(declaration.area_mapping),
        _match_table(declaration.match_table),
        _interpolation_table(declaration.interpolation_table),
    )
    node = Node(
        f"{declaration.kind}-declaration", _attributes(declaration), tuple(one for one in parts if one)
    )
    return indented(element_of(node, version))


def _attributes(declaration: Declaration) -> dict[str, str]:
    numbers = {
        "normal-maximum": declaration.normal_maximum,
        "normal-minimum": declaration.normal_minimum,
        "mastery-value": declaration.mastery_value,
    }
    return {
        "identifier": declaration.identifier,
        "cardinality": declaration.cardinality,
        **({"base-type": declaration.base_type} if declaration.base_type else {}),
        **{key: written(value) for key, value in numbers.items() if value is not None},
        **declaration.attributes,
    }


def _values(name: str, values: Values | None) -> Node | None:
    if values is None:
        return None
    own = {} if values.interpretation is None else {"interpretation": values.interpretation}
    children = []
    for value in values.values:
        given = {"field-identifier": value.field_identifier, "base-type": value.base_type}
        attributes = {key: text for key, text in given.items() if text}
        children.append(Node("value", attributes, (value.text,) if value.text else ()))
    return Node(name, own, tuple(children))


def _bounds(table: ResponseMapping | AreaMapping) -> dict[str, str]:
    given = {"lower-bound": table.lower_bound, "upper-bound": table.upper_bound}
    bounds = {key: written(value) for key, value in given.items() if value is not None}
    return {**bounds, "default-value": written(table.default)}


def _mapping(table: ResponseMapping | None, base_type: str | None) -> Node | None:
    """The mapping; of strings the case rule is always written: left out, it differs between 2.x and 3.0."""
    if table is None:
        return None
    entries = []
    for entry in table.entries:
        attributes = {"map-key": entry.key, "mapped-value": written(entry.value)}
        if base_type == "string":
            attributes["case-sensitive"] = "true" if entry.case_sensitive else "false"
        entries.append(Node("map-entry", attributes))
    return Node("mapping", _bounds(table), tuple(entries))


def _area_mapping(table: AreaMapping | None) -> Node | None:
    if table is None:
        return None
    entries = (
        Node(
            "area-map-entry",
            {
                "shape": entry.shape,
                "coords": ",".join(written(one) for one in entry.coords),
                "mapped-value": written(entry.value),
            },
        )
        for entry in table.entries
    )
    return Node("area-mapping", _bounds(table), tuple(entries))


def _match_table(table: MatchTable | None) -> Node | None:
    if table is None:
        return None
    entries = (
        Node("match-table-entry", {"source-value": str(entry.source), "target-value": entry.target})
        for entry in table.entries
    )
    own = {} if table.default is None else {"default-value": table.default}
    return Node("match-table", own, tuple(entries))


def _interpolation_table(table: InterpolationTable | None) -> Node | None:
    if table is None:
        return None
    entries = (
        Node(
            "interpolation-table-entry",
            {
                "source-value": written(entry.source),
                "include-boundary": "true" if entry.include_boundary else "false",
                "target-value": entry.target,
            },
        )
        for entry in table.entries
    )
    own = {} if table.default is None else {"default-value": table.default}
    return Node("interpolation-table", own, tuple(entries))
