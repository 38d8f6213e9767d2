"""Imports files of questions: read, compared and shown first; written only when a person agrees to what was shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import check_move, move
from itembank.bank.versions import draft_of
from itembank.differences import FieldDifference, differences
from itembank.formats.question import Error
from itembank.freezing import digest
from itembank.models import ImportFile, Item, Pool
from itembank.services.readings import FileRead, forget_reading, read_offered
from itembank.services.takeover import Change, Coming, Comparison, compare, take_over
from itembank.services.versions import Hand
from itembank.states import IMPORT_MOVES, ImportState, VersionState

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that a file brings otherwise, and in what."""

    change: Change
    differences: Sequence[FieldDifference]


@dataclass(frozen=True, slots=True)
class Preview:
    """What agreeing to a file would do, and what of it cannot be taken; `seen` is the digest of what it would write."""

    format: str
    new: Sequence[Coming]
    changed: Sequence[ChangedItem]
    unchanged: Sequence[str]
    errors: Sequence[Error]
    notes: Sequence[Error]
    seen: str


def offer_file(*, data: bytes, name: str, pool: Pool, actor: Actor, now: datetime) -> ImportFile:
    """Keep a file until somebody agrees or discards. NotAllowed `file_empty`, `file_too_large`."""
    if not data:
        raise NotAllowed("file_empty")
    if len(data) > MOST_BYTES:
        raise NotAllowed("file_too_large")
    return ImportFile.objects.create(
        name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        data=data,
        pool=pool,
        uploaded_by=str(actor),
        uploaded_at=now,
    )


def preview(file: ImportFile) -> Preview:
    """Compare what the file says with the bank; nothing is written."""
    given = read_offered(file)
    found = compare([Coming(one.code, one.draft, one.source[:200]) for one in given.good], file.pool)
    return Preview(
        format=given.format,
        new=found.new,
        changed=[_changed(one) for one in found.changed],
        unchanged=found.unchanged,
        errors=(*given.errors, *_foreign(found, given)),
        notes=given.notes,
        seen=_seen(found, file.pool),
    )


def _foreign(found: Comparison, given: FileRead) -> list[Error]:
    places = {one.code: one.source for one in given.good}
    return [
        Error(where=places[one.code], code="code_foreign", params={"given": one.code, "pool": one.pool.name})
        for one in found.foreign
    ]


def _changed(change: Change) -> ChangedItem:
    latest = change.item.latest
    before = draft_of(latest) if latest else change.coming.draft
    return ChangedItem(change, differences(before, change.coming.draft))


def _seen(found: Comparison, pool: Pool) -> str:
    """Of all that would be written, where, and onto which versions: the bank may change before somebody agrees."""
    new = [[one.code, one.draft.whole_sha256, one.source] for one in found.new]
    changed = [
        [one.coming.code, one.coming.draft.whole_sha256, one.coming.source, _number(one.item)]
        for one in found.changed
    ]
    return digest([pool.code, new, changed])


def _number(item: Item) -> int:
    return item.latest.number if item.latest else 0


@transaction.atomic
def agree_file(*, file: ImportFile, seen: str, actor: Actor, now: datetime) -> Preview:
    """Write what the preview with the digest `seen` showed, all of it into review; the file's bytes are forgotten.

    NotAllowed `import_changed` when the bank has changed since, `import_nothing`; IllegalMove when it is done already.
    """
    check_move(IMPORT_MOVES, ImportState(file.state), ImportState.AGREED)
    shown = preview(file)
    if shown.seen != seen:
        raise NotAllowed("import_changed")
    if not shown.new and not shown.changed:
        raise NotAllowed("import_nothing")
    found = Comparison(shown.new, [one.change for one in shown.changed], shown.unchanged, ())
    take_over(found, file.pool, Hand(str(actor), now, VersionState.IN_REVIEW))
    counts = {
        "new": len(shown.new),
        "changed": len(shown.changed),
        "unchanged": len(shown.unchanged),
        "errors": len(shown.errors),
    }
    move(file, IMPORT_MOVES, ImportState.AGREED, data=b"", seen=seen, summary=counts)
    forget_reading(file)
    codes = {
        "created": [one.code for one in shown.new],
        "changed": [one.change.coming.code for one in shown.changed],
    }
    details = {"file_sha256": file.sha256, "name": file.name, **codes}
    audit.record(audit.Act("itembank", "bank.imported", f"pool:{file.pool.code}", str(actor), details), now)
    return shown


@transaction.atomic
def discard_file(*, file: ImportFile, actor: Actor, now: datetime) -> None:
    """Forget the file's bytes; nothing of it comes into the bank. IllegalMove when it is done already."""
    move(file, IMPORT_MOVES, ImportState.DISCARDED, data=b"")
    forget_reading(file)
    act = audit.Act("itembank", "import.discarded", f"pool:{file.pool.code}", str(actor), {"name": file.name})
    audit.record(act, now)
