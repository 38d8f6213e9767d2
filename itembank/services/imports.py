"""Imports files of questions: read, compared and shown first; written only when a person agrees to what was shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import check_move, move
from itembank.bank.versions import draft_of
from itembank.differences import FieldDifference, differences
from itembank.formats.question import Error
from itembank.formats.registry import read
from itembank.freezing import digest
from itembank.models import ImportFile, Pool
from itembank.services.questions import drafts_of
from itembank.services.takeover import Change, Coming, Comparison, compare, take_over
from itembank.services.versions import Hand
from itembank.states import IMPORT_MOVES, ImportState, VersionState

MOST_BYTES = 20 * 1024 * 1024
MOST_ITEMS = 20_000


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
    """Read the file and compare it with the bank; nothing is written."""
    data = bytes(file.data)
    reading = read(data, file.name)
    few = msgspec.structs.replace(reading, questions=reading.questions[:MOST_ITEMS])
    made = drafts_of(few, data, file.name)
    found = compare([Coming(one.code, one.draft, one.source[:200]) for one in made.good], file.pool)
    foreign = [
        Error(where=one.source, code="code_foreign", params={"given": item.code, "pool": item.pool.name})
        for item in found.foreign
        for one in made.good
        if one.code == item.code
    ]
    if len(reading.questions) > MOST_ITEMS:
        foreign.append(Error(where=file.name, code="too_many", params={"most": str(MOST_ITEMS)}))
    return Preview(
        format=reading.format,
        new=found.new,
        changed=[_changed(one) for one in found.changed],
        unchanged=found.unchanged,
        errors=(*reading.errors, *made.refused, *foreign),
        notes=reading.notes,
        seen=_seen(found),
    )


def _changed(change: Change) -> ChangedItem:
    latest = change.item.latest
    before = draft_of(latest) if latest else change.coming.draft
    return ChangedItem(change, differences(before, change.coming.draft))


def _seen(found: Comparison) -> str:
    """Of what would be written and onto which versions: the bank may have changed between preview and agreement."""
    new = [[one.code, one.draft.sha256] for one in found.new]
    changed = [
        [one.coming.code, one.coming.draft.sha256, one.item.latest.number if one.item.latest else 0]
        for one in found.changed
    ]
    return digest([new, changed])


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
    act = audit.Act("itembank", "import.discarded", f"pool:{file.pool.code}", str(actor), {"name": file.name})
    audit.record(act, now)
