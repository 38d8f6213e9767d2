"""Reads admission tickets."""

from examserver.registration.models import AdmissionTicket


def ticket(number: str) -> AdmissionTicket | None:
    """The admission ticket `number`, with its candidate and offering."""
    found = AdmissionTicket.objects.select_related("candidate", "offering")
    return found.filter(number=number.strip().upper()).first()


def is_first_time(ticket_id: int) -> bool:
    """Whether the ticket is for all subjects, and not for the resit of one."""
    return AdmissionTicket.objects.values_list("first_time", flat=True).get(pk=ticket_id)
