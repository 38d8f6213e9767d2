"""Writes the ledger of every second: what the bus knows, as spans in the database.

A second is written once, when no frame of it can be analysed any more; from where to write on is read from what is
written, and the times of a sitting come from its own records. So a server that was killed goes on where it stopped, the
time of its absence is "no frame" because nobody received, and several servers do not write a second twice.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from examserver.delivery import selectors as delivery
from examserver.delivery.states import TimeAct
from examserver.delivery.timing import TimeEntry
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.coverage import spans_of
from examserver.invigilation.lookout import Lookout
from examserver.invigilation.models import CoverageSpan, Incident
from examserver.invigilation.services.incidents import Noted, note_incident
from examserver.invigilation.stretches import stretches
from proctor.coverage import Cause, Gap, Run, Span, Stretch, account, append, gaps, seconds_of, total

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting

log = logging.getLogger(__name__)
LAG = timedelta(seconds=6)  # a frame that is older is not analysed any more
WRITE_EVERY = timedelta(seconds=5)  # few rows and few commits beside those of the answers
LOOK_BACK = timedelta(days=1)  # a sitting that ended while no server ran is still accounted for
GAP_CODE = "COVERAGE_GAP"
GAP_SECONDS = 30


class Overtaken(RuntimeError):
    """Another server has written the same seconds meanwhile; nothing is lost, the next turn reads on."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A sitting, the stretches in which it is watched, and whether it goes on."""

    pk: int
    stretches: tuple[Stretch, ...]
    running: bool


class CoverageWriter:
    """Writes every few seconds, what one process has seen of the cameras being at hand."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._written_at = datetime.min.replace(tzinfo=UTC)

    def write(self, *, now: datetime) -> None:
        """Write where it is time; a clock that was set back does not stop it."""
        if abs(now - self._written_at) >= WRITE_EVERY:
            self._written_at = now
            account_coverage(lookout=self._lookout, now=now)


def account_coverage(*, lookout: Lookout, now: datetime) -> None:
    """Write every second that is certain by now, and note the gaps that are long enough."""
    watched = [*_running(now - LAG), *_ended(now)]
    try:
        with transaction.atomic():
            touched = _write(watched, lookout)
    except (Overtaken, IntegrityError):
        log.info("another server writes the coverage; reading on at the next turn")
        return
    _note_gaps(touched, frozenset(one.pk for one in watched if one.running), now)


def _running(until: datetime) -> list[Watched]:
    found = delivery.open_sittings().filter(camera_waived=False, started_at__lt=until)
    return [_as_watched(one, until, over=False) for one in found.prefetch_related("ledger")]


def _ended(now: datetime) -> list[Watched]:
    found = delivery.ended_sittings(now - LOOK_BACK).filter(camera_waived=False)
    return [_as_watched(one, one.submitted_at or now, over=True) for one in found.prefetch_related("ledger")]


def _as_watched(sitting: "Sitting", until: datetime, *, over: bool) -> Watched:
    ledger = [TimeEntry(TimeAct(entry.act), entry.at, entry.seconds) for entry in sitting.ledger.all()]
    found = stretches(sitting.started_at or until, ledger, until, over=over)
    return Watched(sitting.pk, tuple(found), not over)


def _write(watched: Sequence[Watched], lookout: Lookout) -> list[int]:
    """Write what is new; returns the sittings in which something was not analysed. Raises Overtaken."""
    last = _last_spans([one.pk for one in watched])
    behind = [
        one for one in watched if any(seconds_of(part, _end(last.get(one.pk))) for part in one.stretches)
    ]
    runs = frame_bus().runs([one.pk for one in behind])
    plan = Plan()
    for one in behind:
        before = last.get(one.pk)
        plan.add(one.pk, before, _new_spans(one, _end(before), runs[one.pk], lookout))
    plan.carry_out()
    return plan.touched


def _new_spans(one: Watched, since: int, runs: Sequence[Run], lookout: Lookout) -> list[Span]:
    """The seconds from `since` on, all stretches one after another."""
    spans: list[Span] = []
    for part in one.stretches:
        for span in account(part, runs, lookout.looks(one.pk), since):
            append(spans, span)
    return spans


class Plan:
    """What a turn changes: rows that become longer, most of them by the same time, and new ones."""

    def __init__(self) -> None:
        self._longer: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
        self._new: list[CoverageSpan] = []
        self.touched: list[int] = []

    def add(self, pk: int, before: CoverageSpan | None, spans: list[Span]) -> None:
        """The new spans of a sitting, after the last row `before`."""
        first = spans[0]
        if before is not None and before.cause == first.cause and _end(before) == first.began:
            self._longer[before.ended_at, _moment(first.ended)].append(before.pk)
            spans = spans[1:]
        self._new += [_as_row(pk, span) for span in spans]
        if first.cause is not Cause.ANALYSED or spans:
            self.touched.append(pk)

    def carry_out(self) -> None:
        """Raises Overtaken or IntegrityError where another server was faster."""
        for (before, after), rows in self._longer.items():
            found = CoverageSpan.objects.filter(pk__in=rows, ended_at=before)
            if found.update(ended_at=after) != len(rows):
                raise Overtaken
        CoverageSpan.objects.bulk_create(self._new)


def _last_spans(pks: Collection[int]) -> dict[int, CoverageSpan]:
    """The last row of each sitting, locked; read again after the lock, for another server may have held it."""
    newest = CoverageSpan.objects.filter(sitting=OuterRef("sitting")).order_by("-ended_at").values("pk")[:1]
    rows = CoverageSpan.objects.filter(sitting_id__in=pks, pk=Subquery(newest)).order_by("pk")
    list(rows.select_for_update())
    return {row.sitting_id: row for row in rows.all()}


def _note_gaps(touched: Collection[int], running: frozenset[int], now: datetime) -> None:
    """Raise what lasts long enough, and end what is over."""
    going = Incident.objects.filter(code=GAP_CODE, ended_at=None).values_list("sitting_id", flat=True)
    for pk in {*touched, *going}:
        noted = dict(Incident.objects.filter(code=GAP_CODE, sitting_id=pk).values_list("uid", "ended_at"))
        for gap in gaps(spans_of(pk), GAP_SECONDS):
            uid, over = f"{pk}-{GAP_CODE}-{gap.began}", not (gap.last and pk in running)
            if uid not in noted or (over and noted[uid] is None):
                note_incident(noted=_as_noted(pk, uid, gap, over=over), now=now)


def _as_noted(pk: int, uid: str, gap: Gap, *, over: bool) -> Noted:
    ended = _moment(gap.ended) if over else None
    causes = {cause.value: seconds for cause, seconds in total(gap.spans).by_cause.items() if seconds}
    return Noted(pk, GAP_CODE, uid, _moment(gap.began), ended, {"seconds": gap.seconds, "causes": causes})


def _as_row(pk: int, span: Span) -> CoverageSpan:
    return CoverageSpan(
        sitting_id=pk, began_at=_moment(span.began), ended_at=_moment(span.ended), cause=span.cause.value
    )


def _end(row: CoverageSpan | None) -> int:
    """Up to which second a sitting is written; 0 where nothing is."""
    return 0 if row is None else round(row.ended_at.timestamp())


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
