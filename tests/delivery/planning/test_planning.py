"""A batch onto a day: seats, sittings and tickets together; a ticket opens a week before, and to those whose it is."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from examserver.delivery.models import Seat, Session, Sitting
from examserver.delivery.services import planning, scheduling
from examserver.delivery.services.planning import DayPlan, Half, Unseated, move_seat, plan_batch
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.people.cookies import APPLICANT_COOKIE, applicant_cookie
from examserver.people.models import Account, Candidate, Staff
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import AdmissionTicket, Application, Batch
from examserver.registration.printing import shown
from examserver.registration.selectors.tickets import own_tickets, ticket
from itembank.states import Subject
from tests.delivery.planning.conftest import DAY, half
from tests.registration.applications.people import Office, institution
from tests.registration.batches.test_batches import MARCH

pytestmark = pytest.mark.django_db


def run(planned: tuple[Office, DayPlan, Batch]) -> list[AdmissionTicket]:
    office, plan, batch = planned
    assert plan_batch(batch_id=batch.pk, plan=plan, actor=office.clerk, now=MARCH) == Unseated()
    return list(AdmissionTicket.objects.filter(application__batch=batch).order_by("number"))


@pytest.mark.requirement("REQ-46", "REQ-48", partly=True)
def test_everybody_of_a_batch_has_a_seat_in_both_subjects_of_one_day_and_a_ticket(planned: Any) -> None:
    tickets = run(planned)
    assert len(tickets) == 30
    seats = Sitting.objects.filter(ticket__in=tickets)
    assert seats.count() == 60
    assert seats.values_list("session_id", "seat_id").distinct().count() == 60
    assert all(one.first_time and one.version == 1 for one in tickets)
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.TICKETED}


@pytest.mark.requirement("S13", "REQ-46")
def test_subjects_on_two_days_are_refused_and_nothing_is_half_done(planned: Any) -> None:
    office, plan, batch = planned
    other = scheduling.add_exam_day(day=DAY + timedelta(days=1), title="另一天")
    late = half(other, plan.theory.sessions[0].room, Subject.PRACTICAL, 13)
    with pytest.raises(NotAllowed, match="same_day_required"):
        plan_batch(batch_id=batch.pk, plan=DayPlan(plan.theory, late, 5), actor=office.clerk, now=MARCH)
    assert not AdmissionTicket.objects.filter(application__isnull=False).exists()


def test_only_a_planner_plans(planned: Any) -> None:
    _, plan, batch = planned
    with pytest.raises(NotAllowed, match="role_needed"):
        plan_batch(batch_id=batch.pk, plan=plan, actor=Actor("staff", 1, frozenset({Role.CLERK})), now=MARCH)


def test_a_second_planner_finds_nobody_left_to_seat(planned: Any) -> None:
    run(planned)
    office, plan, batch = planned
    assert plan_batch(batch_id=batch.pk, plan=plan, actor=office.clerk, now=MARCH) == Unseated()
    assert Sitting.objects.filter(session=plan.theory.sessions[0]).count() == 30


@pytest.mark.requirement("REQ-43", "S15")
def test_another_seat_is_another_version_and_the_old_number_still_finds_the_candidate(planned: Any) -> None:
    first = run(planned)[0]
    office, plan, _ = planned
    taken = Sitting.objects.filter(session=plan.theory.sessions[0]).values_list("seat_id", flat=True)
    other = taken.exclude(ticket=first)[0]
    free = Seat.objects.filter(room__code="P1").exclude(pk__in=taken)[0]
    with pytest.raises(NotAllowed, match="seat_taken"):
        move_seat(ticket_id=first.pk, seat_id=other, reason="x", actor=office.clerk, now=MARCH)
    move_seat(ticket_id=first.pk, seat_id=free.pk, reason="设备检修", actor=office.clerk, now=MARCH)
    found = ticket(first.number)
    assert found is not None
    assert (found.pk, found.version) == (first.pk, 2)
    [own] = own_tickets(Actor("candidate", first.candidate_id, frozenset()), MARCH + timedelta(days=24))
    assert own.newest is not None
    assert own.before is not None
    assert own.newest.places[0]["seat"] == free.label != own.before.places[0]["seat"]


@pytest.mark.requirement("REQ-60", "REQ-62", "S14")
def test_a_ticket_opens_seven_days_before_at_midnight_and_not_a_second_earlier(planned: Any) -> None:
    first = run(planned)[0]
    actor = Actor("candidate", first.candidate_id, frozenset())
    midnight = datetime.combine(first.exam_date - timedelta(days=7), time(), VENUE_ZONE)
    early, late = (own_tickets(actor, midnight - timedelta(seconds=n))[0] for n in (1, 0))
    assert (early.newest, early.opens_on) == (None, midnight.date())
    assert late.newest is not None


@pytest.mark.requirement("REQ-60", "REQ-61", "S14")
def test_nobody_sees_another_ticket_and_before_its_day_only_the_day_is_told(planned: Any) -> None:
    tickets = run(planned)
    AdmissionTicket.objects.filter(pk=tickets[0].pk).update(
        exam_date=datetime.now(UTC).date() + timedelta(days=30)
    )
    browser = signed_in(tickets[0].candidate)
    closed = browser.get(f"/tickets/{tickets[0].number}/")
    assert closed.status_code == 403
    assert "svg" not in closed.content.decode().split("<main")[1]
    assert browser.get(f"/tickets/{tickets[1].number}/").status_code == 404
    AdmissionTicket.objects.filter(pk=tickets[0].pk).update(exam_date=DAY)
    page = browser.get(f"/tickets/{tickets[0].number}/").content.decode()
    assert "<svg" in page
    assert "二号机房" in page


def signed_in(candidate: Candidate) -> Client:
    account = Account.objects.create(
        candidate=candidate, email=f"{candidate.pk}@example.org", password="!", opened_at=MARCH
    )
    browser = Client(headers={"Accept-Language": "zh-hans"})
    browser.cookies[APPLICANT_COOKIE] = applicant_cookie(account.pk, account.stamp)
    return browser


def test_rooms_must_be_the_same_for_both_subjects(planned: Any) -> None:
    office, plan, batch = planned
    other = Session.objects.exclude(room__code="P1").filter(exam_day__date=DAY).first()
    with pytest.raises(NotAllowed, match=r"same_(day|rooms)_required"):
        planning.plan_batch(
            batch_id=batch.pk,
            plan=DayPlan(plan.theory, Half([other], plan.practical.papers), 1),
            actor=office.clerk,
            now=MARCH,
        )


@pytest.mark.requirement("REQ-61", "REQ-62", "S14", partly=True)
def test_a_ticket_is_a_pdf_with_its_font_in_it_and_none_before_its_day(planned: Any) -> None:
    tickets = run(planned)
    browser = signed_in(tickets[0].candidate)
    data = browser.get(f"/tickets/{tickets[0].number}/pdf/").content
    assert data.startswith(b"%PDF-")
    assert b"/FontFile2" in data
    assert b"/ToUnicode" in data
    assert browser.get(f"/tickets/{tickets[1].number}/pdf/").status_code == 404
    later = datetime.now(UTC).date() + timedelta(days=30)
    AdmissionTicket.objects.filter(pk=tickets[0].pk).update(exam_date=later)
    assert browser.get(f"/tickets/{tickets[0].number}/pdf/").status_code == 404


@pytest.mark.requirement("REQ-61")
def test_an_institution_has_all_of_its_people_in_one_file_and_nobody_elses(planned: Any) -> None:
    tickets = run(planned)
    school, member = institution("S9")
    Application.objects.filter(ticket__in=tickets[:3]).update(institution=school, channel="GROUP")
    browser = Client(headers={"Accept-Language": "zh-hans"})
    browser.force_login(Staff.objects.get(pk=member.id))
    data = browser.get("/tickets/pdf/").content
    assert data.count(b"/Type /Page\n") == 3
    assert browser.get(f"/tickets/{tickets[3].number}/").status_code == 404


def test_a_character_that_the_font_lacks_is_named() -> None:
    assert shown("张三") == "张三"
    assert shown("\U000e0001") == "[U+E0001]"
