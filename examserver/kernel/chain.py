"""The audit chain as anybody may read it: what an act is, how entries are linked, and which links do not hold."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examserver.kernel.models import LogEntry

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """One act to record: `actor` and `subject` are `kind:id`, `data` is plain JSON."""

    stream: str
    action: str
    subject: str
    actor: str
    data: Mapping[str, Any]


def entry_hash(previous: str, number: int, at: datetime, act: Act) -> str:
    """SHA-256 over the previous hash and the entry's canonical JSON."""
    body = [act.stream, number, at.isoformat(), act.actor, act.action, act.subject, act.data]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()


def broken_entries(stream: str) -> Iterator[LogEntry]:
    """The entries of `stream` whose hash, number or link does not hold."""
    previous, expected = GENESIS, 1
    for entry in LogEntry.objects.filter(stream=stream).order_by("number").iterator():
        act = Act(entry.stream, entry.action, entry.subject, entry.actor, entry.data)
        holds = entry.hash == entry_hash(entry.previous_hash, entry.number, entry.at, act)
        if not (holds and entry.previous_hash == previous and entry.number == expected):
            yield entry
        previous, expected = entry.hash, entry.number + 1


def last_number(stream: str) -> int:
    """The number of the newest entry of `stream`; 0 when it is empty."""
    last = LogEntry.objects.filter(stream=stream).order_by("-number").values_list("number", flat=True).first()
    return last or 0
