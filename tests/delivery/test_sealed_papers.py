"""The start signal opens the papers of a room, and nothing before it does."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from examserver.delivery.models import Session
from examserver.delivery.selectors import sitting as sitting_by_key
from examserver.delivery.services import sessions, sittings
from examserver.delivery.workstation import cookie_value
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from examserver.people import services as people
from examserver.people.cookies import session_cookie
from itembank.models import PaperOpening
from itembank.sealing import PaperSealed
from itembank.selectors import open_shapes, paper_for_candidate
from tests.delivery.venue import SmallVenue

pytestmark = pytest.mark.django_db


def test_a_paper_is_sealed_until_the_signal_and_open_after_it(venue: SmallVenue, start: datetime) -> None:
    sitting = venue.sitting()
    venue.make_ready(0, start - timedelta(minutes=5))
    with pytest.raises(PaperSealed):
        paper_for_candidate(sitting.paper, sitting.seed)
    assert open_shapes(sitting.paper) == {}
    venue.start(start)
    found = sitting_by_key(sitting.pk)
    assert paper_for_candidate(found.paper, found.seed)["sections"]
    assert open_shapes(found.paper)
    opening = PaperOpening.objects.get()
    assert (opening.opened_at, opening.reason) == (start, f"session:{venue.theory.pk}")
    assert LogEntry.objects.filter(action="paper.opened").count() == 1


def test_a_room_whose_paper_cannot_be_opened_is_not_armed(
    venue: SmallVenue, start: datetime, settings: Settings
) -> None:
    session = Session.objects.get(pk=venue.theory.pk)
    settings.SEAL_KEY = "another"
    with pytest.raises(NotAllowed, match="paper_cannot_be_opened"):
        sessions.arm_session(session=session, actor=venue.invigilators[0], now=start)
    session.refresh_from_db()
    assert session.state == "PREPARING"


def test_a_key_that_is_lost_after_arming_lets_nobody_begin(
    venue: SmallVenue, start: datetime, settings: Settings
) -> None:
    venue.make_ready(0, start)
    session = Session.objects.get(pk=venue.theory.pk)
    for one in venue.invigilators:
        sessions.arrive(session=session, actor=one, now=start)
    sessions.arm_session(session=session, actor=venue.invigilators[0], now=start)
    settings.SEAL_KEY = "another"
    with pytest.raises(NotAllowed, match="paper_cannot_be_opened"):
        sessions.start_session(session=session, actor=venue.invigilators[0], now=start)
    session.refresh_from_db()
    assert (session.state, venue.sitting().state) == ("ARMED", "SEATED")


def page_of(venue: SmallVenue, now: datetime) -> Client:
    """The browser of the first candidate."""
    sitting = venue.sitting()
    opened = people.open_session(
        candidate=sitting.ticket.candidate,
        workstation=sitting.seat.workstation,
        sitting=sitting.pk,
        now=now,
    )
    client = Client()
    client.cookies["candidate"] = session_cookie(opened.pk)
    client.cookies["workstation"] = cookie_value(sitting.seat)
    return client


@pytest.mark.parametrize(
    "damage", ["DELETE FROM itembank_paperopening", "UPDATE itembank_paperopening SET secret = 'AAAA'"]
)
def test_a_candidate_whose_paper_cannot_be_opened_is_told_so_until_it_can(
    venue: SmallVenue, start: datetime, damage: str
) -> None:
    now = clock.now()
    venue.make_ready(0, now)
    venue.start(now)
    kept = PaperOpening.objects.get().secret
    client = page_of(venue, now)
    with connection.cursor() as cursor:
        cursor.execute(damage)
    refused = client.get("/api/exam/paper")
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "paper_cannot_be_opened")
    assert client.get("/api/exam/state").json()["stage"] == "working"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM itembank_paperopening")
    opened = {"opened_at": now, "opened_by": "", "reason": "", "secret": kept}
    PaperOpening.objects.create(paper_id=venue.sitting().paper_id, **opened)
    assert client.get("/api/exam/paper").status_code == 200


def test_a_late_candidate_whose_paper_cannot_be_opened_stays_where_they_are(
    venue: SmallVenue, settings: Settings
) -> None:
    now = clock.now()
    venue.make_ready(1, now)
    venue.start(now)
    staff, sitting = venue.invigilators[0], venue.sitting()
    sittings.admit(sitting=sitting, actor=staff, now=now)
    sittings.take_seat(sitting=venue.sitting(), actor=venue.candidate(), now=now)
    sittings.waive_camera(sitting=venue.sitting(), actor=staff, reason="测试", now=now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM itembank_paperopening")
    settings.SEAL_KEY = "another"
    page = page_of(venue, now).post("/exam/rules/", {"accepted": "on"})
    assert (page.status_code, "试卷打不开" in page.content.decode()) == (409, True)
    assert (venue.sitting().state, venue.sitting().rules_accepted_at) == ("SEATED", None)
