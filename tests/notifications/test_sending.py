"""Mails leave after the deed, at least once, later where the server is down, and without ID numbers or points."""

import re
from datetime import timedelta
from typing import Any

import pytest

from examserver.notifications.events import EVENTS
from examserver.notifications.models import Mail, Notification
from examserver.notifications.routines import ROUTINES
from examserver.notifications.services import sending
from examserver.notifications.services.reading import send_again
from examserver.notifications.services.sending import send_waiting
from examserver.notifications.services.telling import News, tell
from examserver.notifications.states import MOST_ATTEMPTS, WAITS, MailState
from examserver.people.services.accounts import choose_language
from examserver.registration.models import Institution
from examserver.routines import ALL, OUTSIDE
from examserver.settings import mail as mail_settings
from tests.notifications.conftest import open_account
from tests.registration.applications.people import NOW, institution, person, staff
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db
LATER = NOW + WAITS[0]
SAMPLES: dict[str, Any] = {
    "offering": {"zh": "直播运营（三级）", "en": "Live (level 3)"},
    "amount": 500,
    "payee": {
        "zh": "招商银行，账号 8888014700008619",
        "en": "China Merchants Bank, account 8888014700008619",
    },
    "version": 2,
    "reason": "设备检修",
    "places": {"zh": "理论知识 2026-03-28 09:00 一号考场 A02", "en": "theory 2026-03-28 09:00 R1 A02"},
    "before": {"zh": "理论知识 2026-03-28 09:00 一号考场 A01", "en": "theory 2026-03-28 09:00 R1 A01"},
    "subject": {"zh": "理论知识", "en": "theory"},
    "subjects": {"zh": "理论知识", "en": "theory"},
    "address": {"zh": "川桥路 777 号", "en": "777 Chuanqiao Road"},
    "phones": {"zh": "业务监督 021-51856688*1341", "en": "Complaints 021-51856688*1341"},
}


def told(event: str = "ticket.open", index: int = 1, school: Institution | None = None) -> Notification:
    """A message of `event` to a person with an address."""
    actor = person(index)
    from examserver.people.models import Candidate

    open_account(Candidate.objects.get(pk=actor.id), email=f"p{index}@example.org")
    facts = {name: SAMPLES.get(name, name) for name in EVENTS[event].facts}
    news = News(event, facts, "application:7", actor.id, school.pk if school else None)
    tell(news=news, now=NOW)
    return Notification.objects.get(candidate_id=actor.id)


def mail_of(row: Notification) -> Mail:
    return Mail.objects.get(notification=row)


def text_of(server: MailServer, index: int = 0) -> str:
    return str(server.received[index].get_content())


def test_a_mail_leaves_once(server: MailServer) -> None:
    row = told()
    for moment in (NOW, LATER, NOW + timedelta(days=9)):
        for routine in ROUTINES:
            routine(moment)
    assert [one["To"] for one in server.received] == ["p1@example.org"]
    mail = mail_of(row)
    assert (mail.state, mail.sent_at, mail.attempts, mail.went_by) == (MailState.SENT, NOW, 1, "smtp")


def test_without_a_chosen_language_a_mail_has_chinese_first_and_english_beside_it(server: MailServer) -> None:
    told()
    send_waiting(now=NOW)
    assert server.received[0]["Subject"].strip() == "准考证可以下载 / Admission ticket ready to download"
    text = text_of(server)
    assert -1 < text.index("直播运营（三级）") < text.index("Live (level 3)")


@pytest.mark.parametrize(
    ("language", "there", "not_there"), [("zh-hans", "您好", "Dear"), ("en", "Dear", "您好")]
)
def test_a_mail_is_in_the_language_that_was_chosen(
    server: MailServer, language: str, there: str, not_there: str
) -> None:
    row = told()
    assert row.candidate_id is not None
    choose_language(candidate_id=row.candidate_id, language=language)
    send_waiting(now=NOW)
    assert there in text_of(server)
    assert not_there not in text_of(server)


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_every_event_is_said_in_both_languages_without_number_or_points(
    server: MailServer, event: str
) -> None:
    told(event, school=institution("S1")[0])
    rows = list(Notification.objects.all())
    send_waiting(now=NOW)
    for row in rows:
        whole = f"{sending.mail_title(row)}\n{sending.mail_text(row)}"
        assert not re.search(r"\bmessage\.\w", whole)
        assert "%(" not in whole
        assert not re.search(r"\d{17}[\dX]|\d分\b|points", whole)
    assert len(server.received) == 1


def test_a_server_that_is_down_costs_one_attempt_a_round_and_nothing_else(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    rows = [told(index=index) for index in (1, 2, 3)]
    assert send_waiting(now=NOW) == 0
    assert [mail_of(row).attempts for row in rows] == [1, 0, 0]
    tried = mail_of(rows[0])
    assert (tried.state, tried.next_at) == (MailState.WAITING, NOW + WAITS[0])
    assert "ConnectionRefusedError" in tried.error


def test_it_is_tried_again_when_it_is_due_and_given_up_after_the_last_attempt(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    row, now = told(), NOW
    for wait in (*WAITS, timedelta(0)):
        send_waiting(now=now)
        send_waiting(now=now + wait - timedelta(seconds=1))
        now += wait
    assert (mail_of(row).state, mail_of(row).attempts) == (MailState.FAILED, MOST_ATTEMPTS)


def test_who_is_refused_holds_up_nobody_else(server: MailServer) -> None:
    server.refused = {"p1@example.org"}
    first, second = told(index=1), told(index=2)
    assert send_waiting(now=NOW) == 1
    assert (mail_of(first).state, mail_of(second).state) == (MailState.WAITING, MailState.SENT)
    assert "SMTPRecipientsRefused" in mail_of(first).error


def test_a_line_cut_before_the_answer_sends_the_same_mail_again_under_the_same_id(server: MailServer) -> None:
    row, server.hang_up_after_data = told(), True
    assert send_waiting(now=NOW) == 0
    server.hang_up_after_data = False
    assert send_waiting(now=LATER) == 1
    assert len({one["Message-ID"] for one in server.received}) == 1
    assert (len(server.received), mail_of(row).state) == (2, MailState.SENT)


def test_a_server_killed_between_sending_and_marking_sends_it_again(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = told()

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_mark", killed)
        with pytest.raises(SystemExit):
            send_waiting(now=NOW)
    assert mail_of(row).state == MailState.WAITING
    assert send_waiting(now=LATER - timedelta(seconds=1)) == 0
    assert send_waiting(now=LATER) == 1
    assert len(server.received) == 2


def test_what_another_server_has_claimed_is_left_to_it(server: MailServer) -> None:
    row = told()
    stale = mail_of(row)
    assert sending._claim(stale.pk, NOW) is not None
    same = Mail.objects.filter(pk=stale.pk, state=MailState.WAITING, attempts=stale.attempts)
    assert not same.exists()
    assert send_waiting(now=NOW) == 0
    assert server.received == []


def test_a_round_is_bounded(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "A_ROUND", 2)
    for index in range(3):
        told(index=index)
    assert [send_waiting(now=NOW), send_waiting(now=NOW)] == [2, 1]


def test_an_address_that_is_gone_by_then_leaves_the_inbox(server: MailServer) -> None:
    row = told()
    assert row.candidate is not None
    row.candidate.account.delete()
    send_waiting(now=NOW)
    assert mail_of(row).state == MailState.NO_ADDRESS
    assert server.received == []


def test_the_people_of_an_institution_get_one_mail_together(server: MailServer) -> None:
    from examserver.people.models import Staff

    school, member = institution("S1")
    Staff.objects.filter(pk=member.id).update(email="school@example.org")
    told(school=school)
    send_waiting(now=NOW)
    assert sorted(one["To"] for one in server.received) == ["p1@example.org", "school@example.org"]


def test_only_a_clerk_sends_again_and_only_what_has_stopped(server: MailServer) -> None:
    from examserver.kernel.access import NotAllowed, Role
    from examserver.kernel.transitions import IllegalMove

    row, clerk = told(), staff(Role.CLERK)
    with pytest.raises(IllegalMove):
        send_again(notification_id=row.pk, actor=clerk, now=NOW)
    Mail.objects.update(state=MailState.FAILED, attempts=8, tries=8)
    with pytest.raises(NotAllowed, match="role_needed"):
        send_again(notification_id=row.pk, actor=staff(Role.FINANCE), now=NOW)
    send_again(notification_id=row.pk, actor=clerk, now=NOW)
    assert send_waiting(now=NOW) == 1


def test_without_a_mail_server_mails_lie_in_a_folder(settings: Any, tmp_path: Any) -> None:
    assert mail_settings("")["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail_settings("")["EMAIL_BACKEND"], str(tmp_path)
    row = told()
    send_waiting(now=NOW)
    assert mail_of(row).went_by == "filebased"
    assert "p1@example.org" in next(tmp_path.iterdir()).read_text()


def test_the_address_of_a_mail_server_is_read_as_it_is_written() -> None:
    found = mail_settings("smtp+starttls://me%40x:p%2Fw@mail.example.org")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)
    assert mail_settings("smtps://mail.example.org")["EMAIL_PORT"] == 465
    with pytest.raises(ValueError, match="EXAMSERVER_MAIL"):
        mail_settings("http://mail.example.org")


def test_mails_are_sent_apart_from_what_an_exam_waits_for() -> None:
    assert set(OUTSIDE) == set(ROUTINES)
    assert not set(OUTSIDE) & set(ALL)
