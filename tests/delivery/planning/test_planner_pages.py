"""The planner's page: a confirmed batch is given a day, and every reason against it is said before anything is done."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from examserver.delivery.models import ExamDay, Room, Session, Sitting
from examserver.delivery.services import scheduling
from examserver.delivery.services.arranging import Arrangement, arrange_day
from examserver.delivery.services.planning import Unseated
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed, Role
from examserver.people.services import add_staff
from examserver.registration.models import AdmissionTicket, Application, Batch
from examserver.registration.services import BarTerm, set_bar
from itembank.states import Subject
from tests.registration.batches.test_batches import MARCH

pytestmark = pytest.mark.django_db


def planner() -> Client:
    browser = Client(headers={"Accept-Language": "zh-hans"})
    roles = [Role.SCHEDULER]
    browser.force_login(add_staff(username="p", display_name="排考", password="a long password", roles=roles))
    return browser


def arrangement(plan: Any, day: date, practical: time = time(13, 30)) -> Arrangement:
    papers = {
        ("O5", Subject.THEORY): plan.theory.papers["O5"],
        ("O5", Subject.PRACTICAL): plan.practical.papers["O5"],
    }
    starts = {Subject.THEORY: time(9), Subject.PRACTICAL: practical}
    return Arrangement(day, "三月", starts, [Room.objects.get(code="P1").pk], papers)


def arranged(planned: Any, day: date, **changes: Any) -> Unseated:
    office, plan, batch = planned
    wanted = arrangement(plan, day, **changes)
    return arrange_day(batch_id=batch.pk, arrangement=wanted, actor=office.clerk, now=MARCH)


@pytest.mark.requirement("REQ-46", partly=True)
@pytest.mark.parametrize(("practical", "refused"), [(time(11, 29), True), (time(11, 30), False)])
def test_an_hour_lies_between_the_subjects(planned: Any, practical: time, refused: bool) -> None:
    if refused:
        with pytest.raises(NotAllowed, match="gap_too_short"):
            arranged(planned, date(2026, 3, 20), practical=practical)
        assert not ExamDay.objects.filter(date=date(2026, 3, 20)).exists()
    else:
        assert arranged(planned, date(2026, 3, 20), practical=practical) == Unseated()


@pytest.mark.requirement("REQ-47")
def test_a_month_has_as_many_sessions_as_its_people_need_and_may_have_none(planned: Any) -> None:
    places = [scheduling.Place(f"C{n:02d}", n // 4, n % 4, f"c-{n}") for n in range(12)]
    small = scheduling.add_room(code="P2", name="三号机房", places=places)
    office, plan, batch = planned
    counts, waiting = [_sessions_of(small)], []
    for number in (16, 17, 18):
        wanted = replace(arrangement(plan, date(2026, 3, number)), rooms=[small.pk])
        left = arrange_day(batch_id=batch.pk, arrangement=wanted, actor=office.clerk, now=MARCH)
        counts.append(_sessions_of(small))
        waiting.append(len(left.left_over))
    assert (counts, waiting) == ([0, 2, 4, 6], [18, 6, 0])
    assert _sessions_of(small, month=4) == 0
    assert AdmissionTicket.objects.filter(application__batch=batch).count() == 30


def _sessions_of(room: Room, month: int = 3) -> int:
    return Session.objects.filter(room=room, exam_day__date__month=month).count()


@pytest.mark.requirement("REQ-41", partly=True)
@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 3, 1), "day_over"), (date(2026, 4, 1), "day_after_last")]
)
def test_the_day_lies_between_today_and_the_last_day_of_the_batch(planned: Any, day: date, code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        arranged(planned, day)


def test_a_room_with_a_session_at_another_time_is_not_taken_twice(planned: Any) -> None:
    with pytest.raises(NotAllowed, match="room_taken"):
        arranged(planned, date(2026, 3, 27))
    assert not AdmissionTicket.objects.filter(application__isnull=False).exists()


def test_a_batch_that_is_not_confirmed_is_not_planned(planned: Any) -> None:
    Batch.objects.update(state="CLOSED")
    with pytest.raises(NotAllowed, match="batch_not_held"):
        arranged(planned, date(2026, 3, 20))


def form(plan: Any, today: date) -> dict[str, Any]:
    """What a planner fills in for nine days from now."""
    return {
        "day": today + timedelta(days=9),
        "title": "考试日",
        "start-theory": "09:00",
        "start-practical": "13:30",
        "room": Room.objects.get(code="P1").pk,
        "paper-O5-theory": plan.theory.papers["O5"],
        "paper-O5-practical": plan.practical.papers["O5"],
    }


@pytest.mark.requirement("REQ-47", "REQ-48", partly=True)
def test_the_page_seats_everybody_and_shows_where(planned: Any) -> None:
    _, plan, batch = planned
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    Batch.objects.update(evaluate_by=today + timedelta(days=30))
    browser = planner()
    assert f"/office/planning/{batch.pk}/" in browser.get("/office/planning/").content.decode()
    data = form(plan, today)
    page = browser.post(f"/office/planning/{batch.pk}/", data, follow=True).content.decode()
    assert page.count("二号机房") == 60
    assert Sitting.objects.filter(session__exam_day__date=data["day"]).count() == 60


@pytest.mark.parametrize(("field", "said"), [("day", "请填写日期"), ("start-theory", "请填写开始时间")])
def test_what_is_missing_is_said(planned: Any, field: str, said: str) -> None:
    data = {"day": "2026-03-20", "start-theory": "09:00", "start-practical": "13:30"}
    data[field] = "x"
    assert said in planner().post(f"/office/planning/{planned[2].pk}/", data).content.decode()


@pytest.mark.requirement("S27", "REQ-89", partly=True)
def test_who_is_barred_is_named_and_the_others_are_seated(planned: Any) -> None:
    _, plan, batch = planned
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    Batch.objects.update(evaluate_by=today + timedelta(days=30))
    who = Application.objects.filter(batch=batch).order_by("pk")[3]
    term = BarTerm(today, today + timedelta(days=40), "三.1", 1)
    set_bar(candidate_id=who.candidate_id or 0, term=term, actor="staff:1", now=clock.now())
    page = planner().post(f"/office/planning/{batch.pk}/", form(plan, today), follow=True).content.decode()
    assert f"{who.name} 未安排：该人员在{term.last_day}之前" in page
    assert AdmissionTicket.objects.filter(application__batch=batch).count() == 29
    assert Application.objects.get(pk=who.pk).state == "BATCHED"
