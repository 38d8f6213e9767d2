"""The inboxes: one's own only, read by opening; and the clerk's list of what was told and how the mails went."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from examserver.kernel.access import Role
from examserver.notifications.models import Mail, Notification
from examserver.notifications.services.telling import News, tell
from examserver.notifications.states import MailState
from examserver.people.cookies import APPLICANT_COOKIE, applicant_cookie
from examserver.people.models import Candidate, Staff
from examserver.registration.models import Application
from examserver.registration.services import reviewing
from examserver.registration.services.reviewing import Decision
from tests.notifications.conftest import open_account
from tests.registration.applications.people import NOW, Office, institution, person, seen, staff

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-hans"}


def at_home(candidate: Candidate) -> Client:
    account = candidate.account
    browser = Client(headers=CHINESE)
    browser.cookies[APPLICANT_COOKIE] = applicant_cookie(account.pk, account.stamp)
    return browser


def signed_in(actor: Any) -> Client:
    browser = Client(headers=CHINESE)
    browser.force_login(Staff.objects.get(pk=actor.id))
    return browser


@pytest.fixture
def told(office: Office, reviewed: Application) -> Notification:
    """An application that was returned."""
    decision = Decision("缺毕业证书")
    reviewing.return_for_material(seen=seen(reviewed), decision=decision, actor=office.clerk, now=NOW)
    return Notification.objects.get()


def applicant(told: Notification) -> Client:
    assert told.candidate is not None
    return at_home(told.candidate)


def test_a_message_is_unread_until_it_is_opened_and_leads_to_its_application(told: Notification) -> None:
    browser = applicant(told)
    assert "1 条未读" in browser.get("/my/").content.decode()
    page = browser.get(f"/my/messages/{told.pk}/").content.decode()
    assert "缺毕业证书" in page
    assert f"/my/{told.subject.replace(':', 's/')}/" in page
    told.refresh_from_db()
    read, listed = told.read_at, browser.get("/my/messages/").content.decode()
    assert read is not None
    assert "条未读" not in listed
    assert "申请已退回，请补充材料" in listed
    browser.get(f"/my/messages/{told.pk}/")
    told.refresh_from_db()
    assert told.read_at == read


def test_anothers_message_is_not_there(told: Notification) -> None:
    stranger = Candidate.objects.get(pk=person(9).id)
    open_account(stranger, email="b@example.org")
    browser = at_home(stranger)
    assert browser.get(f"/my/messages/{told.pk}/").status_code == 404
    assert "还没有消息" in browser.get("/my/messages/").content.decode()
    school = signed_in(institution("S9")[1])
    assert school.get(f"/messages/{told.pk}/").status_code == 404
    assert school.get(f"/my/messages/{told.pk}/").status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_an_institution_has_an_inbox_of_its_own(db: None) -> None:
    school, member = institution("S9")
    facts = {"offering": {"zh": "直播运营（三级）", "en": "Live (level 3)"}, "day": "2026-03-28"}
    for index in (1, 2):
        tell(news=News("ticket.open", facts, "application:1", person(index).id, school.pk), now=NOW)
    browser = signed_in(member)
    page = browser.get("/messages/").content.decode()
    assert "1 条未读" in page
    assert "涉及本机构 2 名考生" in page
    one = Notification.objects.get(institution=school)
    assert "/tickets/" in browser.get(f"/messages/{one.pk}/").content.decode()
    assert "条未读" not in browser.get("/messages/").content.decode()


def test_the_newest_twenty_come_first_and_the_others_on_the_next_page(told: Notification) -> None:
    rows = [
        Notification(
            candidate_id=told.candidate_id,
            event="application.approved",
            facts={"offering": {"zh": f"第{index}件", "en": "x"}},
            created_at=NOW + timedelta(hours=index),
        )
        for index in range(1, 26)
    ]
    Notification.objects.bulk_create(rows)
    browser = applicant(told)
    first, second = (browser.get(f"/my/messages/?page={page}").content.decode() for page in (1, 2))
    assert ("第25件" in first, "第1件" in first, "第1件" in second, "补充材料" in second) == (
        True,
        False,
        True,
        True,
    )
    assert browser.get("/my/messages/?page=x").status_code == 200


def test_the_language_of_mails_is_chosen_on_the_page(told: Notification) -> None:
    browser = applicant(told)
    said = browser.post("/my/messages/language/", {"language": "en"}, follow=True).content.decode()
    assert "已保存邮件语言" in said
    assert told.candidate is not None
    told.candidate.account.refresh_from_db()
    assert told.candidate.account.language == "en"
    assert (
        "没有这种语言"
        in browser.post("/my/messages/language/", {"language": "xx"}, follow=True).content.decode()
    )


def test_a_clerk_sees_what_was_told_and_sends_a_failed_mail_again(office: Office, told: Notification) -> None:
    Mail.objects.update(state=MailState.FAILED, attempts=8, tries=8, error="TimeoutError: timed out")
    browser, address = signed_in(office.clerk), f"/{told.subject.replace(':', 's/')}/"
    page = browser.get(address).content.decode()
    assert all(
        word in page
        for word in ("申请已退回，请补充材料", "发送失败", "已尝试 8 次", "TimeoutError", "重新发送")
    )
    again = browser.post(f"{address}messages/{told.pk}/again/", follow=True).content.decode()
    assert "邮件已重新排队发送" in again
    assert "待发送" in again
    assert "重新发送" not in again
    assert Mail.objects.get().state == MailState.WAITING


def test_a_mail_of_another_application_is_not_sent_from_here(office: Office, told: Notification) -> None:
    other = office.draft()
    answer = signed_in(office.clerk).post(f"/applications/{other.pk}/messages/{told.pk}/again/")
    assert answer.status_code == 404


def test_who_only_reads_sends_nothing_again_and_an_institution_sees_no_list(
    office: Office, told: Notification
) -> None:
    Mail.objects.update(state=MailState.FAILED)
    address = f"/{told.subject.replace(':', 's/')}/"
    watcher = signed_in(staff(Role.SUPERVISOR))
    assert "重新发送" not in watcher.get(address).content.decode()
    assert watcher.post(f"{address}messages/{told.pk}/again/").status_code == 404
    school, member = institution("S9")
    Application.objects.update(channel="GROUP", institution=school)
    assert "已通知的消息" not in signed_in(member).get(address).content.decode()


def test_pages_are_in_english_too(told: Notification) -> None:
    browser = applicant(told)
    page = browser.get("/my/messages/", headers={"Accept-Language": "en"}).content.decode()
    assert "Application returned: material is missing" in page


def test_a_mail_that_only_went_to_a_file_is_not_called_sent(office: Office, told: Notification) -> None:
    Mail.objects.update(state=MailState.SENT, sent_at=NOW, went_by="filebased")
    page = signed_in(office.clerk).get(f"/{told.subject.replace(':', 's/')}/").content.decode()
    assert "已写入文件（未设邮件服务器）" in page
    assert "已发出" not in page
