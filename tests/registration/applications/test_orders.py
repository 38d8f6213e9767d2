"""Payment orders: one transfer for one payer, to the yuan, on the bank's day; and no sequence loses money."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import Application, Credit, PaymentLine, PaymentOrder, WrittenOnce
from examserver.registration.selectors.orders import (
    OrdersWanted,
    order_counts,
    order_seen,
    orders_listed,
    unordered,
)
from examserver.registration.services import applications as services
from examserver.registration.services import payments, reviewing
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.orders import add_slip, credit_order, open_order
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.conftest import open_office
from tests.registration.applications.people import (
    NOW,
    Office,
    born,
    candidate_actor,
    institution,
    pdf,
    person,
    seen,
    staff,
    stored,
)
from tests.registration.applications.test_at_once import at_once

S = ApplicationState
LAST = date(2026, 3, 10)
LATER = datetime.fromisoformat("2026-02-28T10:00:00+08:00")
OVER = datetime.fromisoformat("2026-03-11T00:00:00+08:00")
CREDITED = date(2026, 2, 27)


def approved(office: Office, actor: Actor | None = None, index: int = 1, offering: str = "O5") -> Application:
    """An application that a clerk approved: of the actor, or of the institution's person `index`."""
    number = born(f"1990{index:02d}01")
    application = office.draft(actor, number, offering)
    alternative = "L4-1" if offering == "O1" else "L3-1"
    Application.objects.filter(pk=application.pk).update(alternative=alternative)
    office.complete(application)
    services.submit(seen=seen(application), actor=actor or office.clerk, now=NOW)
    office.sign_form(application)
    if actor == office.member:
        reviewing.precheck(seen=seen(application), actor=office.member, now=NOW)
    reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    return reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)


def group(office: Office, *offerings: str) -> list[Application]:
    return [approved(office, office.member, index, one) for index, one in enumerate(offerings, 1)]


def opened(office: Office, applications: list[Application]) -> PaymentOrder:
    looked = [seen(one) for one in applications]
    return open_order(seen=looked, last_day=LAST, actor=office.clerk, now=NOW)


def credit(office: Office, order: PaymentOrder, amount: int, reference: str = "CMB-1") -> Credit:
    new = NewCredit(reference, CREDITED, amount)
    return credit_order(order_id=order.pk, new=new, actor=office.clerk, now=LATER)


@pytest.mark.requirement("REQ-53", "REQ-58", partly=True)
def test_three_of_level_four_and_two_of_level_three_are_one_transfer_of_2200(office: Office) -> None:
    applications = group(office, "O1", "O1", "O1", "O5", "O5")
    order = opened(office, applications)
    shown = order_seen(order.pk, office.member)
    assert (shown.total, shown.due, shown.last_day) == (2200, 2200, LAST)
    assert shown.lines[0].prices == {"theory": 110, "practical": 290}
    paid = credit(office, order, 2200)
    assert {(stored(one).state, stored(one).credit_id) for one in applications} == {(S.PAID, paid.pk)}
    assert order_seen(order.pk, office.member).due == 0


@pytest.mark.requirement("REQ-52")
def test_the_remark_names_payer_offering_level_and_count_once_an_offering(office: Office) -> None:
    shown = order_seen(opened(office, group(office, "O1", "O1", "O5")).pk, office.member)
    assert shown.remarks == (
        "考务费+学校S1+全媒体运营师(创意策划)（四级）+2",
        "考务费+学校S1+全媒体运营师(直播运营)（三级）+1",
    )


@pytest.mark.requirement("REQ-51")
def test_the_payer_is_shown_the_account_of_the_notice(office: Office) -> None:
    payee = order_seen(opened(office, [approved(office, person(1))]).pk, office.clerk).payee
    assert (payee.account, payee.name.zh) == ("8888014700008619", "咪咕视讯科技有限公司")


@pytest.mark.requirement("REQ-59")
@pytest.mark.parametrize(("subject", "price"), [("theory", 110), ("practical", 390)])
def test_who_sits_one_subject_again_is_asked_for_its_price_only(
    office: Office, subject: str, price: int
) -> None:
    application = approved(office, person(1))
    Application.objects.filter(pk=application.pk).update(subjects=[subject])
    assert PaymentLine.objects.get(order=opened(office, [application])).prices == {subject: price}


@pytest.mark.requirement("REQ-50")
@pytest.mark.parametrize("amount", [999, 1001])
def test_a_yuan_too_few_or_too_many_is_refused_with_both_amounts(office: Office, amount: int) -> None:
    order = opened(office, group(office, "O5", "O5"))
    with pytest.raises(Refused, match="amount_differs") as refused:
        credit(office, order, amount)
    assert refused.value.faults[0].facts == {"due": 1000, "amount": amount}
    assert not Credit.objects.exists()


@pytest.mark.requirement("REQ-35")
def test_no_order_is_opened_when_one_of_them_is_not_approved(office: Office) -> None:
    ready = approved(office, office.member)
    waiting = office.draft(office.member, born("19910101"))
    with pytest.raises(IllegalMove):
        opened(office, [ready, waiting])
    assert not PaymentOrder.objects.exists()
    assert stored(ready).state == S.APPROVED


def test_an_order_has_one_payer(office: Office) -> None:
    alone = [approved(office, person(index), index) for index in (1, 2)]
    with pytest.raises(Refused, match="payers_differ"):
        opened(office, alone)
    with pytest.raises(Refused, match="payers_differ"):
        opened(office, [alone[0], approved(office, office.member, 3)])
    with pytest.raises(Refused, match="applications_needed"):
        opened(office, [])


def test_an_application_is_ordered_once(office: Office) -> None:
    application = approved(office, person(1))
    opened(office, [application])
    with pytest.raises(IllegalMove):
        opened(office, [application])
    assert PaymentOrder.objects.count() == 1


def test_an_order_is_credited_once_and_a_reference_used_once(office: Office) -> None:
    first, second = (opened(office, [approved(office, person(index), index)]) for index in (1, 2))
    credit(office, first, 500)
    with pytest.raises(Refused, match="nothing_due"):
        credit(office, first, 500, "CMB-2")
    with pytest.raises(Refused, match="reference_used"):
        credit(office, second, 500)


def test_who_withdraws_is_no_longer_paid_for(office: Office) -> None:
    applications = group(office, "O5", "O5", "O5")
    order = opened(office, applications)
    services.withdraw(seen=seen(applications[0]), reason="", actor=office.member, now=NOW)
    shown = order_seen(order.pk, office.member)
    assert (shown.total, shown.due, shown.remarks[0][-2:]) == (1500, 1000, "+2")
    with pytest.raises(Refused, match="amount_differs"):
        credit(office, order, 1500)
    assert credit(office, order, 1000).amount == 1000


@pytest.mark.requirement("REQ-49")
def test_an_expired_order_is_kept_and_paid_after_a_new_last_day_at_its_own_price(office: Office) -> None:
    application = approved(office, person(1))
    order = opened(office, [application])
    payments.expire_payment(seen=seen(application), actor=office.clerk, now=OVER)
    with pytest.raises(Refused, match="nothing_due"):
        credit(office, order, 500)
    with pytest.raises(Refused, match="price_fixed"):
        payments.reopen_payment(
            seen=seen(application), due=Due(499, date(2026, 3, 20)), actor=office.clerk, now=OVER
        )
    longer = Due(500, date(2026, 3, 20))
    payments.reopen_payment(seen=seen(application), due=longer, actor=office.clerk, now=OVER)
    assert order_seen(order.pk, office.clerk).last_day == date(2026, 3, 20)
    credit(office, order, 500)
    assert stored(application).state == S.PAID


@pytest.mark.requirement("REQ-50", "REQ-53", "S7")
def test_a_slip_lies_beside_the_order_and_pays_nothing(office: Office) -> None:
    applications = group(office, "O5", "O5")
    order = opened(office, applications)
    for _ in range(2):
        add_slip(order_id=order.pk, name="slip.pdf", data=pdf("slip"), actor=office.member, now=NOW)
    assert [one.name for one in order_seen(order.pk, office.clerk).slips] == ["slip.pdf"]
    assert {stored(one).state for one in applications} == {S.AWAITING_PAYMENT}
    with pytest.raises(Refused, match="document_"):
        add_slip(order_id=order.pk, name="slip.pdf", data=b"<html>", actor=office.member, now=NOW)


def test_a_slip_of_another_order_is_told_for_a_person_to_look_at(office: Office) -> None:
    owners = [person(1), person(2)]
    for index, owner in enumerate(owners, 1):
        order = opened(office, [approved(office, owner, index)])
        add_slip(order_id=order.pk, name="slip.pdf", data=pdf("same"), actor=owner, now=NOW)
    last = Application.objects.order_by("-pk").first()
    assert last is not None
    assert last.events.filter(deed="DOC_DUPLICATE").exists()


def test_another_institution_and_another_person_see_no_order(office: Office) -> None:
    order = opened(office, group(office, "O5"))
    own = stored(order.lines.get().application).candidate
    assert own is not None
    for stranger in (institution("S2")[1], person(9), candidate_actor(own)):
        with pytest.raises(PaymentOrder.DoesNotExist):
            order_seen(order.pk, stranger)
        with pytest.raises(PaymentOrder.DoesNotExist):
            add_slip(order_id=order.pk, name="s.pdf", data=pdf(), actor=stranger, now=NOW)


def test_only_finance_credits_and_neither_payer_opens(office: Office) -> None:
    ready = approved(office, office.member)
    with pytest.raises(NotAllowed, match="role_needed"):
        open_order(seen=[seen(ready)], last_day=LAST, actor=office.member, now=NOW)
    order = opened(office, [ready])
    new = NewCredit("CMB-1", CREDITED, 500)
    for actor in (office.member, office.other_clerk):
        with pytest.raises(NotAllowed, match="role_needed"):
            credit_order(order_id=order.pk, new=new, actor=actor, now=LATER)


def test_an_order_is_never_rewritten_and_its_opening_is_audited(office: Office) -> None:
    order = opened(office, group(office, "O5"))
    with pytest.raises(WrittenOnce):
        order.save()
    with pytest.raises(WrittenOnce):
        PaymentLine.objects.update(amount=1)
    assert LogEntry.objects.filter(subject=f"order:{order.pk}").count() == 1


def test_the_work_list_counts_searches_and_pages(office: Office) -> None:
    ready = [approved(office, person(index), index) for index in (1, 2, 3)]
    assert len(unordered(office.clerk)) == 3
    first, second = opened(office, ready[:1]), opened(office, ready[1:2])
    assert [len(one.applications) for one in unordered(office.clerk)] == [1]
    credit(office, first, 500)
    finance = staff(Role.FINANCE)
    assert order_counts(finance, LAST) == {"open": 1, "late": 0, "done": 1}
    assert order_counts(finance, OVER.date())["late"] == 1

    def found(standing: str = "", text: str = "", after: int = 0) -> list[int]:
        page = orders_listed(finance, OrdersWanted(standing, text, after), LAST)
        return [one.pk for one in page.rows]

    assert found() == [first.pk, second.pk]
    assert (found("open"), found("done"), found(after=first.pk)) == ([second.pk], [first.pk], [second.pk])
    assert found(text="CMB-1") == found(text=first.number) == [first.pk]
    assert found(text="nobody") == []


def test_of_two_who_credit_an_order_at_once_the_second_is_refused(committed_office: Office) -> None:
    order = opened(committed_office, group(committed_office, "O5", "O5"))
    acts: list[Callable[[], Any]] = [
        lambda: credit(committed_office, order, 1000, "CMB-1"),
        lambda: credit(committed_office, order, 1000, "CMB-2"),
    ]
    ends = at_once(*acts)
    assert ends in (["done", "nothing_due"], ["changed_meanwhile", "done"])
    assert Credit.objects.count() == 1


class Money(RuleBasedStateMachine):
    """Three of an institution and one person, and whatever finance, the bank and the payers do."""

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.office = open_office()
        self.rows = [*group(self.office, "O5", "O1", "O5"), approved(self.office, person(4), 4)]
        self.came = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except (Refused, NotAllowed, IllegalMove):
            return False
        return True

    @rule(which=st.sets(st.integers(0, 3), min_size=1))
    def an_order_is_opened(self, which: set[int]) -> None:
        self.attempt(lambda: opened(self.office, [self.rows[one] for one in which]))

    @rule(which=st.integers(0, 3), over=st.sampled_from((0, 0, 0, -1, 1)), reference=st.sampled_from("ABC"))
    def a_transfer_comes(self, which: int, over: int, reference: str) -> None:
        order = PaymentOrder.objects.filter(lines__application=self.rows[which]).first()
        if order is None:
            return
        amount = order_seen(order.pk, self.office.clerk).due + over
        if self.attempt(lambda: credit(self.office, order, amount, reference)):
            assert over == 0
            self.came += amount

    @rule(which=st.integers(0, 3), deed=st.sampled_from(("withdraw", "expire", "reopen", "single", "slip")))
    def somebody_does_something(self, which: int, deed: str) -> None:
        row, clerk = seen(self.rows[which]), self.office.clerk
        due = stored(self.rows[which]).fee_due or 0
        acts: dict[str, Callable[[], Any]] = {
            "withdraw": lambda: services.withdraw(seen=row, reason="", actor=clerk, now=LATER),
            "expire": lambda: payments.expire_payment(seen=row, actor=clerk, now=OVER),
            "reopen": lambda: payments.reopen_payment(
                seen=row, due=Due(due, date(2026, 3, 20)), actor=clerk, now=OVER
            ),
            "single": lambda: payments.enter_credit(
                seen=[row], new=NewCredit(f"ONE-{which}", CREDITED, due), actor=clerk, now=LATER
            ),
            "slip": lambda: add_document(
                seen=row,
                new=NewDocument(DocumentKind.PAYMENT_SLIP, "s.pdf", pdf()),
                actor=clerk,
                now=LATER,
            ),
        }
        if self.attempt(acts[deed]) and deed == "single":
            self.came += due

    @invariant()
    def every_yuan_that_came_lies_with_a_line(self) -> None:
        lines = PaymentLine.objects.filter(application__credit__isnull=False)
        credits_sum = sum(Credit.objects.values_list("amount", flat=True))
        assert credits_sum == sum(lines.values_list("amount", flat=True)) == self.came

    @invariant()
    def what_is_due_is_what_waits(self) -> None:
        for order in PaymentOrder.objects.all():
            shown = order_seen(order.pk, self.office.clerk)
            waiting = [one for one in shown.lines if one.application.state == S.AWAITING_PAYMENT]
            assert shown.due == sum(one.application.fee_due or 0 for one in waiting) <= shown.total


@pytest.mark.django_db
def test_no_sequence_of_orders_and_transfers_loses_money() -> None:
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
