"""Arranges a day for a batch: the day, its rooms and sessions, and everybody's seat, together or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from examserver.delivery.models import ExamDay, Room, Session
from examserver.delivery.services.planning import DayPlan, Half, Unseated, plan_batch
from examserver.delivery.services.scheduling import schedule_session
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.selectors.batches import held_batch
from itembank.selectors import PaperChoice, papers_for
from itembank.states import Subject

# Requirements, part E: at least an hour between the subjects.
GAP = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a planner decides: day, when the subjects begin, rooms by key, papers by offering and subject."""

    day: date
    title: str
    starts: Mapping[Subject, time]
    rooms: Sequence[int]
    papers: Mapping[tuple[str, Subject], int]


@transaction.atomic
def arrange_day(*, batch_id: int, arrangement: Arrangement, actor: Actor, now: datetime) -> Unseated:
    """Sessions in every room for both subjects, and a seat and a ticket for everybody who may come; who is left.

    NotAllowed `role_needed`, `batch_not_held`, `day_over`, `day_after_last`, `rooms_needed`, `room_taken`,
    `gap_too_short`, and as `plan_batch`.
    """
    if not actor.has(Role.SCHEDULER):
        raise NotAllowed("role_needed")
    _check_day(batch_id, arrangement.day, now)
    _check_gap(arrangement)
    day, _ = ExamDay.objects.get_or_create(date=arrangement.day, defaults={"title": arrangement.title[:80]})
    rooms = list(Room.objects.filter(pk__in=arrangement.rooms).order_by("code"))
    if not rooms:
        raise NotAllowed("rooms_needed")
    halves = [_half(day, rooms, subject, arrangement) for subject in (Subject.THEORY, Subject.PRACTICAL)]
    seed = batch_id
    return plan_batch(batch_id=batch_id, plan=DayPlan(halves[0], halves[1], seed), actor=actor, now=now)


def _check_day(batch_id: int, day: date, now: datetime) -> None:
    batch = held_batch(batch_id)
    if batch is None:
        raise NotAllowed("batch_not_held")
    if day < now.astimezone(VENUE_ZONE).date():
        raise NotAllowed("day_over")
    if batch.evaluate_by is not None and day > batch.evaluate_by:
        raise NotAllowed("day_after_last")


def _check_gap(arrangement: Arrangement) -> None:
    """The longest theory ends an hour before the practical begins."""
    chosen = set(arrangement.papers.values())
    papers: Iterable[PaperChoice] = papers_for({offering for offering, _ in arrangement.papers})
    longest = max(
        (one.minutes for one in papers if one.key in chosen and one.subject == Subject.THEORY), default=0
    )
    begins = datetime.combine(arrangement.day, arrangement.starts[Subject.THEORY])
    ends = begins + timedelta(minutes=longest)
    if datetime.combine(arrangement.day, arrangement.starts[Subject.PRACTICAL]) - ends < GAP:
        raise NotAllowed("gap_too_short")


def _half(day: ExamDay, rooms: Sequence[Room], subject: Subject, arrangement: Arrangement) -> Half:
    start = datetime.combine(day.date, arrangement.starts[subject], VENUE_ZONE)
    papers = {offering: key for (offering, half), key in arrangement.papers.items() if half is subject}
    return Half([_session(day, room, subject, start) for room in rooms], papers)


def _session(day: ExamDay, room: Room, subject: Subject, start: datetime) -> Session:
    """The room's session of the subject at that time, new if there is none; one at another time keeps the room."""
    there = Session.objects.filter(exam_day=day, room=room, subject=subject).first()
    if there is None:
        return schedule_session(exam_day=day, room=room, subject=subject, start=start, staff=())
    if there.scheduled_start != start:
        raise NotAllowed("room_taken")
    return there
