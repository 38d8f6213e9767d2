"""What a released subject came to is told here, so that resits and later applications know it."""

from datetime import date, datetime

from django.db import transaction

from examserver.kernel.access import SYSTEM
from examserver.registration.applications.faults import Fault, refuse_any
from examserver.registration.applications.states import ApplicationState, Step
from examserver.registration.models import AdmissionTicket, Application, SubjectOutcome
from examserver.registration.resits.values import Forfeiture, Outcome
from examserver.registration.selectors.outcomes import given_up
from examserver.registration.services.announcing import announce_resit
from examserver.registration.services.histories import Deed, take_step
from itembank.states import Subject


@transaction.atomic
def record_outcome(*, ticket_id: int, subject: Subject, outcome: Outcome, now: datetime) -> None:
    """A subject of the ticket was released, or is another by now. With its last one the application is completed."""
    SubjectOutcome.objects.update_or_create(
        ticket_id=ticket_id, subject=subject, defaults={"outcome": outcome, "told_at": now}
    )
    application_id = AdmissionTicket.objects.values_list("application_id", flat=True).get(pk=ticket_id)
    rows = Application.objects.select_for_update(of=("self",))
    application = rows.filter(pk=application_id, state=ApplicationState.TICKETED).first()
    told = set(SubjectOutcome.objects.filter(ticket_id=ticket_id).values_list("subject", flat=True))
    if application is not None and application.subject_set <= told:
        take_step(application, Step.COMPLETE, Deed(SYSTEM, now))
    announce_resit(ticket_id, now)


def forfeit(application: Application, day: date) -> dict[str, list[int]]:
    """Mark the passes that the approval of `application` gives up; the facts for its history (REQ-71).

    In the caller's transaction. Refused `consent_missing`: nobody loses a pass unawares.
    """
    found = given_up(application, day)
    refuse_any(one for one in found if isinstance(one, Fault))
    keys = [key for one in found if isinstance(one, Forfeiture) for key in one.ids]
    SubjectOutcome.objects.filter(pk__in=keys, forfeited_by=None).update(forfeited_by=application)
    return {"forfeited": keys} if keys else {}
