"""Reads papers: the candidate's own order and ids, the shape of every answer, keys and materials.

What a frozen paper says never changes, so it is kept in memory under its id and hash, and what is handed
out is shared: callers add to copies.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from itembank.freezing import digest
from itembank.interactions.aliases import Aliases
from itembank.interactions.media import entries_of
from itembank.materials import file_sha256, stored_path
from itembank.models import Material, Paper, PaperKey
from itembank.models.papers import CONTENT, opened_body
from itembank.sealing import BadSeal, PaperSealed
from itembank.shapes import Shape, outline_of, shapes
from itembank.shuffling import OwnPaper, own_paper
from itembank.states import Subject
from itembank.vault import look_into

KEPT_PAPERS = 32
KEPT_ORDERS = 256


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What a candidate's answers are read by: the shape of each by its item, in the authors' ids, and what theirs mean.

    Shared, not to be changed. Before the paper is opened there is nothing to answer, so it is empty.
    """

    shapes: Mapping[str, Shape]
    aliases: Mapping[str, Aliases]


@lru_cache(maxsize=KEPT_PAPERS)
def _content(paper_id: int, sha256: str) -> dict[str, Any]:
    found = Paper.objects.values_list("body", "code", "opening__secret").get(pk=paper_id, sha256=sha256)
    body, code, secret = found
    content: dict[str, Any] = opened_body(body, code, CONTENT, secret)
    return content


@lru_cache(maxsize=KEPT_ORDERS)
def _own_paper(paper_id: int, sha256: str, seed: int) -> OwnPaper:
    return own_paper(_content(paper_id, sha256)["sections"], seed)


@lru_cache(maxsize=KEPT_PAPERS)
def _shapes(paper_id: int, sha256: str, subject: str) -> dict[str, Shape]:
    return shapes(subject, _content(paper_id, sha256))


@lru_cache(maxsize=KEPT_PAPERS)
def _equipment(paper_id: int, sha256: str) -> tuple[str, ...]:
    policy = Paper.objects.values_list("policy", flat=True).get(pk=paper_id, sha256=sha256)
    return tuple(policy.get("equipment", ()))


def equipment(paper: Paper) -> tuple[str, ...]:
    """The `Equipment` that candidates of this paper may have at their seats."""
    return _equipment(paper.pk, paper.sha256)


def paper_for_candidate(paper: Paper, seed: int) -> dict[str, Any]:
    """The paper as docs/protocol.md gives it, without `responses`, `files` and the materials' `url`.

    A theory paper comes in the order of `seed`, its options and interactions under aliases. The object is the
    caller's; what stands in it is shared. PaperSealed, BadSeal.
    """
    head = {"sha256": paper.sha256, "subject": paper.subject, "title": paper.title, "minutes": paper.minutes}
    if paper.subject == Subject.THEORY:
        return {**head, "sections": _own_paper(paper.pk, paper.sha256, seed).sections}
    return {**head, "equipment": list(equipment(paper)), **_content(paper.pk, paper.sha256)}


def response_shape(paper: Paper) -> dict[str, Shape]:
    """The shape of every item (theory) or deliverable (practical) by its id; shared, not to be changed. PaperSealed."""
    return _shapes(paper.pk, paper.sha256, paper.subject)


def answer_sheet(paper: Paper, seed: int) -> AnswerSheet:
    """What answers to the paper in the order of `seed` are read by; after the first time nothing is read for it."""
    shapes = open_shapes(paper)
    if not shapes or paper.subject != Subject.THEORY:
        return AnswerSheet(shapes, {})
    return AnswerSheet(shapes, _own_paper(paper.pk, paper.sha256, seed).aliases)


def open_shapes(paper: Paper) -> dict[str, Shape]:
    """As `response_shape`; while the paper cannot be opened there is nothing to answer, so there is no shape."""
    try:
        return response_shape(paper)
    except (PaperSealed, BadSeal):
        return {}


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A frozen paper that may be chosen for a session."""

    key: int
    code: str
    offering: str
    subject: str
    title: str
    minutes: int


def papers_for(offerings: Collection[str]) -> list[PaperChoice]:
    """The frozen papers of these offerings, the newest first; nothing of what stands in them."""
    rows = Paper.objects.filter(offering__in=offerings).order_by("-frozen_at", "-pk")
    return [
        PaperChoice(*row) for row in rows.values_list("pk", "code", "offering", "subject", "title", "minutes")
    ]


def subject_of(paper_id: int) -> str:
    """The subject of the paper; Paper.DoesNotExist."""
    subject: str = Paper.objects.values_list("subject", flat=True).get(pk=paper_id)
    return subject


@lru_cache(maxsize=KEPT_PAPERS)
def _item_media_types(paper_id: int, sha256: str) -> dict[str, str]:
    sections = _content(paper_id, sha256).get("sections", ())
    entries = (one for section in sections for item in section["items"] for one in entries_of(item))
    return {one.sha256: one.media_type for one in entries}


def item_media_types(paper: Paper) -> dict[str, str]:
    """The media type of every picture, sound and film of the paper's items, by SHA-256; shared, not to be changed."""
    return _item_media_types(paper.pk, paper.sha256)


def media_path(sha256: str) -> Path:
    """Where the bytes of an item's picture, sound or film lie."""
    return stored_path(sha256)


def takes_files(paper: Paper) -> bool:
    """Whether anything in the paper is answered by a file."""
    outline = paper.outline or outline_of(response_shape(paper))
    return bool(outline["files"])


def item_count(paper: Paper) -> int:
    """How many items or deliverables there are to answer."""
    outline = paper.outline or outline_of(response_shape(paper))
    return int(outline["items"])


def kinds(paper: Paper) -> list[str]:
    """The kinds of interaction in the paper, known before its start too; none where they were not noted at freezing."""
    return list(paper.outline.get("kinds", ()))


def keys(paper_id: int) -> dict[str, Any]:
    """What the paper is scored by; PaperKey.DoesNotExist.

    Theory: `{item: {"type", "correct", "points"}}`; practical: `{task: {"points", "rubric": [lines]}}`.
    """
    found: dict[str, Any] = PaperKey.objects.select_related("paper").get(paper_id=paper_id).keys
    return found


def material(paper_id: int, task: str, code: str) -> Material:
    """The file that `task` hands out as `code`; Material.DoesNotExist."""
    found: Material = Material.objects.get(paper_id=paper_id, task=task, code=code)
    return found


def material_path(material: Material) -> Path:
    """Where the bytes of `material` lie."""
    return stored_path(material.sha256)


def paper_intact(paper: Paper) -> bool:
    """Whether content, policy, key and material files in the store still have the hashes of the freezing.

    A paper that is still sealed is looked into with the venue's key: SealKeyLost without it.
    """
    stored = Paper.objects.select_related("key").get(pk=paper.pk)
    try:
        content, keys = look_into(stored)
    except BadSeal:
        return False
    hashes = [(stored.sha256, stored.computed_sha256(content)), (stored.key.sha256, digest(keys))]
    outline = outline_of(shapes(stored.subject, content))
    outlined = all(outline.get(name) == value for name, value in stored.outline.items())
    return outlined and all(a == b for a, b in hashes) and _materials_intact(stored, content)


def _materials_intact(paper: Paper, content: dict[str, Any]) -> bool:
    frozen = [
        (task["id"], one["id"], one["sha256"])
        for task in content.get("tasks", ())
        for one in task["materials"]
    ]
    rows = {(row.task, row.code): row for row in paper.materials.all()}
    return len(rows) == len(frozen) and all(
        (row := rows.get((task, code))) and row.sha256 == sha256 and _file_intact(row)
        for task, code, sha256 in frozen
    )


def _file_intact(row: Material) -> bool:
    path = material_path(row)
    return path.is_file() and file_sha256(path) == row.sha256
