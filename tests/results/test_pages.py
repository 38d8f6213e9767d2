"""The office's pages and the look-up: nothing before the release, nothing of another, not too often."""

import pytest
from django.test import Client

from examserver.delivery.models import ExamDay, Sitting
from examserver.delivery.selectors import sitting as sitting_of
from examserver.invigilation.services.cases import NewCase, confirm_case, propose_case
from examserver.kernel.access import Actor
from examserver.results.models import Release
from examserver.results.selectors.days import release_plan
from examserver.results.services.releasing import release_results
from itembank.states import Subject
from tests.results.conftest import Both, settle
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue

CHINESE = {"headers": {"Accept-Language": "zh-hans"}}


def office(officer: Actor) -> Client:
    client = Client(**CHINESE)
    client.force_login(made.user(officer))
    return client


def look_up(sitting: Sitting, tail: str = "", address: str = "10.0.0.1") -> tuple[int, str]:
    candidate = sitting.ticket.candidate
    form = {"ticket": sitting.ticket.number, "id_tail": tail or candidate.id_number[-6:]}
    answer = Client(**CHINESE).post("/results/", form, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def release(day: ExamDay, officer: Actor) -> None:
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)


def test_the_office_lists_the_day_and_its_table(held: Venue, officer: Actor, good: Both) -> None:
    client = office(officer)
    assert "2026-03-28" in client.get("/office/").content.decode()
    page = client.get("/office/2026-03-28/").content.decode()
    assert good[Subject.THEORY].ticket.number in page
    assert (
        good[Subject.THEORY].ticket.number
        not in client.get("/office/2026-03-28/?show=case_open").content.decode()
    )


@pytest.mark.parametrize("url", ["/office/2026-03-29/", "/office/yesterday/", "/office/2026-03-29/release/"])
def test_a_day_that_is_none_is_404(held: Venue, officer: Actor, url: str) -> None:
    assert office(officer).get(url).status_code == 404


def test_the_office_is_closed_to_others(held: Venue) -> None:
    client = Client()
    assert client.get("/office/").status_code == 302
    client.force_login(made.user(held.chief))
    assert client.get("/office/2026-03-28/").status_code == 404


def test_a_release_shows_its_numbers_first_and_is_one_act(held: Venue, officer: Actor, day: ExamDay) -> None:
    client = office(officer)
    page = client.get("/office/2026-03-28/release/")
    assert (page.status_code, Release.objects.count()) == (200, 0)
    client.post("/office/2026-03-28/release/", {"seen": "something else"})
    assert Release.objects.count() == 0
    answer = client.post("/office/2026-03-28/release/", {"seen": release_plan(day.date).digest})
    assert (answer.status_code, Release.objects.count()) == (302, 1)


def test_before_the_release_a_candidate_sees_no_score(held: Venue, good: Both) -> None:
    status, page = look_up(good[Subject.THEORY])
    assert status == 200
    assert "成绩尚未发布" in page
    assert "合格线" not in page


def test_after_the_release_points_reasons_and_what_is_missing_are_told(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    release(day, officer)
    _, page = look_up(good[Subject.THEORY])
    assert '<span class="big-number">10</span>' in page
    assert "共 2 题，答对 2 题，答错 0 题，未答 0 题，得 4 分（满分 4 分）" in page
    assert "两科均合格才算通过；还有科目的成绩未发布" in page


def test_no_key_is_told_with_a_result(held: Venue, day: ExamDay, officer: Actor, good: Both) -> None:
    release(day, officer)
    _, page = look_up(good[Subject.THEORY])
    assert [word for word in ("TF-1", "MC-1", "correct", "题干") if word in page] == []


def test_a_void_subject_shows_the_clause_in_the_notices_words_and_no_points(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    sitting = sitting_of(good[Subject.THEORY].pk)
    new = NewCase(clause="二.4", note="违反第三条")
    case = propose_case(sitting_id=sitting.pk, actor=held.second, new=new, now=LATER)
    confirm_case(case=case, actor=held.chief, note="属实", now=LATER)
    settle()
    release(day, officer)
    _, page = look_up(sitting)
    assert "取消当次该科目成绩" in page
    assert "其他违反考场规则但尚未构成作弊的行为" in page
    assert "big-number" not in page


@pytest.mark.parametrize("tail", ["000000", "00000", "      ", "x"])
def test_a_pair_that_does_not_match_says_the_same_as_a_ticket_that_is_none(
    held: Venue, good: Both, tail: str
) -> None:
    wrong = look_up(good[Subject.THEORY], tail)
    sitting = good[Subject.THEORY]
    sitting.ticket.number = "NONE"
    assert (wrong[0], "没有找到相符的" in wrong[1]) == (404, True)
    assert look_up(sitting)[0] == 404


def test_the_eleventh_try_of_an_address_is_refused_and_another_address_is_not(
    held: Venue, good: Both
) -> None:
    tries = [look_up(good[Subject.THEORY], "000000")[0] for _ in range(11)]
    assert tries == [404] * 10 + [429]
    assert look_up(good[Subject.THEORY])[0] == 429
    assert look_up(good[Subject.THEORY], address="10.0.0.2")[0] == 200


def test_a_release_is_kept_with_its_numbers_and_told_on_the_day(
    held: Venue, day: ExamDay, officer: Actor
) -> None:
    release(day, officer)
    assert Release.objects.get().counts == {"passed": 1, "failed": 1}
    assert "1 合格" in office(officer).get("/office/2026-03-28/").content.decode()
