"""What the database holds after the day; `python -m tests.day.records` prints it as JSON, from a process of its own."""

import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from tests.day.venue import run_module


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer as it is stored, or a line of the journal with what became of it."""

    sitting: int
    item: str
    seq: int
    value: Any
    outcome: str = ""


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sitting's clock, in milliseconds since the epoch, and how it ended."""

    state: str
    minutes: int
    started_at: int | None
    ends_at: int | None
    submitted_by: str
    receipt_count: int | None
    receipt_sha256: str


class Records(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the laws of the kill tests speak of."""

    responses: list[Row]
    journal: list[Row]
    sittings: dict[int, Closing]
    broken_entries: list[str]
    entries: int
    integrity: str


def read(settings: Mapping[str, str]) -> Records:
    """The records of the database that `settings` name; nobody else needs to run."""
    return msgspec.json.decode(run_module(settings, "tests.day.records"), type=Records)


def _rows(table: Any, *more: str) -> list[Row]:
    found = table.objects.order_by("sitting_id", "item", "seq").values_list(
        "sitting_id", "item", "seq", "value", *more
    )
    return [
        Row(sitting, item, seq, msgspec.json.decode(value), *rest)
        for sitting, item, seq, value, *rest in found
    ]


def _sittings() -> dict[int, Closing]:
    from examserver.delivery.models import Sitting
    from examserver.kernel.clock import wire

    return {
        one.pk: Closing(
            state=one.state,
            minutes=one.paper.minutes,
            started_at=wire(one.started_at),
            ends_at=wire(one.ends_at),
            submitted_by=one.submitted_by,
            receipt_count=one.receipt_count,
            receipt_sha256=one.receipt_sha256,
        )
        for one in Sitting.objects.select_related("paper").exclude(started_at=None)
    }


def _integrity() -> str:
    """SQLite's own check of its file; PostgreSQL has none to ask."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return str(cursor.execute("PRAGMA integrity_check").fetchone()[0])


def collect() -> Records:
    """Read everything from the settings' database."""
    from examserver.delivery.models import JournalEntry, Response
    from examserver.kernel.chain import broken_entries
    from examserver.kernel.models import LogEntry

    streams = LogEntry.objects.order_by("stream").values_list("stream", flat=True).distinct()
    return Records(
        responses=_rows(Response),
        journal=_rows(JournalEntry, "outcome"),
        sittings=_sittings(),
        broken_entries=[str(entry) for stream in streams for entry in broken_entries(stream)],
        entries=LogEntry.objects.count(),
        integrity=_integrity(),
    )


def main() -> None:
    """Print the records."""
    import django

    django.setup()
    sys.stdout.buffer.write(msgspec.json.encode(collect()))


if __name__ == "__main__":
    main()
