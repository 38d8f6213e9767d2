"""The office's pages of decisions and the candidate's own: every step by form, and who sees what."""

from datetime import timedelta

import pytest
from django.test import Client

from examserver.invigilation.models import Appeal, Case
from examserver.kernel import clock
from examserver.kernel.access import Actor, Role
from examserver.people.cookies import APPLICANT_COOKIE, applicant_cookie
from examserver.people.models import Candidate
from examserver.people.services.accounts import open_account_for
from tests.invigilation.room import Room, officer
from tests.invigilation.test_appeals import confirmed

LANGUAGES = {"zh-hans": "申诉", "en": "appeal"}


def today(later: int = 0) -> str:
    return (clock.now().astimezone(clock.VENUE_ZONE).date() + timedelta(days=later)).isoformat()


def at_home(who: Candidate) -> Client:
    """The browser of the person at home, signed in to an account of their own."""
    clerk = Actor("staff", 1, frozenset({Role.CLERK}))
    account = open_account_for(
        candidate_id=who.pk,
        email=f"c{who.pk}@example.org",
        password="long-enough-2026",
        actor=clerk,
        now=clock.now(),
    )
    browser = Client()
    browser.cookies[APPLICANT_COOKIE] = applicant_cookie(account.pk, account.stamp)
    return browser


def step(browser: Client, case: Case, name: str, **data: str) -> str:
    answer = browser.post(f"/office/cases/{case.pk}/act/", {"step": name, **data}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def told(room: Room) -> tuple[Case, Client]:
    """A case of which candidate 0 was told today, and the office's browser."""
    case, browser = confirmed(room), room.client(room.officer)
    step(browser, case, "decide", document="认定〔2026〕7 号")
    step(browser, case, "tell", told_by="IN_PERSON", on=today())
    return Case.objects.get(pk=case.pk), browser


@pytest.mark.requirement("S58", "REQ-79", partly=True)
def test_the_candidate_appeals_at_home_and_the_office_takes_the_decision_back(room: Room) -> None:
    case, browser = told(room)
    person = at_home(case.sitting.ticket.candidate)
    own = person.get("/my/decisions/").content.decode()
    assert "认定〔2026〕7 号" in own
    assert "可在申诉期内提出申诉" in own
    person.post(f"/my/decisions/{case.pk}/appeal/", {"grounds": "手机是邻座的"})
    assert "申诉复核中" in person.get("/my/decisions/").content.decode()
    assert "手机是邻座的" in browser.get(f"/office/cases/{case.pk}/").content.decode()
    other = room.client(officer("third"))
    said = step(other, case, "rule", outcome="WITHDRAWN", severity="", note="录像表明是邻座")
    assert "申诉成立，已撤销" in said
    assert "录像表明是邻座" in person.get("/my/decisions/").content.decode()
    assert room.theory().state == "TERMINATED"


def test_nobody_reads_of_a_decision_before_being_told_nor_of_another_persons(room: Room) -> None:
    case = confirmed(room)
    person = at_home(case.sitting.ticket.candidate)
    assert "没有关于您的处理决定" in person.get("/my/decisions/").content.decode()
    assert person.post(f"/my/decisions/{case.pk}/appeal/", {"grounds": "x"}).status_code == 404
    case, _ = told_again(room, case)
    other = at_home(room.theory(1).ticket.candidate)
    assert "没有关于您的处理决定" in other.get("/my/decisions/").content.decode()
    assert other.post(f"/my/decisions/{case.pk}/appeal/", {"grounds": "x"}).status_code == 404
    assert not Appeal.objects.exists()


def told_again(room: Room, case: Case) -> tuple[Case, Client]:
    browser = room.client(room.officer)
    step(browser, case, "decide", document="1")
    step(browser, case, "tell", told_by="LETTER", on=today())
    return case, browser


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tell", {"told_by": "IN_PERSON", "on": "昨天"}, "日期不对"),
        ("tell", {"told_by": "IN_PERSON", "on": today(1)}, "日期不对"),
        ("tell", {"told_by": "PIGEON", "on": today()}, "请选择告知方式"),
        ("rule", {"outcome": "WITHDRAWN", "severity": "", "note": "x"}, "状态已被他人改变"),
        ("rule", {"outcome": "PARDON", "severity": "", "note": "x"}, "请选择复核结论"),
        ("decide", {"document": "2"}, "状态已被他人改变"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    room: Room, name: str, data: dict[str, str], said: str
) -> None:
    case, browser = confirmed(room), room.client(room.officer)
    step(browser, case, "decide", document="1")
    assert said in step(browser, case, name, **data)
    assert Case.objects.get().state == "DECIDED"


@pytest.mark.parametrize("path", ["/office/cases/", "/office/cases/1/"])
def test_the_room_and_the_public_do_not_reach_the_offices_cases(room: Room, path: str) -> None:
    confirmed(room)
    for browser in (room.client(room.first), room.client(room.venue.chief), Client()):
        assert browser.get(path).status_code in (302, 403, 404)
    assert room.client(room.officer).get("/office/cases/99/").status_code == 404
    assert room.client(room.officer).post("/office/cases/1/act/", {"step": "no"}).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_said_in_both_languages(room: Room, language: str) -> None:
    case, browser = told(room)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for path in ("/office/cases/", f"/office/cases/{case.pk}/", "/office/cases/?show=NOTIFIED"):
        page = browser.get(path).content.decode()
        assert "case." not in page.replace("showcase.", "").replace("office_case.", "")
        assert LANGUAGES[language] in page
