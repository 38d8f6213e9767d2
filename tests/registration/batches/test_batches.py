"""Months: thirty are enough, fewer go on together with the next month, and December is a person's decision."""

from datetime import UTC, date, datetime

import pytest

from examserver.demo.invented import id_number
from examserver.kernel.access import NotAllowed, Role
from examserver.kernel.transitions import IllegalMove
from examserver.people.services import add_candidate
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, CancelledAs, Channel, EntryChannel
from examserver.registration.batches.states import BatchState
from examserver.registration.dates.windows import DecemberChoice
from examserver.registration.models import Application, Batch, Credit, Offering
from examserver.registration.selectors.applications import events
from examserver.registration.selectors.batches import batches, members, rolled
from examserver.registration.selectors.batches import events as batch_events
from examserver.registration.services import applications, reviewing
from examserver.registration.services.batches import (
    December,
    SeenBatch,
    close_batch,
    confirm_batch,
    decide_december_batch,
    roll_over_batch,
)
from examserver.registration.services.queueing import queue_paid, requeue_awaiting
from tests.registration.applications.people import Office, seen, staff
from tests.registration.catalogue.notices import load

MARCH, APRIL = datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 4, 1, 2, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 5, 2, tzinfo=UTC)


@pytest.fixture
def office(db: None) -> Office:
    load()
    return Office()


def paid(count: int, day: date, first: int = 1, offering: str = "O5") -> list[Application]:
    """People whose money was credited on `day`; what came before it is another test's."""
    credit = Credit.objects.create(
        reference=f"B{day}-{first}", credited_on=day, amount=500 * count, entered_by="x", entered_at=MARCH
    )
    row = Offering.objects.get(code=offering)
    rows = []
    for index in range(first, first + count):
        person = add_candidate(name=f"考生{index}", id_number=id_number(index))
        one = Application(
            offering=row,
            channel=Channel.INDIVIDUAL,
            entry_channel=EntryChannel.DESK,
            candidate=person,
            name=person.name,
            catalogue_version="2026-1",
            state=ApplicationState.PAID,
            created_at=MARCH,
            submitted_at=datetime(2026, 1, 20, tzinfo=UTC),
            month=date(2026, 1, 1),
            credit=credit,
        )
        one.id_number = person.id_number
        one.save()
        rows.append(one)
    queue_paid(now=MARCH)
    return rows


def batch_of(month: int) -> Batch:
    return Batch.objects.get(month=date(2026, month, 1))


def looked(batch: Batch) -> SeenBatch:
    return SeenBatch(batch.pk, Batch.objects.get(pk=batch.pk).version)


def close(month: int, office: Office, now: datetime) -> Batch:
    return close_batch(seen=looked(batch_of(month)), actor=office.clerk, now=now)


def states(rows: list[Application]) -> set[str]:
    return set(Application.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True))


@pytest.mark.requirement("REQ-45", "S9")
def test_29_of_february_go_to_march_and_with_three_more_are_held_by_the_end_of_april(office: Office) -> None:
    early = paid(29, date(2026, 2, 27))
    assert close(2, office, MARCH).state == BatchState.ROLLED_OVER
    assert states(early) == {ApplicationState.QUEUED}
    told = [[one.deed for one in events(row)][-2:] for row in early]
    assert told == [["roll_over", "requeue"]] * 29
    late = paid(3, date(2026, 3, 10), first=40)
    march = close(3, office, APRIL)
    held = confirm_batch(seen=looked(march), actor=office.clerk, now=APRIL)
    assert (held.state, held.evaluate_by) == (BatchState.CONFIRMED, date(2026, 4, 30))
    assert [one.pk for one in members(held)] == [row.pk for row in (*early, *late)]
    assert len({one.credit_id for one in members(held)}) == 2
    assert states([*early, *late]) == {ApplicationState.BATCHED}
    assert set(rolled(held).values()) == {1}


@pytest.mark.requirement("REQ-44", "S10")
def test_thirty_are_confirmed_and_a_withdrawal_brings_the_batch_back(office: Office) -> None:
    rows = paid(30, date(2026, 2, 27))
    closed = close(2, office, MARCH)
    assert closed.state == BatchState.CLOSED
    confirm_batch(seen=looked(closed), actor=office.clerk, now=MARCH)
    applications.withdraw(seen=seen(rows[0]), reason="", actor=office.clerk, now=MARCH)
    back = batch_of(2)
    assert (back.state, back.evaluate_by, members(back).count()) == (BatchState.CLOSED, None, 29)
    with pytest.raises(Refused, match="batch_too_few"):
        confirm_batch(seen=looked(back), actor=office.clerk, now=MARCH)
    roll_over_batch(seen=looked(back), reason="29人", actor=office.clerk, now=MARCH)
    assert states(rows[1:]) == {ApplicationState.QUEUED}
    assert members(batch_of(3)).count() == 29
    assert [one.target for one in batch_events(back)] == ["CLOSED", "CONFIRMED", "CLOSED", "ROLLED_OVER"]


def test_a_cancelled_qualification_counts_no_more(office: Office) -> None:
    rows = paid(30, date(2026, 2, 27))
    confirm_batch(seen=looked(close(2, office, MARCH)), actor=office.clerk, now=MARCH)
    reviewing.cancel_qualification(
        seen=seen(rows[0]), found=CancelledAs.INELIGIBLE, reason="不符", actor=office.clerk, now=MARCH
    )
    assert batch_of(2).state == BatchState.CLOSED


@pytest.mark.requirement("REQ-42", "S11")
def test_december_is_decided_by_a_person_and_this_year_needs_a_day(office: Office) -> None:
    paid(30, date(2026, 12, 5))
    with pytest.raises(Refused, match="batch_month_runs"):
        close(12, office, NEW_YEAR)
    closed = close(12, office, datetime(2027, 1, 2, tzinfo=UTC))
    assert (closed.state, closed.evaluate_by) == (BatchState.DECEMBER_DECISION, None)
    for day in (None, date(2027, 1, 1)):
        with pytest.raises(Refused, match="december_date"):
            decide(closed, December(DecemberChoice.THIS_YEAR, day), office)


def decide(batch: Batch, december: December, office: Office, now: datetime = NEW_YEAR) -> Batch:
    return decide_december_batch(seen=looked(batch), december=december, actor=office.clerk, now=now)


@pytest.mark.requirement("REQ-42", "S11", "S12")
def test_twenty_of_november_go_to_the_decision_of_december_and_wait_for_the_next_notice(
    office: Office,
) -> None:
    rows = paid(20, date(2026, 11, 20))
    assert close(11, office, NEW_YEAR).state == BatchState.ROLLED_OVER
    december = batch_of(12)
    assert (members(december).count(), december.evaluate_by) == (20, None)
    assert not Batch.objects.filter(month__gte=date(2027, 1, 1)).exists()
    closed = close(12, office, datetime(2027, 1, 2, tzinfo=UTC))
    with pytest.raises(Refused, match="batch_nowhere"):
        roll_over_batch(seen=looked(closed), reason="", actor=office.clerk, now=NEW_YEAR)
    decide(closed, December(DecemberChoice.NEXT_YEAR), office)
    assert states(rows) == {ApplicationState.AWAITING_NEXT_YEAR_NOTICE}
    assert batch_of(12).evaluate_by is None
    assert requeue_awaiting(actor=office.clerk, now=NEW_YEAR) == 0


@pytest.mark.requirement("REQ-44")
def test_december_is_held_this_year_by_thirty(office: Office) -> None:
    rows = paid(30, date(2026, 12, 5))
    Batch.objects.filter(month=date(2026, 12, 1)).update(state=BatchState.DECEMBER_DECISION)
    held = decide(batch_of(12), December(DecemberChoice.THIS_YEAR, date(2026, 12, 31)), office)
    assert (held.state, held.evaluate_by) == (BatchState.HELD_THIS_YEAR, date(2026, 12, 31))
    assert states(rows) == {ApplicationState.BATCHED}


def test_money_that_is_credited_into_a_closed_month_counts_in_the_next(office: Office) -> None:
    paid(30, date(2026, 2, 10))
    close(2, office, MARCH)
    [late] = paid(1, date(2026, 2, 28), first=50)
    assert Application.objects.get(pk=late.pk).batch == batch_of(3)


def test_paid_ones_are_queued_once_in_the_order_of_payment(office: Office) -> None:
    rows = [*paid(2, date(2026, 2, 10)), *paid(1, date(2026, 2, 3), first=9)]
    assert queue_paid(now=MARCH) == 0
    assert [row.queue_number for row in members(batch_of(2))] == [1, 2, 3]
    assert [one.people for one in batches()] == [len(rows)]


@pytest.mark.requirement("REQ-48", partly=True)
def test_only_planners_decide_and_of_two_the_second_is_refused(office: Office) -> None:
    paid(30, date(2026, 2, 10))
    once = looked(batch_of(2))
    with pytest.raises(NotAllowed, match="role_needed"):
        close_batch(seen=once, actor=staff(Role.CLERK), now=MARCH)
    close_batch(seen=once, actor=office.clerk, now=MARCH)
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        close_batch(seen=once, actor=office.clerk, now=MARCH)
    with pytest.raises(IllegalMove):
        close_batch(seen=looked(batch_of(2)), actor=office.clerk, now=MARCH)
