"""Importing a bank: idempotent, all or nothing, and audited without its keys."""

from typing import Any

import pytest

from examserver.kernel.models import LogEntry
from itembank.faults import BadBank
from itembank.models import Item, VersionKey
from itembank.services import ImportSummary, import_bank
from tests.itembank.builders import NOW, OFFICER, bank, item

pytestmark = pytest.mark.django_db


def take(data: bytes | str, level: int = 3) -> ImportSummary:
    """Import `data`."""
    return import_bank(data=data, level=level, actor=OFFICER, now=NOW)


def test_items_come_in_with_their_keys_apart() -> None:
    assert take(bank()) == ImportSummary(created=12, unchanged=0, changed=0)
    item = Item.objects.get(code="MC-001")
    row = item.latest
    assert (item.level, row.type, row.knowledge_point, row.difficulty) == (3, "multiple", "point 1", 0.5)
    assert set(row.content) == {"stem", "options"}
    assert (row.key.key, row.key.explanation) == ({"correct": ["A", "C"]}, "理由")
    assert (row.number, row.author, row.standing.state, item.approved) == (1, "staff:7", "in_review", None)


def test_the_same_file_again_changes_nothing_and_leaves_no_trace() -> None:
    take(bank())
    assert take(bank().decode()) == ImportSummary(created=0, unchanged=12, changed=0)
    assert LogEntry.objects.filter(action="bank.imported").count() == 1


@pytest.mark.parametrize(
    "change",
    [{"stem": "新"}, {"key": ["C"]}, {"explanation": ""}, {"difficulty": 0.6}, {"knowledge_point": "新"}],
)
def test_a_changed_item_is_counted_and_taken_over(change: dict[str, Any]) -> None:
    take(bank(item(number=1), item(number=2)))
    assert take(bank(item(number=1), item(number=2, **change))) == ImportSummary(0, 1, 1)
    assert take(bank(item(number=1), item(number=2, **change))) == ImportSummary(0, 2, 0)


def test_a_new_key_is_a_new_version_and_the_old_one_is_kept() -> None:
    take(bank(item(key=["B"])))
    take(bank(item(key=["C"]), item(number=2)))
    versions = Item.objects.get(code="SC-001").versions.order_by("number")
    assert [one.key.key["correct"] for one in versions] == [["B"], ["C"]]
    assert [one.standing.state for one in versions] == ["superseded", "in_review"]
    assert VersionKey.objects.count() == 3


def test_items_that_the_file_does_not_name_stay() -> None:
    take(bank(item(number=1)))
    assert take(bank(item(number=2))) == ImportSummary(1, 0, 0)
    assert Item.objects.count() == 2


def test_of_a_file_with_a_fault_nothing_is_taken_over() -> None:
    with pytest.raises(BadBank):
        take(bank(item(number=1), item(number=2, key=["Z"])))
    assert not Item.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_bank_for_other_levels_is_refused() -> None:
    assert take(bank(offering_levels=[3, 4]), level=4).created == 12
    with pytest.raises(BadBank, match="offering_levels"):
        take(bank(offering_levels=[4]), level=3)


def test_an_item_of_another_level_is_not_taken_away_from_it() -> None:
    take(bank(item(number=1)), level=4)
    with pytest.raises(BadBank, match="SC-001: id: already an item of level 4"):
        take(bank(item(number=1), item(number=2)), level=3)
    assert Item.objects.get().level == 4


def test_the_log_names_items_and_actor_but_holds_no_key() -> None:
    take(bank(item(stem="秘密", explanation="因为")))
    entry = LogEntry.objects.get(action="bank.imported")
    assert (entry.actor, entry.stream, entry.subject, entry.at) == ("staff:7", "itembank", "level:3", NOW)
    assert set(entry.data) == {"file_sha256", "created", "changed"}
    assert entry.data["created"] == ["SC-001"]
