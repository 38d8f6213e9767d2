"""Loads the whole demo venue into an empty database."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from examserver.delivery.selectors import venue_date
from examserver.delivery.services import scheduling
from examserver.demo.bank import TRIAL
from examserver.demo.invented import people
from examserver.demo.past import hold, hold_yesterday
from examserver.demo.photograph import take_photograph
from examserver.demo.plan import DemoPlan, RoomPlan
from examserver.demo.venue import PHOTO, Expected, add_notice, add_papers, add_staff, furnish, place, schedule
from examserver.kernel.access import Role
from examserver.people.selectors import staff_with
from itembank.states import Subject

# How long ago the theory began of the room that sits its practical now.
MORNING = timedelta(minutes=100)
SCENES = (
    "person",
    "person",
    "person_then_empty",
    "person",
    "person",
    "person_then_phone",
    "person",
    "covered_later",
)


@transaction.atomic
def load(now: datetime) -> DemoPlan:
    """Everything, into an empty database; returns what people need to know to take part."""
    take_photograph(Path(settings.PHOTO_DIR) / PHOTO)
    accounts = add_staff()
    papers = add_papers(now)
    add_notice(now)
    staff = staff_with(Role.INVIGILATOR)
    invented = people()
    today = scheduling.add_exam_day(day=venue_date(now), title="演示考试日")
    theory_room = schedule(today, furnish("R1", "一号考场", 18), papers["O5"], staff)
    practical_room = schedule(today, furnish("R2", "二号考场", 6), papers["O1"], staff)
    first = [
        place(theory_room, index, next(invented), Expected(SCENES[index % len(SCENES)], simulated=index > 1))[
            0
        ]
        for index in range(14)
    ]
    trial_room = schedule(today, furnish("R4", "四号考场（全题型体验）", 6), papers[TRIAL], staff)
    trial = [place(trial_room, index, next(invented), Expected("person", False))[0] for index in range(2)]
    second = [place(practical_room, index, next(invented), Expected("person", True)) for index in range(4)]
    hold(practical_room.theory, now - MORNING)
    yesterday = scheduling.add_exam_day(day=venue_date(now) - timedelta(days=1), title="演示考试日（前一天）")
    hold_yesterday(schedule(yesterday, furnish("R3", "三号考场", 6), papers["O5"], staff), invented)
    return DemoPlan(
        accounts,
        [
            RoomPlan(theory_room.theory.pk, "R1", Subject.THEORY, first),
            RoomPlan(practical_room.practical.pk, "R2", Subject.PRACTICAL, [both[1] for both in second]),
            RoomPlan(trial_room.theory.pk, "R4", Subject.THEORY, trial),
        ],
    )
