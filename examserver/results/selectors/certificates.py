"""Reads certificates: who may be issued one, lists for collecting, what the look-ups must be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from examserver.kernel.access import SYSTEM
from examserver.registration.applications.states import DEAD
from examserver.registration.selectors.applications import visible_to
from examserver.registration.selectors.catalogue import catalogue_in_force
from examserver.results.certificates.completing import Complete, Pass, completed
from examserver.results.certificates.states import LIVE, VALID, CertificateState, EntryState
from examserver.results.models import Certificate, SubjectResult, Withdrawal
from examserver.results.states import ResultState
from itembank.states import Subject

RELATED = ("candidate", "offering", "institution", "theory", "practical")
_DECOY_NAME, _DECOY_NUMBER = "某某某", "11010519491231002X"


def certificates() -> QuerySet[Certificate]:
    """Every certificate with what it is about."""
    return Certificate.objects.select_related(*RELATED).order_by("pk")


def eligible() -> QuerySet[Certificate]:
    """Those that wait to be issued."""
    return certificates().filter(state=CertificateState.ELIGIBLE)


def to_collect(institution_id: int | None) -> QuerySet[Certificate]:
    """Issued and not collected: of an institution's people, or of those who applied for themselves (None)."""
    issued = certificates().filter(state=CertificateState.ISSUED)
    own = Q(institution=None) if institution_id is None else Q(institution_id=institution_id)
    return issued.filter(own)


def undeclared() -> QuerySet[Certificate]:
    """Those that fell with a result, whose decision an officer has to enter."""
    return certificates().filter(revocation__declared_by="")


def open_withdrawals() -> QuerySet[Withdrawal]:
    """What the official look-ups have not forgotten yet, the oldest first."""
    return Withdrawal.objects.select_related("certificate").filter(done_at=None).order_by("queued_at", "pk")


def to_upload() -> QuerySet[Certificate]:
    """Valid certificates that the official look-ups do not know yet."""
    return certificates().filter(state__in=VALID, entry=EntryState.PENDING)


def fallen() -> QuerySet[Certificate]:
    """Live certificates of which a subject is no longer passed."""
    still = Q(theory__state=ResultState.PASSED, practical__state=ResultState.PASSED)
    return certificates().filter(state__in=LIVE).exclude(still)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an offering: whose passes are put together."""

    candidate: int
    offering: int
    level: int


def people_of(results: Iterable[SubjectResult]) -> list[Person]:
    """Whose results these are, each once."""
    tickets = [one.sitting.ticket for one in results]
    return sorted(
        {Person(one.candidate_id, one.offering_id, one.offering.level) for one in tickets},
        key=lambda one: (one.candidate, one.offering),
    )


def completed_by(person: Person) -> Complete | None:
    """The pair of passes by which the person has completed the offering; None while a subject is missing."""
    passes = _passes(person)
    if {one.subject for one in passes} != set(Subject):
        return None
    last = max(one.day for one in passes)
    alone = len({one.ticket for one in passes}) == 1
    return completed(passes, _full_days(person), 0 if alone else _years(person.level, last))


def _passes(person: Person) -> list[Pass]:
    rows = SubjectResult.objects.select_related("sitting__session__exam_day", "sitting__ticket").filter(
        state=ResultState.PASSED,
        released_at__isnull=False,
        sitting__ticket__candidate_id=person.candidate,
        sitting__ticket__offering_id=person.offering,
    )
    return [
        Pass(
            one.pk,
            Subject(one.sitting.session.subject),
            one.sitting.session.exam_day.date,
            one.sitting.ticket_id,
            one.sitting.ticket.first_time,
        )
        for one in rows
    ]


def _full_days(person: Person) -> set[date]:
    """The days of the person's tickets for all subjects of the offering, as far as they were sat."""
    rows = SubjectResult.objects.filter(
        sitting__ticket__candidate_id=person.candidate,
        sitting__ticket__offering_id=person.offering,
        sitting__ticket__first_time=True,
    )
    return set(rows.values_list("sitting__ticket__exam_date", flat=True))


def _years(level: int, day: date) -> int:
    """For how long a pass of the level is kept, by the catalogue of the day; Refused `no_catalogue`."""
    found = catalogue_in_force(day).catalogue.level(level)
    return found.validity_years if found else 0


def institution_for(person: Person) -> int | None:
    """The institution that the person last applied through; None for who applied for themselves."""
    rows = visible_to(SYSTEM).filter(candidate_id=person.candidate, offering_id=person.offering)
    live = rows.exclude(state__in=sorted(DEAD)).order_by("-submitted_at", "-pk")
    return live.values_list("institution_id", flat=True).first()
