"""Reads files that wait for an agreement, and keeps what was read: agreeing does not read the file a second time."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import msgspec

from itembank.authoring.drafts import Drafted
from itembank.formats.question import Error
from itembank.formats.registry import read
from itembank.models import ImportFile
from itembank.services.questions import drafts_of

MOST_ITEMS = 20_000
MOST_KEPT = 2
MOST_KEPT_BYTES = 32 * 2**20


@dataclass(frozen=True, slots=True)
class FileRead:
    """All that a file gave: what can be taken, what cannot and why, and what is worth knowing."""

    format: str
    good: tuple[Drafted, ...]
    errors: tuple[Error, ...]
    notes: tuple[Error, ...]

    @property
    def size(self) -> int:
        """The bytes of the pictures, sounds and films of it: what makes a reading large."""
        return sum(len(media.data) for one in self.good for media in one.draft.media)


@dataclass(slots=True)
class _Kept:
    """The last few readings by the file's hash and name; large ones are read again instead."""

    rows: OrderedDict[tuple[str, str], FileRead] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[str, str]) -> FileRead | None:
        with self.lock:
            return self.rows.get(key)

    def keep(self, key: tuple[str, str], found: FileRead) -> None:
        with self.lock:
            self.rows[key] = found
            while len(self.rows) > MOST_KEPT:
                self.rows.popitem(last=False)

    def drop(self, key: tuple[str, str]) -> None:
        with self.lock:
            self.rows.pop(key, None)


_kept = _Kept()


def read_offered(file: ImportFile) -> FileRead:
    """What the file's bytes say. The same bytes under the same name say the same, so they are read once."""
    key = (file.sha256, file.name)
    if (kept := _kept.get(key)) is not None:
        return kept
    found = _read(bytes(file.data), file.name)
    if file.size + found.size <= MOST_KEPT_BYTES:
        _kept.keep(key, found)
    return found


def forget_reading(file: ImportFile) -> None:
    """Nothing waits for this reading any more."""
    _kept.drop((file.sha256, file.name))


def _read(data: bytes, name: str) -> FileRead:
    reading = read(data, name)
    few = msgspec.structs.replace(reading, questions=reading.questions[:MOST_ITEMS])
    made = drafts_of(few, data, name)
    errors = (*reading.errors, *made.refused)
    if len(reading.questions) > MOST_ITEMS:
        errors = (*errors, Error(where=name, code="too_many", params={"most": str(MOST_ITEMS)}))
    return FileRead(reading.format, made.good, errors, reading.notes)
