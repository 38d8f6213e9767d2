"""Reads offerings, tickets and bars."""

from datetime import date

from django.db.models import QuerySet

from examserver.registration.models import AdmissionTicket, Bar, Offering


def ticket(number: str) -> AdmissionTicket | None:
    """The admission ticket `number`, with its candidate and offering."""
    found = AdmissionTicket.objects.select_related("candidate", "offering")
    return found.filter(number=number.strip().upper()).first()


def is_first_time(ticket_id: int) -> bool:
    """Whether the ticket is for all subjects, and not for the resit of one."""
    return AdmissionTicket.objects.values_list("first_time", flat=True).get(pk=ticket_id)


def offering(code: str) -> Offering:
    """The offering `code`."""
    return Offering.objects.get(code=code)


def bars_on(candidate_id: int, day: date) -> QuerySet[Bar]:
    """The bars that keep the candidate out on `day`; first and last day are both barred."""
    return Bar.objects.filter(
        candidate_id=candidate_id, first_day__lte=day, last_day__gte=day, lifted_at=None
    )
