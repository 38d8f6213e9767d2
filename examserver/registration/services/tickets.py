"""Issues admission tickets."""

from datetime import date

from django.db import transaction

from examserver.registration.models import AdmissionTicket, Offering
from examserver.registration.selectors import bars_on
from examserver.registration.services.bars import Barred


@transaction.atomic
def issue_ticket(*, candidate_id: int, offering: Offering, exam_date: date, number: str) -> AdmissionTicket:
    """An admission ticket; Barred when a bar covers the exam date."""
    if bar := bars_on(candidate_id, exam_date).first():
        raise Barred(bar.last_day)
    return AdmissionTicket.objects.create(
        number=number, candidate_id=candidate_id, offering=offering, exam_date=exam_date
    )
