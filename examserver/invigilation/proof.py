"""The record of one incident as it leaves the house, and whether its pictures and its chain of acts hold. Pure.

`record.json` beside the pictures lists every audit entry from the first about the incident to the last. Entries about
others stand there with their number and hashes only, so that the chain can be followed and tells nothing of them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from examserver.kernel.chain import Act, entry_hash
from examserver.registration.notice import Closed

VERSION = 1


class Link(Closed, frozen=True):
    """An entry of the chain: who, what and when are None in one about somebody else."""

    number: int
    previous_hash: str
    hash: str
    at: str | None = None
    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    data: dict[str, Any] | None = None


class Item(Closed, frozen=True):
    """A piece of evidence: its file in the record, empty where it is `gone`."""

    kind: str
    sha256: str
    captured_at: str
    file: str
    gone: str
    deleted_at: str | None


class Record(Closed, frozen=True):
    """An incident with its evidence and its part of the chain `stream`."""

    version: int
    incident: str
    sitting: int
    code: str
    state: str
    started_at: str
    ended_at: str | None
    exported_at: str
    exported_by: str
    stream: str
    evidence: list[Item]
    chain: list[Link]


class BadRecord(ValueError):
    """A file that is no record of an incident."""


def read_record(data: bytes) -> Record:
    """Read `record.json`; BadRecord says what is wrong."""
    try:
        found = msgspec.json.decode(data, type=Record)
    except msgspec.MsgspecError as error:
        raise BadRecord(str(error)) from error
    if found.version != VERSION:
        raise BadRecord(f"version {found.version} is not known here")
    return found


def faults(record: Record, files: Mapping[str, bytes]) -> list[str]:
    """What does not hold, a line each; nothing when all does. `files` are the other files of the record by name."""
    return [*_chain_faults(record), *_file_faults(record, files)]


def _chain_faults(record: Record) -> list[str]:
    found = [f"chain {one.number}: the entry was changed" for one in record.chain if not _holds(record, one)]
    for before, after in zip(record.chain, record.chain[1:], strict=False):
        if (after.number, after.previous_hash) != (before.number + 1, before.hash):
            found.append(f"chain {after.number}: does not follow {before.number}")
    if not any(link.subject == record.incident for link in record.chain):
        found.append("chain: no entry is about this incident")
    return found


def _holds(record: Record, link: Link) -> bool:
    """Whether an entry has the hash of its words; one without words has none to check."""
    if link.at is None or link.actor is None or link.action is None or link.subject is None:
        return link.subject != record.incident
    act = Act(record.stream, link.action, link.subject, link.actor, link.data or {})
    return entry_hash(link.previous_hash, link.number, datetime.fromisoformat(link.at), act) == link.hash


def _file_faults(record: Record, files: Mapping[str, bytes]) -> list[str]:
    named = named_hashes(record.incident, record.chain)
    found = [
        f"{item.sha256}: the chain does not name it" for item in record.evidence if item.sha256 not in named
    ]
    listed = {item.sha256 for item in record.evidence}
    found += [f"{one}: named by the chain, missing in the record" for one in sorted(named - listed)]
    for item in record.evidence:
        if not item.gone:
            data = files.get(item.file)
            if data is None:
                found.append(f"{item.file}: missing")
            elif hashlib.sha256(data).hexdigest() != item.sha256:
                found.append(f"{item.file}: changed")
    known = {item.file for item in record.evidence if not item.gone}
    return found + [f"{name}: nobody knows this file" for name in sorted(set(files) - known)]


def named_hashes(incident: str, chain: Sequence[Link]) -> set[str]:
    """Every picture that the entries about an incident say it has, kept or not."""
    own = [link.data or {} for link in chain if link.subject == incident]
    return {sha for data in own for word in ("stills", "clips") for sha in data.get(word, [])}
