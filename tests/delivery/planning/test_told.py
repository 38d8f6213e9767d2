"""Where and when the exam is, is told: when it is planned, when it is changed, and when the ticket opens."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from examserver.delivery.models import Seat, Sitting
from examserver.delivery.services.planning import DayPlan, move_seat
from examserver.kernel.access import NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.notifications.models import Notification
from examserver.notifications.selectors import inbox
from examserver.notifications.words import body
from examserver.registration.models import Application
from examserver.registration.routines import announce_open_tickets
from itembank.states import Subject
from tests.delivery.planning.conftest import DAY, half
from tests.delivery.planning.test_planning import plan_batch, run, scheduling
from tests.registration.applications.people import institution
from tests.registration.batches.test_batches import MARCH

pytestmark = pytest.mark.django_db


def of(event: str) -> list[Notification]:
    return list(Notification.objects.filter(event=event).exclude(candidate=None).order_by("pk"))


@pytest.mark.requirement("REQ-48", "S15")
def test_a_planned_session_is_told_to_everybody_who_sits_in_it(planned: Any) -> None:
    tickets = run(planned)
    told = of("exam.planned")
    assert sorted(one.candidate_id or 0 for one in told) == sorted(one.candidate_id for one in tickets)
    said = body(told[0])
    places = tickets[0].versions.get().places
    assert all(f"{one['start']} {one['room']} {one['seat']}" in said for one in places)
    assert str(tickets[0].exam_date) in said


@pytest.mark.requirement("REQ-48", partly=True)
def test_a_plan_that_failed_has_told_nothing(planned: Any) -> None:
    office, plan, batch = planned
    other = scheduling.add_exam_day(day=DAY + timedelta(days=1), title="另一天")
    late = half(other, plan.theory.sessions[0].room, Subject.PRACTICAL, 13)
    with pytest.raises(NotAllowed, match="same_day_required"):
        plan_batch(batch_id=batch.pk, plan=DayPlan(plan.theory, late, 5), actor=office.clerk, now=MARCH)
    assert of("exam.planned") == []


@pytest.mark.requirement("REQ-43", "S15")
def test_a_new_version_of_a_ticket_is_told_with_the_old_seat_the_new_one_and_the_reason(planned: Any) -> None:
    first = run(planned)[0]
    office, plan, _ = planned
    taken = Sitting.objects.filter(session=plan.theory.sessions[0]).values_list("seat_id", flat=True)
    free = Seat.objects.filter(room__code="P1").exclude(pk__in=taken)[0]
    move_seat(ticket_id=first.pk, seat_id=free.pk, reason="设备检修", actor=office.clerk, now=MARCH)
    [row] = of("exam.changed")
    old, new = (one.places[0]["seat"] for one in first.versions.order_by("version"))
    said = body(row)
    assert (row.candidate_id, row.subject) == (first.candidate_id, f"application:{first.application_id}")
    assert said.index(f"二号机房 {old}") < said.index(f"二号机房 {new}")
    assert "设备检修" in said
    assert "第 2 版" in said


@pytest.mark.requirement("REQ-60", "REQ-62", "S14", partly=True)
def test_the_opening_of_a_ticket_is_told_once_at_midnight_seven_days_before(planned: Any) -> None:
    first = run(planned)[0]
    midnight = datetime.combine(first.exam_date - timedelta(days=7), time(), VENUE_ZONE)
    announce_open_tickets(midnight - timedelta(seconds=1))
    assert of("ticket.open") == []
    for seconds in (0, 1, 86_400):
        announce_open_tickets(midnight + timedelta(seconds=seconds))
    assert len(of("ticket.open")) == 30
    assert {one.created_at for one in of("ticket.open")} == {midnight}


def test_of_a_day_that_is_over_no_ticket_opens(planned: Any) -> None:
    first = run(planned)[0]
    announce_open_tickets(datetime.combine(first.exam_date + timedelta(days=1), time(), VENUE_ZONE))
    assert of("ticket.open") == []


@pytest.mark.requirement("REQ-60", partly=True)
def test_an_institution_is_told_of_its_people_together(planned: Any) -> None:
    school, member = institution("S9")
    keys = list(Application.objects.order_by("pk").values_list("pk", flat=True)[:5])
    Application.objects.filter(pk__in=keys).update(institution=school, channel="GROUP")
    first = run(planned)[0]
    announce_open_tickets(datetime.combine(first.exam_date, time(), VENUE_ZONE))
    assert [(one.event, one.people) for one in inbox(member)] == [("ticket.open", 5), ("exam.planned", 5)]
