"""What an answer must look like to be stored: the shape of each item and deliverable, and the check. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itembank.interactions.contents import Interaction, Upload, has_interactions, kind_of, read_interactions
from itembank.interactions.values import is_answer, storable
from itembank.states import DeliverableKind, ItemType, Subject

BAD_VALUE = "bad_value"
MAX_CELL_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Shape:
    """How an item or deliverable is answered. `kind` is `choice`, `interactions`, `text`, `table` or `file`.

    An item whose only interaction is an upload has the kind `file`: it is handed in as practical work
    is. What a kind does not use is empty or 0.
    `accept` holds lower-case endings with their dot; sizes are bytes.
    """

    kind: str
    options: frozenset[str] = frozenset()
    multiple: bool = False
    max_chars: int = 0
    columns: int = 0
    max_rows: int = 0
    accept: tuple[str, ...] = ()
    max_bytes: int = 0
    interactions: Mapping[str, Interaction] = field(default_factory=dict)


def shapes(subject: str, content: dict[str, Any]) -> dict[str, Shape]:
    """The shape of every item (theory) or deliverable (practical) of a paper's content, by its id."""
    if subject == Subject.THEORY:
        pairs = ((section["type"], item) for section in content["sections"] for item in section["items"])
        return {item["id"]: _item(type, item) for type, item in pairs}
    parts = (part for task in content["tasks"] for part in task["deliverables"])
    return {part["id"]: _deliverable(part) for part in parts}


def outline_of(shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """What may be known of a paper before its start: how many answers it takes, whether any is a file, and which
    kinds of interaction it has somewhere, by name.
    """
    found = {kind_of(one) for shape in shapes.values() for one in shape.interactions.values()}
    files = any(one.kind == "file" for one in shapes.values())
    return {"items": len(shapes), "files": files, "kinds": sorted(found)}


def _item(type: str, item: dict[str, Any]) -> Shape:
    return _interactions(item) if has_interactions(item) else _choice(type, item)


def _interactions(item: dict[str, Any]) -> Shape:
    interactions = read_interactions(item)
    match tuple(interactions.values()):
        case (Upload(accept=accept, max_bytes=most),):
            return Shape(DeliverableKind.FILE, accept=accept, max_bytes=most, interactions=interactions)
    return Shape("interactions", interactions=interactions)


def _choice(type: str, item: dict[str, Any]) -> Shape:
    options = frozenset(option["id"] for option in item["options"])
    return Shape("choice", options=options, multiple=type == ItemType.MULTIPLE)


def _deliverable(part: dict[str, Any]) -> Shape:
    return Shape(
        part["kind"],
        max_chars=part.get("max_chars", 0),
        columns=len(part.get("columns", ())),
        max_rows=part.get("max_rows", 0),
        accept=tuple(part.get("accept", ())),
        max_bytes=part.get("max_bytes", 0),
    )


def check_value(shape: Shape, value: Any) -> str | None:
    """None when `value` (as decoded from JSON) has the `shape`, else the code `bad_value`.

    An empty answer is an answer: it takes an earlier one back. Files are uploaded: no value but the empty one has
    their shape,
    and that only in theory, where an item without an answer may be marked.
    """
    return None if _CHECKS[shape.kind](shape, value) else BAD_VALUE


def _is_choice(shape: Shape, value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(option, str) for option in value):
        return False
    if len(value) > 1 and not shape.multiple:
        return False
    chosen = set(value)
    return len(chosen) == len(value) and chosen <= shape.options


def _is_text(shape: Shape, value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"text"}:
        return False
    return _is_writing(value["text"], shape.max_chars)


def _is_table(shape: Shape, value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"rows"} or not isinstance(value["rows"], list):
        return False
    rows = value["rows"]
    return len(rows) <= shape.max_rows and all(_is_row(row, shape.columns) for row in rows)


def _is_row(row: Any, columns: int) -> bool:
    if not isinstance(row, list) or len(row) != columns:
        return False
    return all(_is_writing(cell, MAX_CELL_CHARS) for cell in row)


def _is_writing(text: Any, limit: int) -> bool:
    return isinstance(text, str) and storable(text, limit)


def _are_interactions(shape: Shape, value: Any) -> bool:
    return is_answer(shape.interactions, value)


def _is_mark(shape: Shape, value: Any) -> bool:
    """An item of theory can be marked to come back to, whatever becomes of its file."""
    return bool(shape.interactions) and isinstance(value, list) and not value


_CHECKS = {
    "choice": _is_choice,
    "interactions": _are_interactions,
    DeliverableKind.TEXT: _is_text,
    DeliverableKind.TABLE: _is_table,
    DeliverableKind.FILE: _is_mark,
}
