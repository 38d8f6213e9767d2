"""The office's page of certificates: numbers in one act, handed out with a check, taken back by a declared decision."""

import pytest
from django.test import Client

from examserver.kernel.access import Actor
from examserver.people.models import Staff
from examserver.results.models import Certificate, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.states import ResultState
from tests.results.certificates.bureau import NOW, Bureau, open_bureau, stored

pytestmark = pytest.mark.django_db
PAGE = "/office/certificates/"


@pytest.fixture
def bureau(db: None) -> Bureau:
    return open_bureau()


def browser(actor: Actor, language: str = "zh-hans") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(Staff.objects.get(pk=actor.id))
    return client


def act(client: Client, step: str, **data: object) -> str:
    answer = client.post(f"{PAGE}act/", {"step": step, **data}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("REQ-72", "REQ-2", partly=True)
def test_an_officer_gives_several_their_numbers_at_once(bureau: Bureau) -> None:
    rows = [bureau.eligible("张三丰"), bureau.eligible("李四光")]
    client = browser(bureau.officer)
    assert "张三丰" in client.get(PAGE).content.decode()
    assert "已发证 2 份" in act(client, "issue", certificate=[one.pk for one in rows])
    numbers = sorted(stored(one).number for one in rows)
    assert [number[:13] for number in numbers] == ["S000031400071"] * 2
    assert len(set(numbers)) == 2


def test_what_cannot_be_issued_is_named_and_the_rest_is(bureau: Bureau) -> None:
    fallen, good = bureau.eligible("张三丰"), bureau.eligible("李四光")
    SubjectResult.objects.filter(pk=fallen.theory_id).update(state=ResultState.VOIDED)
    page = act(browser(bureau.officer), "issue", certificate=[fallen.pk, good.pk])
    assert "张三丰: 有科目不再合格" in page
    assert (stored(fallen).number, bool(stored(good).number)) == ("", True)


@pytest.mark.requirement("S59", partly=True)
def test_a_clerk_hands_it_out_with_the_end_of_the_id_number(bureau: Bureau) -> None:
    row, client = bureau.issued(), browser(bureau.clerk)
    assert "与持证人的身份证号不符" in act(client, "collect", certificate=row.pk, id_tail="000000")
    tail = row.candidate.id_number[-6:]
    assert "已登记" in act(client, "collect", certificate=row.pk, id_tail=tail)
    assert stored(row).state == "COLLECTED"


@pytest.mark.requirement("REQ-105", partly=True)
def test_a_fallen_certificate_waits_for_its_decision_and_is_called_back(bureau: Bureau) -> None:
    row, client = bureau.issued(), browser(bureau.officer)
    assert client.post(f"{PAGE}export/").content.decode("utf-8-sig").count(row.number) == 1
    act(client, "uploaded", certificate=row.pk)
    SubjectResult.objects.filter(pk=row.theory_id).update(state=ResultState.VOIDED)
    follow_results(NOW)
    given = {"document": "撤〔2026〕1 号", "decided_on": "2026-06-25", "reason": "替考", "declared_by": ""}
    assert "请填写宣布单位" in act(client, "declare", certificate=row.pk, **given)
    assert "已登记" in act(client, "declare", certificate=row.pk, **{**given, "declared_by": "BODY"})
    assert "WITHDRAW" in client.post(f"{PAGE}export/").content.decode("utf-8-sig")
    assert "已登记" in act(client, "withdrawn", certificate=row.pk)
    assert (stored(row).state, stored(row).entry) == ("REVOKED", "WITHDRAWN")


def test_each_role_does_its_own_part_and_no_other(bureau: Bureau) -> None:
    row = bureau.eligible()
    assert "error" not in act(browser(bureau.clerk), "issue", certificate=row.pk)
    assert Certificate.objects.get().state == "ELIGIBLE"
    assert Client().get(PAGE).status_code == 302
    assert (
        browser(bureau.officer).post(f"{PAGE}act/", {"step": "collect", "certificate": 99}).status_code == 404
    )
    assert browser(bureau.officer).post(f"{PAGE}act/", {"step": "burn"}).status_code == 404


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "待发证"), ("en", "To be issued")])
def test_every_part_is_said_in_both_languages(bureau: Bureau, language: str, word: str) -> None:
    bureau.eligible("张三丰")
    bureau.issued("李四光")
    page = browser(bureau.officer, language).get(PAGE).content.decode()
    assert word in page
    assert "certificate." not in page.replace("office_certificates", "")
