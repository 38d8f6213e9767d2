"""Changes offerings, tickets and bars."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.registration.models import AdmissionTicket, Bar, Offering
from examserver.registration.selectors import bars_on


class Barred(Exception):
    """The candidate may not take part on that day; `last_day` is the last barred one."""

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day.isoformat())
        self.last_day = last_day


@dataclass(frozen=True, slots=True)
class BarTerm:
    """Which days a confirmed case takes from a person, under which clause."""

    first_day: date
    last_day: date
    clause: str
    case: int


def add_offering(*, code: str, name: str, name_en: str, level: int) -> Offering:
    """A new offering."""
    return Offering.objects.create(code=code, name=name, name_en=name_en, level=level)


@transaction.atomic
def issue_ticket(*, candidate_id: int, offering: Offering, exam_date: date, number: str) -> AdmissionTicket:
    """An admission ticket; Barred when a bar covers the exam date."""
    if bar := bars_on(candidate_id, exam_date).first():
        raise Barred(bar.last_day)
    return AdmissionTicket.objects.create(
        number=number, candidate_id=candidate_id, offering=offering, exam_date=exam_date
    )


@transaction.atomic
def set_bar(*, candidate_id: int, term: BarTerm, actor: str, now: datetime) -> Bar:
    """Keep the candidate out for `term`; once for a case."""
    bar, created = Bar.objects.get_or_create(
        case=term.case,
        defaults={
            "candidate_id": candidate_id,
            "first_day": term.first_day,
            "last_day": term.last_day,
            "clause": term.clause,
        },
    )
    if created:
        data = {"first_day": str(term.first_day), "last_day": str(term.last_day), "case": term.case}
        audit.record(audit.Act("registration", "bar.set", f"candidate:{candidate_id}", actor, data), now)
    return bar
