"""Sets up exam days: rooms with seats, sessions with their staff, and who sits where."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.delivery.models import ExamDay, Room, Seat, Session, SessionStaff, Sitting
from examserver.delivery.selectors import venue_date
from examserver.kernel.access import NotAllowed
from examserver.registration.selectors import is_first_time
from itembank.selectors import subject_of
from itembank.states import Subject


@dataclass(frozen=True, slots=True)
class Place:
    """A seat to set up: its label, place in the grid, and the key that binds its workstation."""

    label: str
    row: int
    column: int
    key: str


def key_hash(key: str) -> str:
    """What is kept of a workstation's binding key."""
    return hashlib.sha256(key.encode()).hexdigest()


def add_exam_day(*, day: date, title: str) -> ExamDay:
    """A date on which the venue examines."""
    return ExamDay.objects.create(date=day, title=title)


@transaction.atomic
def add_room(*, code: str, name: str, places: Iterable[Place]) -> Room:
    """A room with its seats; a workstation is named after its room and seat."""
    room = Room.objects.create(code=code, name=name)
    for place in places:
        Seat.objects.create(
            room=room,
            label=place.label,
            row=place.row,
            column=place.column,
            workstation=f"{code}-{place.label}",
            key_hash=key_hash(place.key),
        )
    return room


@transaction.atomic
def schedule_session(
    *, exam_day: ExamDay, room: Room, subject: Subject, start: datetime, staff: Iterable[int]
) -> Session:
    """A subject in a room on a day; `same_day_required` when the start is on another date than the day's."""
    if venue_date(start) != exam_day.date:
        raise NotAllowed("same_day_required")
    session = Session.objects.create(exam_day=exam_day, room=room, subject=subject, scheduled_start=start)
    SessionStaff.objects.bulk_create([SessionStaff(session=session, staff_id=one) for one in staff])
    return session


@dataclass(frozen=True, slots=True)
class Placement:
    """Who sits where, before which paper: the keys of ticket and paper, and the seat."""

    ticket_id: int
    seat: Seat
    paper_id: int


@transaction.atomic
def place_candidate(*, session: Session, placement: Placement) -> Sitting:
    """A sitting for the ticket in `session`.

    `same_day_required`: a first-time candidate's other subject lies on another date; `wrong_room`: the seat is
    elsewhere; `wrong_paper`: the paper is of the other subject.
    """
    if placement.seat.room_id != session.room_id:
        raise NotAllowed("wrong_room")
    if subject_of(placement.paper_id) != session.subject:
        raise NotAllowed("wrong_paper")
    others = Sitting.objects.filter(ticket_id=placement.ticket_id).exclude(session__exam_day=session.exam_day)
    if is_first_time(placement.ticket_id) and others.exists():
        raise NotAllowed("same_day_required")
    return Sitting.objects.create(
        session=session,
        ticket_id=placement.ticket_id,
        seat=placement.seat,
        paper_id=placement.paper_id,
        seed=secrets.randbits(48),
    )
