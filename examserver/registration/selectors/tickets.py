"""Reads admission tickets."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from examserver.kernel.access import Actor
from examserver.registration.applications.states import ApplicationState
from examserver.registration.dates.ticket_opening import is_open, opens_on
from examserver.registration.models import AdmissionTicket, Application, TicketVersion
from examserver.registration.selectors.applications import institution_of
from examserver.registration.selectors.catalogue import catalogue_of

# A catalogue lets a ticket be downloaded 60 days before at the most.
AHEAD = timedelta(days=60)
# Of a ticket without an application (REQ-60, REQ-62).
DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A ticket for those whose it is: its newest version once it is open, or the day on which it opens."""

    ticket: AdmissionTicket
    opens_on: date
    newest: TicketVersion | None
    before: TicketVersion | None


def ticket(number: str) -> AdmissionTicket | None:
    """The admission ticket `number`, with its candidate and offering."""
    found = AdmissionTicket.objects.select_related("candidate", "offering")
    return found.filter(number=number.strip().upper()).first()


def is_first_time(ticket_id: int) -> bool:
    """Whether the ticket is for all subjects, and not for the resit of one."""
    return AdmissionTicket.objects.values_list("first_time", flat=True).get(pk=ticket_id)


def ticket_subject(row: AdmissionTicket) -> str:
    """What messages about a ticket are about: its application, where it has one."""
    return f"application:{row.application_id}" if row.application_id else f"ticket:{row.number}"


def cancelled_tickets() -> QuerySet[AdmissionTicket]:
    """The tickets of applications whose qualification was cancelled."""
    return AdmissionTicket.objects.filter(application__state=ApplicationState.QUALIFICATION_CANCELLED)


def batched(batch_id: int) -> list[Application]:
    """Those of a batch who wait for a day, in their order."""
    rows = Application.objects.filter(batch_id=batch_id, state="BATCHED")
    return list(rows.select_related("offering", "institution").order_by("queue_number"))


def planned_tickets(batch_id: int) -> list[OwnTicket]:
    """The tickets of a batch for whoever plans it, with what they say now."""
    rows = AdmissionTicket.objects.filter(application__batch_id=batch_id).prefetch_related("versions")
    related = rows.select_related("candidate", "offering", "application__institution").order_by(
        "exam_date", "number"
    )
    return [_said(one, one.exam_date) for one in related]


def tickets_of(actor: Actor) -> QuerySet[AdmissionTicket]:
    """A candidate's own tickets, or those of an institution's people, once they are issued; nobody else's."""
    issued = AdmissionTicket.objects.filter(versions__isnull=False).distinct()
    if actor.kind == "candidate":
        return issued.filter(candidate_id=actor.id)
    own = institution_of(actor)
    return issued.filter(application__institution=own) if own else issued.none()


def numbers_opened(day: date) -> list[str]:
    """The numbers of the issued tickets that are open on `day`, for exams on it or after it that still have a place.

    Asked every second: of the catalogues each is read once, and of the tickets only what it takes.
    """
    seated = Q(application=None) | Q(application__state="TICKETED")
    rows = AdmissionTicket.objects.filter(seated, versions__version=1, exam_date__range=(day, day + AHEAD))
    found = list(rows.values_list("number", "exam_date", "application__catalogue_version").order_by("pk"))
    days = {code: _days_of(code) for code in {code for _, _, code in found}}
    return [number for number, exam_day, code in found if opens_on(exam_day, days[code]) <= day]


def _days_of(code: str | None) -> int:
    return catalogue_of(code).rules.ticket_days_before if code else DAYS_BEFORE


def ticket_opening(row: AdmissionTicket) -> date:
    """The day from which on the ticket can be downloaded."""
    return opens_on(row.exam_date, _days_before(row))


def _days_before(row: AdmissionTicket) -> int:
    return _days_of(row.application.catalogue_version if row.application else None)


def own_tickets(actor: Actor, now: datetime, number: str = "") -> list[OwnTicket]:
    """The actor's tickets, or the one with that number, the next day first; what they say only once they are open."""
    rows = tickets_of(actor).filter(Q(number=number) if number else Q())
    related = rows.select_related("candidate", "offering", "application", "application__institution")
    return [_own(one, now) for one in related.order_by("exam_date", "number")]


def _own(row: AdmissionTicket, now: datetime) -> OwnTicket:
    days = _days_before(row)
    opens = opens_on(row.exam_date, days)
    if not is_open(row.exam_date, days, now):
        return OwnTicket(row, opens, None, None)
    return _said(row, opens)


def _said(row: AdmissionTicket, opens: date) -> OwnTicket:
    newest, before, *_ = [*sorted(row.versions.all(), key=lambda one: -one.version), None, None]
    return OwnTicket(row, opens, newest, before)
