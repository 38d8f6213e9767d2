"""Reads the ledger of every second: of a sitting, of many at once, of a room with every span."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Sum

from examserver.invigilation.models import CoverageSpan
from proctor.coverage import Cause, Coverage, Span, total

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class SeatCoverage:
    """A sitting's sums, and its spans in order of time."""

    coverage: Coverage
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RoomCoverage:
    """A session's sums, and each of its sittings'."""

    coverage: Coverage
    seats: dict[int, SeatCoverage]


def spans_of(sitting_id: int) -> list[Span]:
    """A sitting's spans in order of time."""
    return [as_span(row) for row in CoverageSpan.objects.filter(sitting_id=sitting_id).order_by("began_at")]


def coverage_of(sitting_id: int) -> Coverage:
    """What became of a sitting's seconds so far."""
    return coverages([sitting_id])[sitting_id]


def coverages(sitting_ids: Collection[int]) -> dict[int, Coverage]:
    """`coverage_of` many; one without any second yet has no share."""
    lasting = Sum(F("ended_at") - F("began_at"))
    rows = CoverageSpan.objects.filter(sitting_id__in=sitting_ids).order_by()
    spans: dict[int, list[Span]] = {pk: [] for pk in sitting_ids}
    for pk, cause, lasted in rows.values_list("sitting_id", "cause").annotate(lasted=lasting):
        spans[pk].append(Span(0, round(lasted / SECOND), Cause(cause)))
    return {pk: total(found) for pk, found in spans.items()}


def room_coverage(session_id: int) -> RoomCoverage:
    """What became of every second of every sitting of a session, as far as it is accounted for."""
    rows = CoverageSpan.objects.filter(sitting__session_id=session_id).order_by("sitting_id", "began_at")
    found: dict[int, list[Span]] = {}
    for row in rows:
        found.setdefault(row.sitting_id, []).append(as_span(row))
    seats = {pk: SeatCoverage(total(spans), tuple(spans)) for pk, spans in found.items()}
    return RoomCoverage(total(flat(found.values())), seats)


def flat(many: Iterable[list[Span]]) -> list[Span]:
    return [span for spans in many for span in spans]


def as_span(row: CoverageSpan) -> Span:
    """A row as the pure rules want it."""
    return Span(round(row.began_at.timestamp()), round(row.ended_at.timestamp()), Cause(row.cause))
