"""Plans a batch onto a day: seats, sittings and tickets together or not at all; and moves a seat afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from examserver.delivery.models import Seat, Session, Sitting
from examserver.delivery.planning.allotment import Person, Place, allot
from examserver.delivery.services.scheduling import Placement, place_candidate
from examserver.delivery.states import SittingState
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.faults import Fault
from examserver.registration.selectors.tickets import batched
from examserver.registration.services.tickets import (
    TicketPlace,
    kept_out,
    record_version,
    schedule_application,
)
from itembank.states import Subject

if TYPE_CHECKING:
    from examserver.registration.models import AdmissionTicket


@dataclass(frozen=True, slots=True)
class Half:
    """A subject's sessions on the day, one a room, and the paper of each offering by its code."""

    sessions: Sequence[Session]
    papers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Both halves of a day, in the same rooms, and the seed of the allotment."""

    theory: Half
    practical: Half
    seed: int


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Somebody who cannot be examined on the day, and why."""

    application: int
    name: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Unseated:
    """Who still waits for a day after a plan: the keys of those for whom there was no seat, and who is kept out."""

    left_over: tuple[int, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()


@transaction.atomic
def plan_batch(*, batch_id: int, plan: DayPlan, actor: Actor, now: datetime) -> Unseated:
    """Seat everybody of a batch who waits for a day and may be examined on it; who is left, and why.

    NotAllowed `role_needed`, `same_day_required`, `same_rooms_required`, `paper_needed`.
    """
    _check(plan, actor)
    day, today = plan.theory.sessions[0].exam_day.date, now.astimezone(VENUE_ZONE).date()
    waiting = batched(batch_id)
    judged = [KeptOut(one.pk, one.name, kept_out(one, day, today)) for one in waiting]
    refused = tuple(one for one in judged if one.faults)
    out = {one.application for one in refused}
    people = [one for one in waiting if one.pk not in out]
    seats = _free_seats(plan)
    found = allot(
        [Person(one.pk, one.institution.code if one.institution else "") for one in people],
        [Place(seat.pk, seat.room.code, seat.row, seat.column) for seat in seats.values()],
        plan.seed,
    )
    for one in people:
        if one.pk in found.seats:
            ticket = schedule_application(application_id=one.pk, exam_date=day, actor=actor, now=now)
            _seat(ticket, seats[found.seats[one.pk]], plan)
            issue(ticket=ticket, reason="", actor=actor, now=now)
    return Unseated(found.left_over, refused)


def _check(plan: DayPlan, actor: Actor) -> None:
    if not actor.has(Role.SCHEDULER):
        raise NotAllowed("role_needed")
    days = {session.exam_day_id for half in (plan.theory, plan.practical) for session in half.sessions}
    if len(days) != 1:
        raise NotAllowed("same_day_required")
    rooms = [{session.room_id for session in half.sessions} for half in (plan.theory, plan.practical)]
    if rooms[0] != rooms[1]:
        raise NotAllowed("same_rooms_required")


def _free_seats(plan: DayPlan) -> dict[int, Seat]:
    sessions = [*plan.theory.sessions, *plan.practical.sessions]
    taken = set(Sitting.objects.filter(session__in=sessions).values_list("seat_id", flat=True))
    rooms = {session.room_id for session in sessions}
    rows = Seat.objects.filter(room_id__in=rooms).select_related("room")
    return {seat.pk: seat for seat in rows if seat.pk not in taken}


def _seat(ticket: "AdmissionTicket", seat: Seat, plan: DayPlan) -> None:
    """Everything that is applied for: both subjects the first time, in a resit those that were failed (S49)."""
    wanted = ticket.application.subject_set if ticket.application else frozenset(Subject)
    for subject, half in ((Subject.THEORY, plan.theory), (Subject.PRACTICAL, plan.practical)):
        if subject not in wanted:
            continue
        session = next(one for one in half.sessions if one.room_id == seat.room_id)
        paper = half.papers.get(ticket.offering.code)
        if paper is None:
            raise NotAllowed("paper_needed")
        place_candidate(session=session, placement=Placement(ticket.pk, seat, paper))


def issue(*, ticket: "AdmissionTicket", reason: str, actor: Actor, now: datetime) -> None:
    """A version of the ticket that says where its sittings are now."""
    rows = Sitting.objects.filter(ticket_id=ticket.pk).select_related("session", "seat__room")
    places = [
        TicketPlace(
            Subject(one.session.subject).value,
            one.seat.room.name,
            one.seat.label,
            one.session.scheduled_start.astimezone(VENUE_ZONE).strftime("%Y-%m-%d %H:%M"),
        )
        for one in rows.order_by("session__scheduled_start")
    ]
    record_version(ticket=ticket, places=places, reason=reason, actor=actor, now=now)


@transaction.atomic
def move_seat(*, ticket_id: int, seat_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Another seat of the same room for all that is still expected of a ticket; the ticket gets a new version (REQ-43).

    NotAllowed `role_needed`, `seat_taken`, `wrong_room`, `begun_already`, `reason_needed`.
    """
    if not actor.has(Role.SCHEDULER):
        raise NotAllowed("role_needed")
    if not reason.strip():
        raise NotAllowed("reason_needed")
    rows = list(
        Sitting.objects.select_for_update(of=("self",))
        .filter(ticket_id=ticket_id)
        .select_related("session", "ticket")
    )
    seat = Seat.objects.get(pk=seat_id)
    if any(one.state != SittingState.EXPECTED for one in rows) or not rows:
        raise NotAllowed("begun_already")
    if any(one.session.room_id != seat.room_id for one in rows):
        raise NotAllowed("wrong_room")
    others = Sitting.objects.filter(session__in=[one.session_id for one in rows], seat=seat)
    if others.exclude(ticket_id=ticket_id).exists():
        raise NotAllowed("seat_taken")
    for one in rows:
        one.seat = seat
        one.save(update_fields=["seat"])
    issue(ticket=rows[0].ticket, reason=reason, actor=actor, now=now)
