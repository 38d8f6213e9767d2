"""Freezes papers: content, key and materials in one transaction, hashed, sealed, and written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank import contents, rules
from itembank.bank.pool import ItemContent, contents_of
from itembank.contents import DrawnItem, StoredFile
from itembank.faults import BadSpec, Fault
from itembank.freezing import digest
from itembank.materials import keep_materials
from itembank.models import Material, Paper, PaperKey
from itembank.models.papers import CONTENT, KEYS
from itembank.sealing import key_id, new_secret, seal
from itembank.services.drawing import Drawn, draw
from itembank.services.uses import record_use
from itembank.shapes import outline_of, shapes
from itembank.specs import PracticalSpec, TheorySpec
from itembank.states import Subject
from itembank.vault import keep_seal


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """What a paper is called and for whom: its unique code, the offering's code and level, and its title."""

    code: str
    offering: str
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Freezer:
    """By which seed the items were drawn, and by whom and when the paper is frozen."""

    seed: int
    actor: Actor
    now: datetime


class PaperCodeTaken(Exception):
    """A paper with this code is frozen already; a new version needs a new code."""

    code = "paper_code_taken"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper about to be frozen; `materials` are its rows, still without their paper."""

    heading: PaperHeading
    subject: Subject
    spec: TheorySpec | PracticalSpec
    content: dict[str, Any]
    policy: dict[str, Any]
    keys: dict[str, Any]
    seed: int | None = None
    materials: list[Material] = field(default_factory=list)


@transaction.atomic
def assemble_theory_paper(
    *, heading: PaperHeading, spec: TheorySpec, seed: int, actor: Actor, now: datetime
) -> Paper:
    """Choose the items of a theory paper from the heading's level by `seed`, and freeze it.

    BadSpec, NotEnoughItems, PaperCodeTaken; with a blueprint also NoSuchPapers, BadBlueprint. Then nothing is stored.
    """
    (paper,) = assemble_parallel_papers(headings=[heading], spec=spec, seed=seed, actor=actor, now=now)
    return paper


@transaction.atomic
def assemble_parallel_papers(
    *, headings: Sequence[PaperHeading], spec: TheorySpec, seed: int, actor: Actor, now: datetime
) -> list[Paper]:
    """As many parallel papers of one level as there are headings, all by the blueprint of `spec`; all or none."""
    rules.check_theory(spec)
    (level,) = {heading.level for heading in headings}
    forms = draw(spec, level, seed, len(headings))
    by = Freezer(seed, actor, now)
    return [freeze_theory(one, spec, form, by) for one, form in zip(headings, forms, strict=True)]


def freeze_theory(heading: PaperHeading, spec: TheorySpec, form: Drawn, by: Freezer) -> Paper:
    """Freeze a theory paper of the approved items whose codes `form` has for each section, in the caller's transaction.

    BadSpec for an item that a person marks, PaperCodeTaken.
    """
    items = contents_of({code for section in form for code in section})
    drawn = [[_drawn(items[code]) for code in section] for section in form]
    content, keys = contents.theory_content(spec, drawn), contents.theory_keys(spec, drawn)
    policy = contents.theory_policy(spec)
    paper = _freeze(_Draft(heading, Subject.THEORY, spec, content, policy, keys, by.seed), by.actor, by.now)
    record_use(paper=paper, versions=[one.version for one in items.values()])
    return paper


def _drawn(one: ItemContent) -> DrawnItem:
    if _by_person(one.key.get("grading", {})):
        raise BadSpec([Fault(one.code, "grading", "is marked by a person, which no theory paper can hold")])
    return DrawnItem(one.code, one.content, one.key)


def _by_person(grading: Mapping[str, Any]) -> bool:
    return grading.get("by") == "person" or any(_by_person(one) for one in grading.get("parts", {}).values())


def freeze_practical_paper(
    *, heading: PaperHeading, spec: PracticalSpec, materials_dir: Path, actor: Actor, now: datetime
) -> Paper:
    """Store the materials found below `materials_dir` and freeze the practical paper that hands them out.

    BadSpec (also for a file that is not there), PaperCodeTaken. The files are copied before the transaction:
    a film of many megabytes must not hold up the answers of a room that is working.
    """
    rules.check_practical(spec)
    _check_code(heading)
    stored = keep_materials(spec, materials_dir)
    content, keys = contents.practical_content(spec, stored), contents.practical_keys(spec)
    policy, rows = contents.practical_policy(spec), _material_rows(spec, stored)
    draft = _Draft(heading, Subject.PRACTICAL, spec, content, policy, keys, materials=rows)
    return _freeze(draft, actor, now)


def _material_rows(spec: PracticalSpec, stored: Mapping[str, StoredFile]) -> list[Material]:
    rows = []
    for task in spec.tasks:
        for one in task.materials:
            file = stored[contents.part_id(task.id, one.id)]
            row = Material(task=task.id, code=one.id, name=one.name, media_type=one.media_type)
            row.size, row.sha256 = file.size, file.sha256
            rows.append(row)
    return rows


def _check_code(heading: PaperHeading) -> None:
    if Paper.objects.filter(code=heading.code).exists():
        raise PaperCodeTaken(heading.code)


@transaction.atomic
def _freeze(draft: _Draft, actor: Actor, now: datetime) -> Paper:
    _check_code(draft.heading)
    secret = new_secret()
    paper = _paper(draft, now)
    paper.sha256 = paper.computed_sha256(draft.content)
    paper.body = seal(draft.content, secret, f"{paper.code}/{CONTENT}")
    paper.save()
    keys = seal(draft.keys, secret, f"{paper.code}/{KEYS}")
    key = PaperKey.objects.create(paper=paper, body=keys, sha256=digest(draft.keys))
    keep_seal(paper, secret, now)
    for material in draft.materials:
        material.paper = paper
    Material.objects.bulk_create(draft.materials)
    audit.record(_act(paper, key, draft, actor), now)
    return paper


def _paper(draft: _Draft, now: datetime) -> Paper:
    heading, spec = draft.heading, draft.spec
    return Paper(
        code=heading.code,
        offering=heading.offering,
        subject=draft.subject.value,
        title=heading.title,
        minutes=spec.minutes,
        pass_mark=spec.pass_mark,
        outline=outline_of(shapes(draft.subject, draft.content)),
        policy=draft.policy,
        frozen_at=now,
        seed=draft.seed,
    )


def _act(paper: Paper, key: PaperKey, draft: _Draft, actor: Actor) -> audit.Act:
    """The act carries hashes only: whoever reads the log learns neither items nor keys."""
    details = {
        "code": paper.code,
        "sha256": paper.sha256,
        "keys_sha256": key.sha256,
        "materials": [material.sha256 for material in draft.materials],
        "seed": draft.seed,
        "seal": key_id(settings.SEAL_KEY),
    }
    return audit.Act("itembank", "paper.frozen", f"paper:{paper.pk}", str(actor), details)
