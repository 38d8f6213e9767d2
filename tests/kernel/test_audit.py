"""The audit chain: numbered, linked, only inside a transaction, and a change shows."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from examserver.kernel.audit import AuditOutsideTransaction, record
from examserver.kernel.chain import Act, broken_entries, last_number
from examserver.kernel.models import LogEntry

NOW = datetime(2026, 3, 28, 1, 0, tzinfo=UTC)


def act(action: str, stream: str = "room:1") -> Act:
    return Act(stream, action, "sitting:1", "staff:1", {"why": action})


@pytest.mark.django_db
def test_numbers_have_no_gap_and_each_stream_its_own() -> None:
    for stream in ("room:1", "room:2", "room:1"):
        record(act("something", stream), NOW)
    assert (last_number("room:1"), last_number("room:2"), last_number("room:3")) == (2, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused() -> None:
    with pytest.raises(AuditOutsideTransaction):
        record(act("something"), NOW)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        record(act("something"), NOW)
        transaction.set_rollback(True)
    assert last_number("room:1") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"data": {"why": "else"}}, {"actor": "staff:2"}, {"at": datetime(2026, 1, 1, tzinfo=UTC)}]
)
def test_a_changed_entry_is_found(change: dict[str, object]) -> None:
    for number in range(3):
        record(act(f"step {number}"), NOW)
    LogEntry.objects.filter(number=2).update(**change)
    assert [one.number for one in broken_entries("room:1")] == [2]


@pytest.mark.django_db
def test_a_removed_entry_is_found_by_its_successor() -> None:
    for number in range(3):
        record(act(f"step {number}"), NOW)
    LogEntry.objects.filter(number=2).delete()
    assert [one.number for one in broken_entries("room:1")] == [3]
