"""Fills the demo's bank, and makes of it one paper with every kind of item, for people who want to try them."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import msgspec

import itembank
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people.selectors import staff_with
from itembank.authoring.drafts import Drafts
from itembank.bank.reviews import versions_in_review
from itembank.formats.question import Question
from itembank.formats.registry import read
from itembank.services.importing import import_bank
from itembank.services.papers import PaperHeading, assemble_theory_paper
from itembank.services.questions import drafts_of, import_made, import_questions
from itembank.services.reviewing import approve_versions
from itembank.specs import SectionSpec, TheorySpec
from itembank.states import ItemType

if TYPE_CHECKING:
    from itembank.models import Paper

CONTENT = Path(itembank.__file__).parent / "demo"
TRIAL, TRIAL_OFFERING = "TRIAL", "O5"
TRIAL_TITLE = "全题型体验卷（演示）"
TRIAL_MINUTES = 60
TRIAL_COUNTS = {
    ItemType.TRUE_FALSE: 2,
    ItemType.SINGLE: 2,
    ItemType.MULTIPLE: 2,
    ItemType.SHORT: 3,
    ItemType.NUMERIC: 3,
    ItemType.MATCH: 2,
    ItemType.ORDER: 2,
    ItemType.CLOZE: 2,
    ItemType.INTERACTIVE: 11,
}


class _Questions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of neutral questions."""

    notice: str
    bank: str
    offering_levels: tuple[int, ...]
    questions: tuple[Question, ...]


def fill_bank(now: datetime) -> None:
    """The demo's items, handed in by its author and approved by its two reviewers."""
    author, *_ = _actors(Role.ITEM_AUTHOR)
    for level in (3, 4):
        data = (CONTENT / f"theory_l{level}.json").read_bytes()
        import_bank(data=data, level=level, actor=author, now=now)
    import_questions(questions=_questions(), level=3, actor=author, now=now)
    import_made(made=_interactive(), level=3, actor=author, now=now)
    for reviewer in _actors(Role.ITEM_REVIEWER):
        approve_versions(versions=versions_in_review(), actor=reviewer, now=now)


def _questions() -> tuple[Question, ...]:
    """The demo's items beyond choice, as neutral questions."""
    return msgspec.json.decode((CONTENT / "questions_l3.json").read_bytes(), type=_Questions).questions


def _interactive() -> Drafts:
    """The demo's QTI package, zipped as it would come from elsewhere."""
    folder = CONTENT / "interactive"
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    data, name = packed.getvalue(), "interactive.zip"
    return drafts_of(read(data, name), data, name)


def _actors(role: Role) -> list[Actor]:
    return [Actor("staff", pk, frozenset({role})) for pk in staff_with(role)]


def add_trial_paper(seed: int, now: datetime) -> "Paper":
    """A theory paper of level 3 with some of every type that is scored by itself, a point each."""
    sections = tuple(SectionSpec(type, count, Decimal(1)) for type, count in TRIAL_COUNTS.items())
    pass_mark = Decimal(sum(TRIAL_COUNTS.values()) * 6 // 10)
    return assemble_theory_paper(
        heading=PaperHeading(f"{TRIAL}-T-DEMO", TRIAL_OFFERING, 3, TRIAL_TITLE),
        spec=TheorySpec(TRIAL_MINUTES, pass_mark, sections),
        seed=seed,
        actor=SYSTEM,
        now=now,
    )
