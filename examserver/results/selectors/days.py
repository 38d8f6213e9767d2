"""The office's exam day: where every sitting stands, what is ready, and what a release would do."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from examserver.delivery.selectors import exam_days, sittings_on
from examserver.delivery.states import SittingState
from examserver.invigilation.selectors import open_case_sittings, void_clauses
from examserver.results.judging import overall
from examserver.results.models import Release, SubjectResult
from examserver.results.states import Overall, ResultState, Standing
from itembank.states import Subject
from scoring.selectors.scores import GradingProgress, grading_progress

if TYPE_CHECKING:
    from examserver.delivery.models import ExamDay, Sitting

FINAL = (ResultState.PASSED, ResultState.FAILED)
TOLD_ALONG = (ResultState.VOIDED, ResultState.ABSENT)


WORK_ORDER = (
    Standing.READY,
    Standing.CASE_OPEN,
    Standing.TERMINATED,
    Standing.THIRD,
    Standing.GRADERS,
    Standing.SCORING,
    Standing.UNDER_WAY,
    Standing.VOID,
    Standing.ABSENT,
    Standing.RELEASED,
)


def in_order(counts: Mapping[Standing, int]) -> tuple[tuple[Standing, int], ...]:
    """`counts` as a work list, without what is not there."""
    return tuple((standing, counts[standing]) for standing in WORK_ORDER if counts.get(standing))


@dataclass(frozen=True, slots=True)
class Cell:
    """One sitting as the office's table shows it."""

    sitting: int
    subject: str
    standing: Standing
    state: ResultState | None
    points: Decimal | None
    pass_mark: Decimal
    graded: int
    slots: int
    clause: str
    released: bool

    @property
    def state_key(self) -> str:
        """The state as locale keys name it."""
        return self.state.lower() if self.state else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate of the day with both subjects."""

    ticket: str
    name: str
    offering: str
    offering_en: str
    level: int
    theory: Cell | None
    practical: Cell | None
    overall: Overall

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The subjects that the candidate sits."""
        return tuple(cell for cell in (self.theory, self.practical) if cell)


@dataclass(frozen=True, slots=True)
class DayPage:
    """An exam day: its candidates, and how many sittings stand where."""

    day: date
    title: str
    rows: tuple[Row, ...]
    counts: dict[Standing, int]
    releases: tuple[Release, ...]

    @property
    def sittings(self) -> int:
        """All sittings of the day."""
        return sum(self.counts.values())

    @property
    def ordered(self) -> tuple[tuple[Standing, int], ...]:
        """The counts in the order of the work: what is ready first, what is out last."""
        return in_order(self.counts)

    @property
    def releasable(self) -> bool:
        """Whether a release would make anything visible."""
        return bool(self.counts.get(Standing.READY))


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What a release would make visible at this moment, and what it would leave."""

    results: tuple[SubjectResult, ...]
    waiting: dict[Standing, int]
    digest: str

    def counts(self) -> dict[str, int]:
        """How many of what: by the state of the result, in lower case."""
        found = Counter(ResultState(one.state).value.lower() for one in self.results)
        return {
            state.value.lower(): found[state.value.lower()] for state in ResultState if found[state.lower()]
        }


def open_cases(sitting_ids: Iterable[int]) -> frozenset[int]:
    """Of these sittings, those with a case that nobody has decided."""
    return frozenset(open_case_sittings(sitting_ids))


def exam_day(day: date) -> "ExamDay":
    """The exam day on `day`; ExamDay.DoesNotExist."""
    return exam_days().get(date=day)


def day_pages() -> tuple[DayPage, ...]:
    """Every exam day, newest first."""
    return tuple(day_page(one) for one in exam_days())


def day_page(exam_day: "ExamDay") -> DayPage:
    """The day as it stands."""
    cells = _cells(exam_day.date)
    by_ticket: dict[int, list[tuple[Sitting, Cell]]] = {}
    for sitting, cell in cells:
        by_ticket.setdefault(sitting.ticket_id, []).append((sitting, cell))
    releases = Release.objects.filter(exam_day=exam_day).select_related("released_by").order_by("released_at")
    return DayPage(
        day=exam_day.date,
        title=exam_day.title,
        rows=tuple(_row(pairs) for pairs in by_ticket.values()),
        counts=dict(Counter(cell.standing for _, cell in cells)),
        releases=tuple(releases),
    )


def release_plan(day: date) -> ReleasePlan:
    """What a release of `day` would do now; its digest changes with any result that it would touch."""
    cells = _cells(day)
    ready = [sitting.pk for sitting, cell in cells if _goes_out(cell)]
    results = SubjectResult.objects.filter(sitting_id__in=ready).select_related("sitting__session__exam_day")
    found = tuple(results.order_by("pk"))
    text = json.dumps([[one.pk, one.state, str(one.points)] for one in found])
    left = Counter(cell.standing for _, cell in cells if not _goes_out(cell))
    del left[Standing.RELEASED]
    return ReleasePlan(found, dict(left), hashlib.sha256(text.encode()).hexdigest())


def _goes_out(cell: Cell) -> bool:
    """Final scores; void and absent results are told along with them."""
    if cell.released or cell.state is None:
        return False
    return cell.standing is Standing.READY or (
        cell.state in TOLD_ALONG and cell.standing is not Standing.CASE_OPEN
    )


def _cells(day: date) -> list[tuple["Sitting", Cell]]:
    sittings = list(sittings_on(day).select_related("result"))
    keys = [one.pk for one in sittings]
    clauses, progress = void_clauses(keys), grading_progress(keys)
    held = _held_tickets(sittings)
    found = []
    for sitting in sittings:
        result = getattr(sitting, "result", None)
        graders = progress.get(sitting.pk)
        standing = _standing(sitting, result, graders, held=sitting.ticket_id in held)
        found.append((sitting, _cell(sitting, result, standing, (graders, clauses.get(sitting.pk, "")))))
    return found


def _held_tickets(sittings: list["Sitting"]) -> frozenset[int]:
    """The tickets with an undecided case: it may yet void every subject of the day, so none goes out."""
    cases = open_cases(one.pk for one in sittings)
    return frozenset(one.ticket_id for one in sittings if one.pk in cases)


def _cell(
    sitting: "Sitting",
    result: SubjectResult | None,
    standing: Standing,
    about: tuple[GradingProgress | None, str],
) -> Cell:
    graders, clause = about
    final = result is not None and result.state in FINAL
    return Cell(
        sitting=sitting.pk,
        subject=sitting.session.subject,
        standing=standing,
        state=ResultState(result.state) if result else None,
        points=result.points if result is not None and final else None,
        pass_mark=sitting.paper.pass_mark,
        graded=graders.done if graders else 0,
        slots=graders.slots if graders else 0,
        clause=clause,
        released=result is not None and result.released_at is not None,
    )


def _standing(
    sitting: "Sitting", result: SubjectResult | None, graders: GradingProgress | None, *, held: bool
) -> Standing:
    """An open case comes before everything but what is already out: nothing goes out until it is decided."""
    if result is not None and result.state == ResultState.VOIDED:
        return Standing.VOID
    if result is not None and result.released_at is not None:
        return Standing.RELEASED
    if held:
        return Standing.CASE_OPEN
    if sitting.state == SittingState.TERMINATED:
        return Standing.TERMINATED
    return _undisturbed(sitting, result, graders)


def _undisturbed(
    sitting: "Sitting", result: SubjectResult | None, graders: GradingProgress | None
) -> Standing:
    if result is None:
        return Standing.UNDER_WAY
    if result.state == ResultState.PENDING:
        return _awaited(sitting, graders)
    return Standing.ABSENT if result.state == ResultState.ABSENT else Standing.READY


def _awaited(sitting: "Sitting", graders: GradingProgress | None) -> Standing:
    if sitting.session.subject == Subject.THEORY:
        return Standing.SCORING
    return Standing.THIRD if graders and graders.third_waiting else Standing.GRADERS


def _row(pairs: list[tuple["Sitting", Cell]]) -> Row:
    sitting = pairs[0][0]
    cells = {cell.subject: cell for _, cell in pairs}
    return Row(
        ticket=sitting.ticket.number,
        name=sitting.ticket.candidate.name,
        offering=sitting.ticket.offering.name,
        offering_en=sitting.ticket.offering.name_en,
        level=sitting.ticket.offering.level,
        theory=cells.get(Subject.THEORY),
        practical=cells.get(Subject.PRACTICAL),
        overall=overall([cell.state for cell in cells.values()]),
    )
