"""Writes down where versions were used: in which paper, before how many candidates, and what the day said of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank.models import Exposure, Paper, PaperUse, VersionFigures


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What statistics say of an item of a paper; None where the day gives no number. `figures` is kept as it is."""

    code: str
    candidates: int
    facility: float | None
    discrimination: float | None
    flags: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


def record_use(*, paper: Paper, versions: Collection[int]) -> None:
    """The frozen `paper` took these versions (their keys); in the caller's transaction."""
    PaperUse.objects.bulk_create([PaperUse(paper=paper, version_id=pk) for pk in sorted(versions)])


def record_exposure(*, paper_id: int, day: date, candidates: int) -> None:
    """So many candidates were given the paper on the day; said again, the last number counts."""
    for use in PaperUse.objects.filter(paper_id=paper_id):
        Exposure.objects.update_or_create(use=use, day=day, defaults={"candidates": candidates})


@dataclass(frozen=True, slots=True)
class DayOfPaper:
    """A paper as it was sat on a day."""

    paper_id: int
    day: date


@transaction.atomic
def record_statistics(
    *, sat: DayOfPaper, rows: Sequence[ItemFigures], actor: Actor, now: datetime
) -> Sequence[str]:
    """Keep what the day said of each item, and how many saw it; the codes that no use is known of are returned."""
    uses = {
        use.version.item.code: use
        for use in PaperUse.objects.filter(paper_id=sat.paper_id).select_related("version__item")
    }
    known = [row for row in rows if row.code in uses]
    VersionFigures.objects.bulk_create([_figures(uses[row.code], sat.day, row, now) for row in known])
    if known:
        most = max(row.candidates for row in known)
        record_exposure(paper_id=sat.paper_id, day=sat.day, candidates=most)
    data = {"day": sat.day.isoformat(), "items": len(known)}
    audit.record(audit.Act("itembank", "statistics.recorded", f"paper:{sat.paper_id}", str(actor), data), now)
    return [row.code for row in rows if row.code not in uses]


def _figures(use: PaperUse, day: date, row: ItemFigures, now: datetime) -> VersionFigures:
    return VersionFigures(
        use=use,
        day=day,
        candidates=row.candidates,
        facility=row.facility,
        discrimination=row.discrimination,
        flags=list(row.flags),
        figures=dict(row.figures),
        computed_at=now,
    )
