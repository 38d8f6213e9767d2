"""Stores answers: many at once, journal and newest answer in one transaction, the sitting's time checked inside it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec
from django.db import DatabaseError, connection, transaction

from examserver.delivery.models import JournalEntry, Response, Sitting
from examserver.delivery.states import SittingState

Key = tuple[int, str]


class Verdict(StrEnum):
    """What became of an answer."""

    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"


# Structs, for there is one of each for every answer, and a frozen dataclass takes eight times as long to make.
class Submitted(msgspec.Struct, frozen=True, gc=False):
    """An answer as it came in; `value` is JSON text of the right shape already."""

    sitting: int
    item: str
    seq: int
    value: str
    marked: bool
    received_at: datetime


class Stored(msgspec.Struct, frozen=True, gc=False):
    """What became of a submitted answer; `stored_seq` is the newest one's."""

    verdict: Verdict
    stored_seq: int


_CLOSED = Stored(Verdict.CLOSED, 0)
_RESPONSE = Response._meta.db_table
_JOURNAL = JournalEntry._meta.db_table
_SITTING = Sitting._meta.db_table
# One prepared statement for all rows: a statement of many rows is parsed anew for every batch, at twice the cost.
_UPSERT = f"""
INSERT INTO {_RESPONSE} (sitting_id, item, seq, value, marked, saved_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (sitting_id, item) DO UPDATE SET
  seq = excluded.seq, value = excluded.value, marked = excluded.marked, saved_at = excluded.saved_at
WHERE excluded.seq > {_RESPONSE}.seq
"""  # noqa: S608 - table names of our own models
_FIND = f"SELECT sitting_id, item, seq FROM {_RESPONSE} WHERE (sitting_id, item) IN (VALUES {{keys}})"  # noqa: S608
_WINDOWS = f"SELECT id, state, accepts_until FROM {_SITTING} WHERE id IN ({{marks}}){{lock}}"  # noqa: S608
_OPEN = f"""
SELECT id FROM {_SITTING} WHERE id IN ({{marks}})
  AND (state = '{SittingState.PAUSED}' OR (state = '{SittingState.IN_PROGRESS}' AND accepts_until >= %s)){{lock}}
"""  # noqa: S608
_APPEND = f"""
INSERT INTO {_JOURNAL} (sitting_id, item, seq, value, marked, outcome, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608


def store_responses(rows: Sequence[Submitted]) -> list[Stored]:
    """Store `rows` in one transaction and say what became of each, in order.

    The newest `seq` of an item wins, whatever the order of arrival; a repeated one is `saved` again. Whether the
    sitting still takes answers is read inside the transaction, so a closing sitting and an answer cannot cross.
    """
    if not rows:
        return []
    try:
        return _store(rows)
    except DatabaseError:
        # The writer's thread keeps its connection; one that the database has dropped must not refuse answers for ever.
        connection.close_if_unusable_or_obsolete()
        raise


def _store(rows: Sequence[Submitted]) -> list[Stored]:
    adapt = connection.ops.adapt_datetimefield_value  # the way to it costs as much as the call
    moments: list[Any] = [adapt(row.received_at) for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        taking = _taking(cursor, rows, max(moments))
        stored = _upsert(cursor, rows, moments, _newest(rows, taking))
        outcomes = [
            _outcome(row, stored) if takes else _CLOSED for row, takes in zip(rows, taking, strict=True)
        ]
        _append(cursor, rows, moments, outcomes)
    return outcomes


def _taking(cursor: Any, rows: Sequence[Submitted], last: Any) -> list[bool]:
    """Whether each row's sitting takes it. One look is enough while every sitting is open for the last row to come."""
    wanted = {row.sitting for row in rows}
    sittings = _in_steps(list(wanted))
    marks = ", ".join(["%s"] * len(sittings))
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    cursor.execute(_OPEN.format(marks=marks, lock=lock), [*sittings, last])
    if len(cursor.fetchall()) == len(wanted):
        return [True] * len(rows)
    cursor.execute(_WINDOWS.format(marks=marks, lock=lock), sittings)
    windows = {pk: (state, until) for pk, state, until in cursor.fetchall()}
    return [_takes(windows.get(row.sitting), row.received_at) for row in rows]


def _in_steps(keys: list[int]) -> list[int]:
    """The keys, the last one repeated up to a multiple of 32: few different statements, each of them parsed once."""
    return keys + keys[-1:] * (-len(keys) % 32)


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


def _newest(rows: Sequence[Submitted], taking: Sequence[bool]) -> dict[Key, int]:
    """Where in `rows` the newest one of every key stands."""
    newest: dict[Key, int] = {}
    for index, row in enumerate(rows):
        key = (row.sitting, row.item)
        if taking[index] and (key not in newest or row.seq > rows[newest[key]].seq):
            newest[key] = index
    return newest


def _upsert(
    cursor: Any, rows: Sequence[Submitted], moments: Sequence[Any], newest: dict[Key, int]
) -> dict[Key, int]:
    """Write what is newer and return the stored seq of every key; sorted, so that two writers cannot deadlock."""
    if not newest:
        return {}
    ordered = [(rows[newest[key]], moments[newest[key]]) for key in sorted(newest)]
    cursor.executemany(_UPSERT, [(r.sitting, r.item, r.seq, r.value, r.marked, m) for r, m in ordered])
    if cursor.rowcount == len(ordered):
        return {key: rows[index].seq for key, index in newest.items()}
    # Something was there already: repeated after a broken connection, or older than what is stored.
    pairs = ", ".join(["(%s, %s)"] * len(newest))
    cursor.execute(_FIND.format(keys=pairs), [part for key in newest for part in key])
    return {(sitting, item): seq for sitting, item, seq in cursor.fetchall()}


def _outcome(row: Submitted, stored: dict[Key, int]) -> Stored:
    newest = stored[row.sitting, row.item]
    return Stored(Verdict.SAVED if row.seq >= newest else Verdict.STALE, newest)


def _append(
    cursor: Any, rows: Sequence[Submitted], moments: Sequence[Any], outcomes: Sequence[Stored]
) -> None:
    lines = zip(rows, outcomes, moments, strict=True)
    cursor.executemany(
        _APPEND, [(r.sitting, r.item, r.seq, r.value, r.marked, o.verdict.value, m) for r, o, m in lines]
    )
