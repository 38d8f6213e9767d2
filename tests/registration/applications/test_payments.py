"""Money: due after approval, paid on the day that the bank shows, and never by a slip."""

from datetime import date, datetime

import pytest

from examserver.kernel.access import NotAllowed
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import Application, Credit
from examserver.registration.services import payments, reviewing
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.people import NOW, Office, candidate_actor, pdf, person, seen, stored

S = ApplicationState
DUE = Due(500, date(2026, 3, 10))
LATER = datetime.fromisoformat("2026-02-28T10:00:00+08:00")
CREDITED = date(2026, 2, 27)


def awaiting(office: Office, index: int = 1) -> Application:
    application = office.submitted(person(index))
    office.sign_form(application)
    reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    return payments.ask_payment(seen=seen(application), due=DUE, actor=office.clerk, now=NOW)


@pytest.mark.requirement("REQ-50", "S7")
def test_a_slip_pays_nothing_and_the_credited_day_does(office: Office) -> None:
    application = awaiting(office)
    candidate = stored(application).candidate
    assert candidate is not None
    slip = NewDocument(DocumentKind.PAYMENT_SLIP, "slip.pdf", pdf("slip"))
    add_document(seen=seen(application), new=slip, actor=candidate_actor(candidate), now=NOW)
    assert stored(application).state == S.AWAITING_PAYMENT
    new = NewCredit("CMB-1", CREDITED, 500)
    payments.enter_credit(seen=[seen(application)], new=new, actor=office.clerk, now=LATER)
    row = stored(application)
    assert row.credit is not None
    assert (row.state, row.credit.credited_on) == (S.PAID, CREDITED)


@pytest.mark.requirement("REQ-35")
def test_an_application_that_is_not_approved_is_not_paid(office: Office) -> None:
    application = office.under_review()
    with pytest.raises(IllegalMove):
        payments.ask_payment(seen=seen(application), due=DUE, actor=office.clerk, now=NOW)
    new = NewCredit("CMB-1", CREDITED, 500)
    with pytest.raises(IllegalMove):
        payments.enter_credit(seen=[seen(application)], new=new, actor=office.clerk, now=LATER)
    assert not Credit.objects.exists()


def test_a_payment_that_is_entered_twice_is_refused(office: Office) -> None:
    first, second = awaiting(office), awaiting(office, 2)
    new = NewCredit("CMB-1", CREDITED, 500)
    payments.enter_credit(seen=[seen(first)], new=new, actor=office.clerk, now=LATER)
    with pytest.raises(IllegalMove):
        payments.enter_credit(seen=[seen(first)], new=new, actor=office.clerk, now=LATER)
    with pytest.raises(Refused, match="reference_used"):
        payments.enter_credit(seen=[seen(second)], new=new, actor=office.clerk, now=LATER)
    assert stored(second).state == S.AWAITING_PAYMENT


@pytest.mark.requirement("REQ-53", partly=True)
def test_one_credit_pays_for_several_and_exactly(office: Office) -> None:
    several = [awaiting(office, index) for index in (1, 2, 3)]
    looked = [seen(one) for one in several]
    with pytest.raises(Refused, match="amount_differs"):
        payments.enter_credit(
            seen=looked, new=NewCredit("CMB-2", CREDITED, 1499), actor=office.clerk, now=LATER
        )
    assert not Credit.objects.exists()
    credit = payments.enter_credit(
        seen=looked, new=NewCredit("CMB-2", CREDITED, 1500), actor=office.clerk, now=LATER
    )
    assert {stored(one).credit_id for one in several} == {credit.pk}


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (NewCredit(" ", CREDITED, 500), "reference_missing"),
        (NewCredit("CMB-1", date(2026, 3, 1), 500), "day_in_future"),
    ],
)
def test_a_credit_that_cannot_be_is_refused(office: Office, new: NewCredit, fault: str) -> None:
    application = awaiting(office)
    with pytest.raises(Refused, match=fault):
        payments.enter_credit(seen=[seen(application)], new=new, actor=office.clerk, now=LATER)


def test_a_candidate_credits_nothing(office: Office) -> None:
    application = awaiting(office)
    candidate = stored(application).candidate
    assert candidate is not None
    new = NewCredit("CMB-1", CREDITED, 500)
    with pytest.raises(NotAllowed, match="role_needed"):
        payments.enter_credit(seen=[seen(application)], new=new, actor=candidate_actor(candidate), now=LATER)


@pytest.mark.requirement("REQ-49", partly=True)
def test_the_last_day_itself_is_still_in_time_and_the_next_is_not(office: Office) -> None:
    application = awaiting(office)
    last = datetime.fromisoformat("2026-03-10T23:59:59+08:00")
    with pytest.raises(Refused, match="still_payable"):
        payments.expire_payment(seen=seen(application), actor=office.clerk, now=last)
    over = datetime.fromisoformat("2026-03-11T00:00:00+08:00")
    payments.expire_payment(seen=seen(application), actor=office.clerk, now=over)
    assert stored(application).state == S.PAYMENT_EXPIRED
    with pytest.raises(Refused, match="day_in_past"):
        payments.reopen_payment(seen=seen(application), due=DUE, actor=office.clerk, now=over)
    longer = Due(500, date(2026, 3, 20))
    payments.reopen_payment(seen=seen(application), due=longer, actor=office.clerk, now=over)
    assert stored(application).state == S.AWAITING_PAYMENT


def test_a_clerk_who_is_not_finance_credits_nothing(office: Office) -> None:
    application = awaiting(office)
    with pytest.raises(NotAllowed, match="role_needed"):
        payments.enter_credit(
            seen=[seen(application)],
            new=NewCredit("CMB-1", CREDITED, 500),
            actor=office.other_clerk,
            now=LATER,
        )
