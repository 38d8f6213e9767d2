"""Stores answers: many at once, journal and newest answer in one transaction, the sitting's time checked inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from examserver.delivery.models import JournalEntry, Response, Sitting
from examserver.delivery.states import SittingState

Key = tuple[int, str]


class Verdict(StrEnum):
    """What became of an answer."""

    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Submitted:
    """An answer as it came in; `value` is JSON text of the right shape already."""

    sitting: int
    item: str
    seq: int
    value: str
    marked: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a submitted answer; `stored_seq` is the newest one's."""

    verdict: Verdict
    stored_seq: int


_RESPONSE = Response._meta.db_table
_JOURNAL = JournalEntry._meta.db_table
_SITTING = Sitting._meta.db_table
_UPSERT = f"""
INSERT INTO {_RESPONSE} (sitting_id, item, seq, value, marked, saved_at) VALUES {{rows}}
ON CONFLICT (sitting_id, item) DO UPDATE SET
  seq = excluded.seq, value = excluded.value, marked = excluded.marked, saved_at = excluded.saved_at
WHERE excluded.seq > {_RESPONSE}.seq
RETURNING sitting_id, item, seq
"""  # noqa: S608 - table names of our own models
_WINDOWS = f"SELECT id, state, accepts_until FROM {_SITTING} WHERE id IN ({{marks}}){{lock}}"  # noqa: S608
_APPEND = f"""
INSERT INTO {_JOURNAL} (sitting_id, item, seq, value, marked, outcome, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608


def store_responses(rows: Sequence[Submitted]) -> list[Stored]:
    """Store `rows` in one transaction and say what became of each, in order.

    The newest `seq` of an item wins, whatever the order of arrival; a repeated one is `saved` again. Whether the
    sitting still takes answers is read inside the transaction, so a closing sitting and an answer cannot cross.
    """
    with transaction.atomic():
        taking = _taking({row.sitting for row in rows}, rows)
        newest = _newest([row for row in rows if taking[row.sitting, row.received_at]])
        stored = _upsert(list(newest.values()))
        outcomes = [
            _outcome(row, stored) if taking[row.sitting, row.received_at] else Stored(Verdict.CLOSED, 0)
            for row in rows
        ]
        _append(rows, outcomes)
    return outcomes


def _taking(sittings: set[int], rows: Sequence[Submitted]) -> dict[tuple[int, datetime], bool]:
    marks = ", ".join(["%s"] * len(sittings))
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(_WINDOWS.format(marks=marks, lock=lock), list(sittings))
        windows = {pk: (state, until) for pk, state, until in cursor.fetchall()}
    return {(row.sitting, row.received_at): _takes(windows.get(row.sitting), row.received_at) for row in rows}


def _takes(window: tuple[str, datetime | None] | None, received_at: datetime) -> bool:
    if window is None:
        return False
    state, until = window
    if state == SittingState.PAUSED:
        return True
    return state == SittingState.IN_PROGRESS and until is not None and received_at <= _aware(until)


def _aware(moment: datetime) -> datetime:
    """A raw row of SQLite has no zone; Django stores UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _newest(rows: Sequence[Submitted]) -> dict[Key, Submitted]:
    newest: dict[Key, Submitted] = {}
    for row in rows:
        key = (row.sitting, row.item)
        if key not in newest or row.seq > newest[key].seq:
            newest[key] = row
    return newest


def _upsert(rows: Sequence[Submitted]) -> dict[Key, int]:
    """Write what is newer and return the stored seq of every key; sorted, so that two writers cannot deadlock."""
    if not rows:
        return {}
    ordered = sorted(rows, key=lambda row: (row.sitting, row.item))
    parameters: list[Any] = []
    for row in ordered:
        parameters += (row.sitting, row.item, row.seq, row.value, row.marked, _moment(row.received_at))
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(ordered))
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(rows=values), parameters)
        stored = {(sitting, item): seq for sitting, item, seq in cursor.fetchall()}
    missing = [row for row in ordered if (row.sitting, row.item) not in stored]
    return stored | _stored(missing)


def _stored(rows: Sequence[Submitted]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for row in rows:
        seq = (
            Response.objects.filter(sitting_id=row.sitting, item=row.item).values_list("seq", flat=True).get()
        )
        found[row.sitting, row.item] = seq
    return found


def _outcome(row: Submitted, stored: dict[Key, int]) -> Stored:
    newest = stored[row.sitting, row.item]
    return Stored(Verdict.SAVED if row.seq >= newest else Verdict.STALE, newest)


def _append(rows: Sequence[Submitted], outcomes: Sequence[Stored]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            _APPEND,
            [
                (r.sitting, r.item, r.seq, r.value, r.marked, o.verdict.value, _moment(r.received_at))
                for r, o in zip(rows, outcomes, strict=True)
            ],
        )


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
