"""Any sequence of payments, decisions and withdrawals: nobody loses a place, the order or the money."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from examserver.kernel.access import SYSTEM, NotAllowed
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState
from examserver.registration.batches.states import HELD, MOVES, BatchState
from examserver.registration.dates.windows import DecemberChoice
from examserver.registration.models import Application, Batch
from examserver.registration.selectors.batches import counted, members
from examserver.registration.selectors.catalogue import catalogue_of
from examserver.registration.services import batches as services
from examserver.registration.services.batches import December, SeenBatch
from examserver.registration.services.catalogue import Publication, add_catalogue_version
from examserver.registration.services.queueing import requeue_awaiting
from tests.registration.applications.calls import CALLS
from tests.registration.applications.people import Office, seen
from tests.registration.batches.test_batches import paid
from tests.registration.catalogue.notices import LOADED, OPENS, edited

LEAST = 3
MONTHS = (1, 3, 11, 12)
REFUSALS = (Refused, NotAllowed, IllegalMove)
AFTER = datetime(2026, 12, 31, 2, tzinfo=UTC)
YEAR_OVER = datetime(2027, 1, 2, 2, tzinfo=UTC)
DECIDED = ("this_year", "next_year")
PLACED = frozenset({ApplicationState.QUEUED, ApplicationState.BATCHED})
# In these nobody is left: all have gone on, or wait for the next notice.
LEFT = frozenset({BatchState.ROLLED_OVER, BatchState.NEXT_YEAR})


def few_are_enough(notice: Any) -> None:
    notice["rules"]["batch_least"] = LEAST


class Months(RuleBasedStateMachine):
    """An office that holds batches of three, people who pay in some month, and whatever is decided."""

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        publication = Publication(OPENS, "2026年通知")
        add_catalogue_version(file=edited(few_are_enough), publication=publication, actor=SYSTEM, now=LOADED)
        self.office = Office()
        self.people = 0
        self.kept: dict[int, tuple[int | None, int | None]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(count=st.integers(1, 4), month=st.sampled_from(MONTHS))
    def people_pay(self, count: int, month: int) -> None:
        rows = paid(count, date(2026, month, 5), self.people + 1)
        self.people += count
        for one in rows:
            stored = Application.objects.get(pk=one.pk)
            self.kept[one.pk] = (stored.credit_id, stored.queue_number)

    @rule(count=st.integers(1, 4), month=st.sampled_from(MONTHS), choice=st.sampled_from(DECIDED))
    def a_month_goes_its_way(self, count: int, month: int, choice: str) -> None:
        """What chance alone seldom walks: people pay, the month is over, and the batch is held or goes on."""
        self.people_pay(count, month)
        for act in ("close", "confirm", choice):
            for batch in Batch.objects.filter(month=date(2026, month, 1)):
                self.attempt(act, SeenBatch(batch.pk, batch.version))

    @rule(
        act=st.sampled_from(["close", "close", "confirm", "confirm", "roll_over", "this_year", "next_year"]),
        which=st.integers(0, 5),
        stale=st.booleans(),
    )
    def somebody_decides(self, act: str, which: int, stale: bool) -> None:
        found = list(Batch.objects.order_by("month"))
        if found:
            batch = found[which % len(found)]
            self.attempt(act, SeenBatch(batch.pk, batch.version - stale))

    def attempt(self, act: str, looked: SeenBatch) -> None:
        before = self.snapshot()
        try:
            self.decide(act, looked)
        except REFUSALS:
            assert self.snapshot() == before, f"{act} was refused and changed something"

    def decide(self, act: str, looked: SeenBatch) -> None:
        clerk: dict[str, Any] = {"seen": looked, "actor": self.office.clerk, "now": AFTER}
        match act:
            case "close":
                services.close_batch(**{**clerk, "now": YEAR_OVER})
            case "confirm":
                services.confirm_batch(**clerk)
            case "roll_over":
                services.roll_over_batch(reason="人数不足", **clerk)
            case "this_year":
                december = December(DecemberChoice.THIS_YEAR, date(2026, 12, 31))
                services.decide_december_batch(december=december, **clerk)
            case _:
                services.decide_december_batch(december=December(DecemberChoice.NEXT_YEAR), **clerk)

    @rule(which=st.integers(0, 20))
    def somebody_withdraws(self, which: int) -> None:
        if self.kept:
            row = Application.objects.get(pk=sorted(self.kept)[which % len(self.kept)])
            before = self.snapshot()
            try:
                CALLS["withdraw"](seen(row), self.office.clerk, AFTER)
            except REFUSALS:
                assert self.snapshot() == before

    @rule()
    def who_waits_for_the_notice_is_asked_for(self) -> None:
        requeue_awaiting(actor=self.office.clerk, now=AFTER)

    def snapshot(self) -> list[Any]:
        people = Application.objects.order_by("pk").values_list("pk", "state", "batch_id", "version")
        return [*people, *Batch.objects.order_by("pk").values_list("pk", "state", "version")]

    @invariant()
    def nobody_loses_the_money_or_the_place_in_the_order(self) -> None:
        rows = Application.objects.filter(pk__in=self.kept)
        assert {one.pk: (one.credit_id, one.queue_number) for one in rows} == self.kept
        assert len({number for _, number in self.kept.values()}) == len(self.kept)

    @invariant()
    def everybody_is_in_one_batch_that_is_still_to_be_held_or_waits_for_the_notice(self) -> None:
        for one in Application.objects.filter(pk__in=self.kept).select_related("batch"):
            if one.state in PLACED:
                assert one.batch is not None
                assert one.batch.state not in LEFT
            else:
                assert one.state in {
                    ApplicationState.AWAITING_NEXT_YEAR_NOTICE,
                    ApplicationState.WITHDRAWN,
                }

    @invariant()
    def a_batch_is_held_only_with_enough_people(self) -> None:
        for batch in Batch.objects.filter(state__in=sorted(HELD)):
            assert counted(batch, catalogue_of(batch.catalogue_version)) >= LEAST
            assert batch.evaluate_by is not None

    @invariant()
    def every_event_follows_the_one_before_by_a_legal_move(self) -> None:
        for batch in Batch.objects.prefetch_related("events"):
            events = list(batch.events.all())
            assert [one.number for one in events] == list(range(1, batch.version + 1))
            sources = [BatchState.OPEN, *(one.target for one in events[:-1])]
            assert [one.source for one in events] == sources[: len(events)]
            assert all(one.target in MOVES[BatchState(one.source)] for one in events)
            assert batch.state == (events[-1].target if events else BatchState.OPEN)

    @invariant()
    def people_stand_in_the_order_in_which_they_paid(self) -> None:
        for batch in Batch.objects.all():
            numbers = [one.queue_number for one in members(batch)]
            assert numbers == sorted(numbers)


@pytest.mark.django_db
@pytest.mark.requirement("REQ-45", "S9", "S10", partly=True)
def test_no_sequence_of_decisions_loses_a_person_the_order_or_the_money() -> None:
    run_state_machine_as_test(
        Months,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
