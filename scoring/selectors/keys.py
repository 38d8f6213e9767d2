"""What the page of key corrections shows: papers that were scored, their items, the corrections so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from examserver.delivery.states import BEFORE_START, OPEN_STATES
from itembank.states import Subject
from scoring.models import ItemScore, KeyCorrection, ScoreChange, SubjectScore
from scoring.papers import key_words
from scoring.states import CorrectionState

if TYPE_CHECKING:
    from itembank.models import Paper

STEM = 60


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A theory paper that was scored: how many sat it, how many corrections count, whether one is open."""

    id: int
    code: str
    title: str
    sittings: int
    applied: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a paper with the key that counts now, and how many had it right of how many."""

    id: str
    number: int
    type: str
    stem: str
    correct: str
    right: int
    sittings: int


def _scored() -> QuerySet[SubjectScore]:
    """Scores of theory papers that nobody sits or will sit any more: the page shows keys."""
    in_use = Q(sitting__paper__sitting__state__in=[*BEFORE_START, *OPEN_STATES])
    return SubjectScore.objects.filter(sitting__session__subject=Subject.THEORY).exclude(in_use)


def scored_papers() -> tuple[PaperLine, ...]:
    """Every theory paper that somebody has a score in and nobody sits any more, newest first."""
    paper = "sitting__paper"
    rows = _scored().values(f"{paper}_id", f"{paper}__code", f"{paper}__title").annotate(sittings=Count("pk"))
    return tuple(_line(row) for row in rows.order_by(f"-{paper}_id"))


def _line(row: Mapping[str, Any]) -> PaperLine:
    corrections = KeyCorrection.objects.filter(paper_id=row["sitting__paper_id"])
    return PaperLine(
        id=row["sitting__paper_id"],
        code=row["sitting__paper__code"],
        title=row["sitting__paper__title"],
        sittings=row["sittings"],
        applied=corrections.filter(state=CorrectionState.APPLIED).count(),
        is_open=corrections.filter(state=CorrectionState.PROPOSED).exists(),
    )


def scored_paper(paper_id: int) -> "Paper | None":
    """The theory paper, if somebody has a score in it and nobody sits it any more."""
    found = _scored().filter(sitting__paper_id=paper_id).select_related("sitting__paper__key").first()
    return found.sitting.paper if found else None


def item_lines(paper: "Paper", keys: Mapping[str, Any]) -> tuple[ItemLine, ...]:
    """The items in the paper's order, by the keys that count now."""
    rows = ItemScore.objects.filter(sitting__paper_id=paper.pk).values("item")
    counts = {
        row["item"]: row
        for row in rows.annotate(right=Count("pk", filter=Q(points=F("max_points"))), sittings=Count("pk"))
    }
    items = [item for section in paper.content["sections"] for item in section["items"]]
    return tuple(
        _item(number, item, keys[item["id"]], counts.get(item["id"], {}))
        for number, item in enumerate(items, 1)
    )


def _item(
    number: int, item: Mapping[str, Any], key: Mapping[str, Any], counts: Mapping[str, Any]
) -> ItemLine:
    return ItemLine(
        id=item["id"],
        number=number,
        type=key["type"],
        stem=str(item["stem"])[:STEM],
        correct=key_words(key),
        right=counts.get("right", 0),
        sittings=counts.get("sittings", 0),
    )


def corrections(paper_id: int) -> QuerySet[KeyCorrection]:
    """The corrections of the paper, newest first, with how many changed and how many wait for an officer."""
    rows = KeyCorrection.objects.filter(paper_id=paper_id).select_related(
        "proposed_by", "decided_by", "paper"
    )
    changed, held = (
        Count("changes"),
        Count("changes", filter=Q(changes__applied_at=None, changes__isnull=False)),
    )
    return rows.annotate(changed=changed, held=held).order_by("-pk")


def held_changes() -> QuerySet[ScoreChange]:
    """Released sittings that a correction would change and that no officer has amended, oldest first."""
    rows = ScoreChange.objects.filter(applied_at=None, correction__state=CorrectionState.APPLIED)
    return rows.select_related("correction__paper", "sitting__ticket").order_by("pk")
