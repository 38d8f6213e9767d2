"""Writes the audit chain: every official act, in the transaction that performs it."""

import hashlib
from datetime import datetime

from django.db import connection

from examserver.kernel.chain import GENESIS, Act, entry_hash
from examserver.kernel.models import LogEntry

__all__ = ["Act", "AuditOutsideTransaction", "record"]


class AuditOutsideTransaction(RuntimeError):
    """An act was to be recorded outside the transaction that performs it."""


def _lock_stream(stream: str) -> None:
    """Writers of one stream queue here; SQLite's IMMEDIATE transactions already do."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def record(act: Act, now: datetime) -> LogEntry:
    """Append `act` to its stream's chain in the caller's transaction; AuditOutsideTransaction without one."""
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(act.action)
    _lock_stream(act.stream)
    last = LogEntry.objects.filter(stream=act.stream).order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    return LogEntry.objects.create(
        stream=act.stream,
        number=number,
        at=now,
        actor=act.actor,
        action=act.action,
        subject=act.subject,
        data=dict(act.data),
        previous_hash=previous,
        hash=entry_hash(previous, number, now, act),
    )
