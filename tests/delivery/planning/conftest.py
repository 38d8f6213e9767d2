"""What the tests of planning share: a confirmed batch of thirty, and a day with a room and papers."""

from datetime import date, datetime, time, timedelta

import pytest

from examserver.delivery.models import ExamDay, Room, Sitting
from examserver.delivery.services import scheduling
from examserver.delivery.services.planning import DayPlan, Half
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.models import Batch
from examserver.registration.services.batches import SeenBatch, close_batch, confirm_batch
from itembank.states import Subject
from tests.delivery.venue import SmallVenue
from tests.registration.applications.people import Office
from tests.registration.batches.test_batches import MARCH, paid
from tests.registration.catalogue.notices import load

DAY = date(2026, 3, 28)


@pytest.fixture
def planned(venue: SmallVenue) -> tuple[Office, DayPlan, Batch]:
    """A confirmed batch of thirty, and another day with a room of 32 seats and the papers of the small venue."""
    load()
    office = Office()
    paid(30, date(2026, 2, 20), first=100)
    batch = Batch.objects.get()
    closed = close_batch(seen=SeenBatch(batch.pk, batch.version), actor=office.clerk, now=MARCH)
    confirm_batch(seen=SeenBatch(batch.pk, closed.version), actor=office.clerk, now=MARCH)
    places = [scheduling.Place(f"B{n:02d}", n // 8, n % 8, f"key-{n}") for n in range(32)]
    room = scheduling.add_room(code="P1", name="二号机房", places=places)
    day = scheduling.add_exam_day(day=DAY - timedelta(days=1), title="三月")
    halves = [
        half(day, room, subject, start) for subject, start in ((Subject.THEORY, 9), (Subject.PRACTICAL, 13))
    ]
    return office, DayPlan(halves[0], halves[1], 5), batch


def half(day: ExamDay, room: Room, subject: Subject, hour: int) -> Half:
    start = datetime.combine(day.date, time(hour), VENUE_ZONE)
    session = scheduling.schedule_session(exam_day=day, room=room, subject=subject, start=start, staff=[])
    paper = Sitting.objects.filter(session__subject=subject).values_list("paper_id", flat=True)[0]
    return Half([session], {"O5": paper})
