"""Takes the items of a bank file over: all of them, or none and the list of what is wrong."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank.banks import BankItem, read_bank
from itembank.contents import plain
from itembank.faults import BadBank, Fault
from itembank.models import Item, ItemKey


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many items of a bank file were new, the same as before, and different from before."""

    created: int
    unchanged: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Differences:
    """The items of a file that the bank does not have, and those that it has otherwise."""

    new: Sequence[BankItem]
    changed: Sequence[BankItem]


@transaction.atomic
def import_bank(*, data: bytes | str, level: int, actor: Actor, now: datetime) -> ImportSummary:
    """Take the items of a bank file over for `level`; a second time the same file changes nothing.

    BadBank with every fault of the file, and then nothing of it is taken over. Items that the file does
    not name stay. Papers hold copies: a frozen one does not see a changed item.
    """
    bank = read_bank(data)
    codes = [item.id for item in bank.items]
    known = {item.code: item for item in Item.objects.filter(code__in=codes).select_related("key")}
    _check_level(bank.levels, level, known.values())
    found = _differences(bank.items, known)
    _create(found.new, level)
    _change(found.changed, known)
    if found.new or found.changed:
        audit.record(_act(data, level, actor, found), now)
    new, changed = len(found.new), len(found.changed)
    return ImportSummary(new, len(codes) - new - changed, changed)


def _check_level(levels: Sequence[int], level: int, known: Iterable[Item]) -> None:
    if levels and level not in levels:
        raise BadBank([Fault("", "offering_levels", f"the bank is for {list(levels)}, not for {level}")])
    faults = [
        Fault(item.code, "id", f"already an item of level {item.level}")
        for item in known
        if item.level != level
    ]
    if faults:
        raise BadBank(faults)


def _differences(items: Sequence[BankItem], known: Mapping[str, Item]) -> _Differences:
    new = [item for item in items if item.id not in known]
    changed = [item for item in items if item.id in known and not _same(known[item.id], item)]
    return _Differences(new, changed)


def _content(item: BankItem) -> dict[str, Any]:
    return {"stem": item.stem, "options": plain(item.options)}


def _same(row: Item, item: BankItem) -> bool:
    of_row = (row.type, row.content, row.knowledge_point, row.difficulty)
    of_item = (item.type.value, _content(item), item.knowledge_point, item.difficulty)
    of_key = (row.key.correct, row.key.explanation)
    return of_row == of_item and of_key == (list(item.key), item.explanation)


def _create(items: Sequence[BankItem], level: int) -> None:
    rows = [_filled(Item(code=item.id, level=level), item) for item in items]
    Item.objects.bulk_create(rows)
    pairs = zip(rows, items, strict=True)
    ItemKey.objects.bulk_create(_filled_key(ItemKey(item=row), item) for row, item in pairs)


def _change(items: Sequence[BankItem], known: Mapping[str, Item]) -> None:
    rows = [_filled(known[item.id], item) for item in items]
    Item.objects.bulk_update(rows, ["type", "content", "knowledge_point", "difficulty"])
    keys = [_filled_key(known[item.id].key, item) for item in items]
    ItemKey.objects.bulk_update(keys, ["correct", "explanation"])


def _filled(row: Item, item: BankItem) -> Item:
    row.type, row.content = item.type.value, _content(item)
    row.knowledge_point, row.difficulty = item.knowledge_point, item.difficulty
    return row


def _filled_key(row: ItemKey, item: BankItem) -> ItemKey:
    row.correct, row.explanation = list(item.key), item.explanation
    return row


def _act(data: bytes | str, level: int, actor: Actor, found: _Differences) -> audit.Act:
    """The act names items and the file's hash; neither content nor keys go into the log."""
    raw = data.encode() if isinstance(data, str) else data
    details = {
        "file_sha256": hashlib.sha256(raw).hexdigest(),
        "created": [item.id for item in found.new],
        "changed": [item.id for item in found.changed],
    }
    return audit.Act("itembank", "bank.imported", f"level:{level}", str(actor), details)
