"""Issues admission tickets and their versions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.duties import PLANNERS
from examserver.registration.applications.faults import Fault, Refused
from examserver.registration.applications.states import Origin, Step
from examserver.registration.models import AdmissionTicket, Application, Offering, TicketVersion
from examserver.registration.selectors import bars_on
from examserver.registration.services.announcing import announce_ticket
from examserver.registration.services.bars import Barred
from examserver.registration.services.histories import Deed, take_step
from examserver.registration.services.resit_checks import check_resit_on


@dataclass(frozen=True, slots=True)
class TicketPlace:
    """Where and when a subject is sat; `start` as the ticket prints it, in the venue's time."""

    subject: str
    room: str
    seat: str
    start: str


@transaction.atomic
def issue_ticket(*, candidate_id: int, offering: Offering, exam_date: date, number: str) -> AdmissionTicket:
    """An admission ticket; Barred when a bar covers the exam date."""
    _check_bar(candidate_id, exam_date)
    return AdmissionTicket.objects.create(
        number=number, candidate_id=candidate_id, offering=offering, exam_date=exam_date
    )


def _check_bar(candidate_id: int, exam_date: date) -> None:
    if bar := bars_on(candidate_id, exam_date).first():
        raise Barred(bar.last_day)


def kept_out(application: Application, exam_date: date, today: date) -> tuple[Fault, ...]:
    """Why a batched application cannot be given that day: a bar, or a pass that does not reach it; nothing if it can.

    A planner seats the others: one person never holds up a whole batch.
    """
    try:
        if application.candidate_id is not None:
            _check_bar(application.candidate_id, exam_date)
        check_resit_on(application, exam_date, today)
    except Barred as barred:
        return (Fault("barred", "day", {"until": barred.last_day.isoformat()}),)
    except Refused as refused:
        return tuple(refused.faults)
    return ()


@transaction.atomic
def schedule_application(
    *, application_id: int, exam_date: date, actor: Actor, now: datetime
) -> AdmissionTicket:
    """The ticket of a batched application for a day; for the first time unless it is a resit (REQ-46).

    NotAllowed `role_needed`, `no_candidate`; Barred; Refused `result_expired` for a resit;
    IllegalMove unless it is batched.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("offering")
    application = rows.get(pk=application_id)
    if application.candidate_id is None:
        raise NotAllowed("no_candidate")
    _check_bar(application.candidate_id, exam_date)
    check_resit_on(application, exam_date, now.astimezone(VENUE_ZONE).date())
    facts = {"exam_date": exam_date.isoformat()}
    take_step(application, Step.SCHEDULE, Deed(actor, now, facts=facts))
    return AdmissionTicket.objects.create(
        number=f"{application.offering.code}{exam_date:%y%m%d}{application.pk:06d}",
        candidate_id=application.candidate_id,
        offering=application.offering,
        exam_date=exam_date,
        first_time=application.origin != Origin.RESIT,
        application=application,
    )


@transaction.atomic
def record_version(
    *, ticket: AdmissionTicket, places: Sequence[TicketPlace], reason: str, actor: Actor, now: datetime
) -> TicketVersion:
    """What the ticket says now; the first issue takes the application on to TICKETED, a later one supersedes.

    NotAllowed `role_needed`.
    """
    if actor.kind != "system" and not actor.has(*PLANNERS):
        raise NotAllowed("role_needed")
    last = ticket.versions.order_by("-version").first()
    ticket.version = last.version + 1 if last else 1
    ticket.save(update_fields=["version"])
    if last is None and ticket.application is not None:
        take_step(ticket.application, Step.TICKET, Deed(actor, now))
    version = TicketVersion.objects.create(
        ticket=ticket,
        version=ticket.version,
        places=[asdict(one) for one in places],
        reason=reason.strip()[:200],
        issued_at=now,
        issued_by=str(actor),
    )
    announce_ticket(version, last, now)
    return version
