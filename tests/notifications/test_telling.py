"""A message is written with its deed or not at all, once where once is meant, and holds no ID number."""

from datetime import timedelta

import pytest
from django.db import transaction

from examserver.notifications.events import EVENTS
from examserver.notifications.models import Mail, Notification
from examserver.notifications.selectors import inbox
from examserver.notifications.services.reading import send_again
from examserver.notifications.services.telling import News, ToldOutsideTransaction, tell
from examserver.notifications.states import MOST_ATTEMPTS, WAITS, MailState, is_last, wait_after
from examserver.notifications.words import body
from examserver.registration.applications.states import CancelledAs
from examserver.registration.models import Application
from examserver.registration.services import payments, reviewing
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from tests.notifications.conftest import open_account
from tests.registration.applications.people import NOW, NUMBER, Office, institution, person, seen

OFFERING = {"zh": "直播运营（三级）", "en": "Live (level 3)"}


def events() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("event", flat=True))


def returned(office: Office, application: Application, reason: str = "缺毕业证书") -> Notification:
    decision = Decision(reason)
    reviewing.return_for_material(seen=seen(application), decision=decision, actor=office.clerk, now=NOW)
    return Notification.objects.get(event="application.returned")


def test_a_deed_that_is_undone_has_told_nothing(office: Office, reviewed: Application) -> None:
    with transaction.atomic():
        assert returned(office, reviewed).mail.state == MailState.WAITING
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert not Mail.objects.exists()


def test_the_message_of_a_return_says_what_is_missing(office: Office, reviewed: Application) -> None:
    row = returned(office, reviewed)
    assert (row.facts["reason"], row.subject) == ("缺毕业证书", f"application:{reviewed.pk}")
    assert (row.candidate_id, row.institution_id) == (reviewed.candidate_id, None)


@pytest.mark.parametrize("typed", [NUMBER, "110105 19491231 002X", "110105-19491231-002x", "110105491231002"])
def test_an_id_number_that_a_clerk_typed_is_in_no_message(
    office: Office, reviewed: Application, typed: str
) -> None:
    row = returned(office, reviewed, f"身份证 {typed} 与复印件不符")
    assert row.facts["reason"] == "身份证 *** 与复印件不符"


def test_a_telephone_number_stays(office: Office, reviewed: Application) -> None:
    assert returned(office, reviewed, "请致电 021-51856688").facts["reason"] == "请致电 021-51856688"


def test_from_approval_to_the_account_each_step_is_told(office: Office, reviewed: Application) -> None:
    clerk = office.clerk
    reviewing.approve(seen=seen(reviewed), decision=Decision(), actor=clerk, now=NOW)
    payments.ask_payment(seen=seen(reviewed), due=Due(500, NOW.date()), actor=clerk, now=NOW)
    new = NewCredit("CMB-1", NOW.date(), 500)
    payments.enter_credit(seen=[seen(reviewed)], new=new, actor=clerk, now=NOW)
    found = CancelledAs.FRAUD
    reviewing.cancel_qualification(seen=seen(reviewed), found=found, reason="伪造", actor=clerk, now=NOW)
    assert events() == [
        "application.approved",
        "payment.asked",
        "payment.credited",
        "application.cancelled",
    ]
    asked = Notification.objects.get(event="payment.asked")
    assert (asked.facts["amount"], asked.facts["last_day"]) == (500, "2026-02-10")
    assert "8888014700008619" in body(asked)


def test_without_an_address_there_is_only_the_inbox_until_a_clerk_sends_it_again(office: Office) -> None:
    application = office.under_review()
    row = returned(office, application)
    assert row.mail.state == MailState.NO_ADDRESS
    assert application.candidate is not None
    open_account(application.candidate)
    mail = send_again(notification_id=row.pk, actor=office.clerk, now=NOW)
    assert (mail.state, mail.next_at) == (MailState.WAITING, NOW)


def news(candidate_id: int, once: str = "", institution_id: int | None = None) -> News:
    facts = {"offering": OFFERING, "day": "2026-03-28"}
    return News("ticket.open", facts, "application:1", candidate_id, institution_id, once)


def test_what_is_told_once_is_told_once(db: None) -> None:
    one, other = person(1), person(2)
    for actor in (one, one, other):
        tell(news=news(actor.id, "ticket.open:1"), now=NOW)
    assert [inbox(actor).count() for actor in (one, other)] == [1, 1]


def test_an_institution_is_told_once_of_all_its_people_of_one_deed(db: None) -> None:
    school, member = institution("S1")
    for index in range(3):
        tell(news=news(person(index).id, institution_id=school.pk), now=NOW)
    tell(news=news(person(9).id, institution_id=school.pk), now=NOW + timedelta(seconds=1))
    assert [(one.people, one.subject) for one in inbox(member)] == [(1, "application:1"), (3, "")]
    assert Notification.objects.exclude(candidate=None).count() == 4


def test_another_institution_sees_nothing_of_it(db: None) -> None:
    school, _ = institution("S1")
    _, stranger = institution("S2")
    tell(news=news(person(1).id, institution_id=school.pk), now=NOW)
    assert not inbox(stranger).exists()


def test_facts_that_are_not_those_of_the_event_are_refused(db: None) -> None:
    with pytest.raises(ValueError, match=r"ticket\.open"):
        tell(news=News("ticket.open", {"day": "2026-03-28"}, "", person(1).id), now=NOW)
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_the_transaction_of_a_deed() -> None:
    with pytest.raises(ToldOutsideTransaction):
        tell(news=news(1), now=NOW)


def test_what_an_institution_is_told_of_an_event_is_among_its_facts() -> None:
    assert [code for code, one in EVENTS.items() if not (one.institution or frozenset()) <= one.facts] == []


def test_each_attempt_waits_longer_and_the_eighth_is_the_last() -> None:
    waits = [wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits == list(WAITS) == sorted(waits)
    assert [is_last(attempts) for attempts in (1, MOST_ATTEMPTS - 1, MOST_ATTEMPTS)] == [False, False, True]
