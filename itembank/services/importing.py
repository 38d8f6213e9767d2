"""Takes the items of a bank file over: all of them, or none and the list of what is wrong."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank.banks import BankItem, read_bank
from itembank.contents import plain
from itembank.faults import BadBank, Fault
from itembank.services.pools import level_pool
from itembank.services.takeover import Coming, Comparison, compare, take_over
from itembank.services.versions import Hand
from itembank.states import VersionState
from itembank.versions import Draft


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many items of a bank file were new, the same as before, and different from before."""

    created: int
    unchanged: int
    changed: int


@transaction.atomic
def import_bank(*, data: bytes | str, level: int, actor: Actor, now: datetime) -> ImportSummary:
    """Take the items of a bank file over for `level`, into review; a second time the same file changes nothing.

    BadBank with every fault of the file, and then nothing of it is taken over. Items that the file does
    not name stay. A changed item gets a new version; the one that is approved stays in use until that one is.
    """
    bank = read_bank(data)
    _check_level(bank.levels, level)
    pool = level_pool(level)
    found = compare([Coming(item.id, drafted(item)) for item in bank.items], pool)
    _check_foreign(found)
    take_over(found, pool, Hand(str(actor), now, VersionState.IN_REVIEW))
    if found.new or found.changed:
        audit.record(_act(data, level, actor, found), now)
    return ImportSummary(len(found.new), len(found.unchanged), len(found.changed))


def drafted(item: BankItem) -> Draft:
    """The item of a bank file as a version to be stored."""
    return Draft(
        type=item.type,
        content={"stem": item.stem, "options": plain(item.options)},
        key={"correct": list(item.key)},
        explanation=item.explanation,
        knowledge_point=item.knowledge_point,
        difficulty=item.difficulty,
    )


def _check_level(levels: Sequence[int], level: int) -> None:
    if levels and level not in levels:
        raise BadBank([Fault("", "offering_levels", f"the bank is for {list(levels)}, not for {level}")])


def _check_foreign(found: Comparison) -> None:
    if found.foreign:
        raise BadBank(
            Fault(item.code, "id", f"already an item of level {item.level}") for item in found.foreign
        )


def _act(data: bytes | str, level: int, actor: Actor, found: Comparison) -> audit.Act:
    """The act names items and the file's hash; neither content nor keys go into the log."""
    raw = data.encode() if isinstance(data, str) else data
    details = {
        "file_sha256": hashlib.sha256(raw).hexdigest(),
        "created": [one.code for one in found.new],
        "changed": [one.coming.code for one in found.changed],
    }
    return audit.Act("itembank", "bank.imported", f"level:{level}", str(actor), details)
