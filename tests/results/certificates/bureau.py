"""People whose results are released, without a day being played; certificates are made by the real services."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from examserver.delivery.models import ExamDay, Seat, Session, Sitting
from examserver.delivery.services.scheduling import Place, add_room
from examserver.delivery.states import SessionState, SittingState
from examserver.demo.invented import id_number
from examserver.kernel.access import Actor, Role
from examserver.people.models import Candidate
from examserver.people.services import add_candidate
from examserver.registration.models import AdmissionTicket, Offering
from examserver.registration.selectors import offering
from examserver.results.models import Certificate, Release, SubjectResult
from examserver.results.services.certificates import issue_certificate, note_eligible
from examserver.results.states import ResultState
from itembank.models import Paper
from itembank.states import Subject
from tests.registration.applications.people import staff
from tests.registration.catalogue.notices import load

DAY = date(2026, 3, 28)
NOW = datetime(2026, 6, 25, 2, 0, tzinfo=UTC)
P, F = ResultState.PASSED, ResultState.FAILED
SEATS = 9


@dataclass(slots=True)
class Bureau:
    """The exam office with its officer and its clerk, and whoever has sat."""

    officer: Actor = field(default_factory=lambda: staff(Role.OFFICER))
    clerk: Actor = field(default_factory=lambda: staff(Role.CLERK))
    papers: dict[Subject, Paper] = field(default_factory=dict)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        add_room(
            code="R1", name="一号考场", places=[Place(f"A{n}", 1, n, f"key-{n}") for n in range(1, SEATS + 1)]
        )
        for subject in Subject:
            self.papers[subject] = Paper.objects.create(
                code=f"O5-{subject}",
                offering="O5",
                subject=subject,
                title=subject,
                minutes=90,
                pass_mark=60,
                body={},
                policy={},
                sha256="0" * 64,
                frozen_at=NOW,
            )

    def person(self, name: str = "张三丰") -> Candidate:
        """Somebody new."""
        return add_candidate(name=name, id_number=id_number(next(self.numbers)))

    def sat(
        self, who: Candidate, day: date = DAY, *, full: bool = True, **states: ResultState
    ) -> list[SubjectResult]:
        """Released results of a day: `theory=PASSED`, `practical=FAILED`."""
        ticket = AdmissionTicket.objects.create(
            number=f"T{next(self.numbers)}",
            candidate=who,
            offering=self.offering,
            exam_date=day,
            first_time=full,
        )
        exam_day, _ = ExamDay.objects.get_or_create(date=day, defaults={"title": str(day)})
        release = Release.objects.create(
            exam_day=exam_day, released_at=NOW, released_by_id=self.officer.id, counts={}
        )
        return [self._result(ticket, Subject(one), state, release) for one, state in states.items()]

    @property
    def offering(self) -> Offering:
        return offering("O5")

    def _result(
        self, ticket: AdmissionTicket, subject: Subject, state: ResultState, release: Release
    ) -> SubjectResult:
        session, _ = Session.objects.get_or_create(
            exam_day=release.exam_day,
            subject=subject,
            room=Seat.objects.earliest("pk").room,
            defaults={"scheduled_start": NOW, "state": SessionState.CLOSED},
        )
        seat = Seat.objects.exclude(sitting__session=session).earliest("pk")
        sitting = Sitting.objects.create(
            session=session,
            ticket=ticket,
            seat=seat,
            paper=self.papers[subject],
            seed=1,
            state=SittingState.RELEASED,
        )
        points = Decimal(72) if state is P else Decimal(55)
        return SubjectResult.objects.create(
            sitting=sitting,
            state=state,
            points=points,
            of=100,
            pass_mark=60,
            compiled_at=NOW,
            released_at=NOW,
            release=release,
        )

    def eligible(self, name: str = "张三丰") -> Certificate:
        """Somebody who has just passed both subjects on one day."""
        who = self.person(name)
        self.sat(who, theory=P, practical=P)
        note_eligible(now=NOW)
        return Certificate.objects.get(candidate=who)

    def issued(self, name: str = "张三丰") -> Certificate:
        """The same with the certificate issued."""
        return issue_certificate(certificate_id=self.eligible(name).pk, actor=self.officer, now=NOW)


def open_bureau() -> Bureau:
    """The bureau under the notice of 2026."""
    load()
    return Bureau()


def stored(row: Certificate) -> Certificate:
    """The certificate as it is now."""
    return Certificate.objects.get(pk=row.pk)
