"""Turns specifications into what is frozen: what candidates see and, apart from it, the keys. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from itembank.fields import points_text
from itembank.scoringspecs import policy_data
from itembank.specs import MaterialSpec, PracticalSpec, RubricLineSpec, SectionSpec, TaskSpec, TheorySpec
from itembank.wording import SECTION_TITLES


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """An item that a paper uses: content as candidates see it; its key is `{"correct"}` or `{"grading"}`."""

    code: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A material as the store has it: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def plain(value: Any) -> Any:
    """`value` as a database returns it: dicts and lists, no Structs and no tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def part_id(task: str, part: str) -> str:
    """The id of a deliverable that is unique in the paper: `T1.D2`."""
    return f"{task}.{part}"


def theory_content(spec: TheorySpec, drawn: Sequence[Sequence[DrawnItem]]) -> dict[str, Any]:
    """`{"sections": [...]}` without a key; `drawn` holds the items of each section, in order."""
    numbered = enumerate(zip(spec.sections, drawn, strict=True), 1)
    return {"sections": [_section(f"S{number}", section, items) for number, (section, items) in numbered]}


def _section(code: str, spec: SectionSpec, items: Sequence[DrawnItem]) -> dict[str, Any]:
    title, title_en = SECTION_TITLES[spec.type]
    return {
        "id": code,
        "type": spec.type.value,
        "title": spec.title or title,
        "title_en": spec.title_en or title_en,
        "points": points_text(spec.points),
        "items": [{"id": item.code, **item.content} for item in items],
    }


def theory_keys(spec: TheorySpec, drawn: Sequence[Sequence[DrawnItem]]) -> dict[str, Any]:
    """`{item: {"type", "points", "correct" or "grading"}}` for the items of `theory_content`."""
    return {
        item.code: {
            "type": section.type.value,
            **plain(item.key),
            "points": points_text(section.points),
        }
        for section, items in zip(spec.sections, drawn, strict=True)
        for item in items
    }


def theory_policy(spec: TheorySpec) -> dict[str, Any]:
    """How the paper is scored: `{"multiple": "all_or_nothing"}`."""
    return policy_data(spec.scoring)


def practical_content(spec: PracticalSpec, stored: Mapping[str, StoredFile]) -> dict[str, Any]:
    """`{"tasks": [...]}` without rubrics; `stored` has each material by its `part_id`."""
    return {"tasks": [_task(task, stored) for task in spec.tasks]}


def _task(task: TaskSpec, stored: Mapping[str, StoredFile]) -> dict[str, Any]:
    parts = [plain(part) for part in task.deliverables]
    return {
        "id": task.id,
        "title": task.title,
        "title_en": task.title_en,
        "minutes": task.minutes,
        "points": points_text(task.points),
        "site": task.site,
        "brief": list(task.brief),
        "materials": [_material(one, stored[part_id(task.id, one.id)]) for one in task.materials],
        "deliverables": [{**part, "id": part_id(task.id, part["id"])} for part in parts],
    }


def _material(spec: MaterialSpec, file: StoredFile) -> dict[str, Any]:
    return {
        "id": spec.id,
        "name": spec.name,
        "title": spec.title,
        "media_type": spec.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }


def practical_keys(spec: PracticalSpec) -> dict[str, Any]:
    """`{task: {"points", "rubric": [lines]}}`; a line's deliverable carries its `part_id`, or is empty."""
    return {
        task.id: {
            "points": points_text(task.points),
            "rubric": [_line(task.id, line) for line in task.rubric],
        }
        for task in spec.tasks
    }


def _line(task: str, line: RubricLineSpec) -> dict[str, Any]:
    return {
        "no": line.no,
        "points": points_text(line.points),
        "kind": line.kind.value,
        "description": line.description,
        "nominal": line.nominal,
        "deliverable": part_id(task, line.deliverable) if line.deliverable else "",
    }


def practical_policy(spec: PracticalSpec) -> dict[str, Any]:
    """How the paper is graded and what it allows at a seat: `{"graders", "max_gap_percent", "equipment"}`."""
    allowed = [one.value for one in spec.equipment]
    return {"graders": spec.graders, "max_gap_percent": spec.max_gap_percent, "equipment": allowed}
