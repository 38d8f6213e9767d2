"""What a candidate sees of their own results: nothing before the release, then points and reasons."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from examserver.delivery.selectors import current_sitting, sittings_of_day
from examserver.invigilation.selectors import void_clauses
from examserver.people.identity import tail_matches
from examserver.registration import notice
from examserver.registration.selectors import ticket
from examserver.results.judging import overall
from examserver.results.models import SubjectResult
from examserver.results.states import Overall, ResultState
from scoring.selectors.scores import SectionScore, TaskPoints, section_scores, task_points

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting
    from examserver.registration.models import AdmissionTicket

FINAL = (ResultState.PASSED, ResultState.FAILED)


@dataclass(frozen=True, slots=True)
class VoidReason:
    """The clause by which a subject is void, in the notice's own words, and what follows from its tier."""

    code: str
    text: str
    consequence: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject; `state` is None, and everything else empty, while it is not released."""

    subject: str
    state: ResultState | None
    points: Decimal | None = None
    of: Decimal | None = None
    pass_mark: Decimal | None = None
    released_at: datetime | None = None
    sections: tuple[SectionScore, ...] = ()
    tasks: tuple[TaskPoints, ...] = ()
    void: VoidReason | None = None


@dataclass(frozen=True, slots=True)
class ResultView:
    """All that the candidate sees of one ticket."""

    ticket: str
    offering: str
    offering_en: str
    level: int
    day: date
    subjects: tuple[SubjectView, ...]
    overall: Overall

    @property
    def released(self) -> bool:
        """Whether anything may be seen."""
        return any(one.state for one in self.subjects)


def look_up(number: str, id_tail: str, language: str) -> ResultView | None:
    """The results of ticket `number` if `id_tail` ends its holder's ID number (six characters); None else."""
    found = ticket(number)
    if found is None or not tail_matches(found.candidate.id_number, id_tail):
        return None
    return result_view(found, language)


def result_view(found: "AdmissionTicket", language: str) -> ResultView:
    """The results of a ticket, for whoever it is already known that they may see it."""
    first = current_sitting(found.pk)
    sittings = list(sittings_of_day(first).select_related("result")) if first else []
    subjects = tuple(_subject(sitting, language) for sitting in sittings)
    return ResultView(
        ticket=found.number,
        offering=found.offering.name,
        offering_en=found.offering.name_en,
        level=found.offering.level,
        day=found.exam_date,
        subjects=subjects,
        overall=overall([one.state for one in subjects]),
    )


def _subject(sitting: "Sitting", language: str) -> SubjectView:
    result: SubjectResult | None = getattr(sitting, "result", None)
    subject = sitting.session.subject
    if result is None or result.released_at is None:
        return SubjectView(subject, None)
    state = ResultState(result.state)
    if state not in FINAL:
        void = _void(sitting, language) if state is ResultState.VOIDED else None
        return SubjectView(subject, state, released_at=result.released_at, void=void)
    return SubjectView(
        subject=subject,
        state=state,
        points=result.points,
        of=result.of,
        pass_mark=result.pass_mark,
        released_at=result.released_at,
        sections=section_scores(sitting),
        tasks=task_points(sitting),
    )


def _void(sitting: "Sitting", language: str) -> VoidReason | None:
    code = void_clauses([sitting.pk]).get(sitting.pk)
    if code is None:
        return None
    return VoidReason(code, notice.clause(code).text(language), notice.tier_of(code).text(language))
