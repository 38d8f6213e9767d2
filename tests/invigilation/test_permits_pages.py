"""What a paper allows is said to the candidate before the start, in the reader's language, and with the tasks."""

from pathlib import Path

import pytest
from django.test import Client

from examserver.delivery import pages
from examserver.delivery.models import Sitting
from examserver.delivery.services import admission, closing, sittings
from examserver.people.cookies import COOKIE, session_cookie
from examserver.people.selectors import candidate_actor
from itembank.states import Subject
from tests.invigilation.room import Room
from tests.itembank.builders import practical_paper


def seated(room: Room) -> Client:
    """Candidate 0 before the rules of the practical, in a browser that is bound to the seat."""
    venue, sitting = room.venue, room.practical()
    closing.close_overdue(now=room.at(95))
    sittings.admit(sitting=sitting, actor=room.first, now=room.at(235))
    sittings.take_seat(sitting=room.practical(), actor=venue.candidate(), now=room.at(236))
    typed = admission.Credentials(sitting.ticket.number, venue.people[0].id_number[-6:])
    actor = candidate_actor(admission.sign_in(credentials=typed, seat=sitting.seat, now=room.at(236)))
    client = Client()
    client.get(f"/seat/{sitting.seat.workstation}/{venue.keys[0]}/")
    client.cookies[COOKIE] = session_cookie(actor.session)
    return client


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "本场评价允许使用：手机、书籍或笔记"),
        ("en", "You may use in this sitting: a phone, books or notes"),
    ],
)
def test_the_rules_page_says_what_the_paper_allows(
    room: Room, tmp_path: Path, language: str, words: str
) -> None:
    paper = practical_paper(tmp_path, equipment=["PHONE", "BOOK_NOTES"])
    Sitting.objects.filter(pk=room.practical().pk).update(paper=paper)
    page = seated(room).get("/exam/", headers={"Accept-Language": language}).content.decode()
    assert words in page
    assert pages.paper(room.venue.sitting(0, Subject.PRACTICAL))["equipment"] == ["PHONE", "BOOK_NOTES"]


def test_a_paper_that_allows_nothing_says_nothing(room: Room) -> None:
    page = seated(room).get("/exam/").content.decode()
    assert "commitment" in page
    assert 'id="equipment"' not in page
