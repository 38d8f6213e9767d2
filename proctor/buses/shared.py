"""The bus of one machine: frames in shared memory, watches and incidents in a directory."""

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proctor.accounts import OUTCOMES
from proctor.bus import (
    ALIVE_SECONDS,
    NOTHING,
    BusUnavailable,
    Outcome,
    PutResult,
    Receipt,
    SourceStatus,
    Thumbnail,
    Watch,
)
from proctor.coverage import Run
from proctor.files import write_whole
from proctor.frames import Frame
from proctor.reports import IncidentReport
from proctor.slots import SlotFile, create_slot_file, owner_of, remove_orphans
from proctor.spool import Spool
from proctor.words import Word

log = logging.getLogger(__name__)
SLOTS = 1024
MEMORY = Path("/dev/shm")  # noqa: S108 - the machine's shared memory, the file in it is private to its owner


@dataclass(frozen=True, slots=True)
class Taken:
    """A frame in this process's hands: its slot, the ticket it was taken under, when it was received."""

    slot: int
    ticket: int
    received_at: float


class SharedBus:
    """A directory that server and workers share; each opens it for itself, in any order."""

    def __init__(self, directory: Path, slots: int = SLOTS) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._watches_path = directory / "watches.json"
        self._watches: dict[int, Watch] = {}
        self._watches_seen: tuple[int, int] | None = None
        self._open = directory / "open"
        self._open.mkdir(mode=0o700, exist_ok=True)
        self._taken: dict[int, Taken] = {}
        self._spool = Spool(directory / "incidents")
        with self._locked():
            self.frames_path = find_or_make_frames(directory, slots)
            self._slots = SlotFile(self.frames_path)

    def close(self) -> None:
        self._slots.close()

    def discard(self) -> None:
        """Close and give the shared memory back; the incidents stay."""
        self.close()
        self.frames_path.unlink(missing_ok=True)

    def put(self, frame: Frame) -> PutResult:
        slot = self._slots.find(frame.source)
        if slot is None:
            slot = self._claim(frame.source)
        return PutResult(self._slots.put(slot, frame))

    def take(self, source: int, now: float) -> Frame | None:
        slot = self._slots.find(source)
        if slot is None or not self._slots.waiting(slot):
            return None
        with self._slots.locked(slot) as account:
            found = self._slots.read(slot) if self._slots.waiting(slot) else None
            if found is None or found[1].source != source:
                return None
            ticket = account.take(found[0], now)
        self._taken[source] = Taken(slot, ticket, found[1].received_at)
        return found[1]

    def latest(self, source: int) -> Frame | None:
        slot = self._slots.find(source)
        found = None if slot is None else self._slots.read(slot)
        return found[1] if found and found[1].source == source else None

    def thumbnail(self, source: int) -> Thumbnail | None:
        slot = self._slots.find(source)
        found = None if slot is None else self._slots.read_thumbnail(slot)
        return Thumbnail(*found) if found else None

    def forget_pictures(self, before: float) -> int:
        watched = self._read_watches()
        held = [(slot, owner - 1) for slot, owner in enumerate(self._slots.owners()) if owner]
        silent = [
            slot
            for slot, source in held
            if source not in watched and self._slots.account(slot).status().received_at < before
        ]
        return sum(self._slots.wipe(slot) for slot in silent)

    def watch(self, watch: Watch) -> None:
        with self._locked():
            watches = {**self._read_watches(), watch.source: watch}
            self._slots.claim(watch.source, frozenset(watches))
            self._write_watches(watches)

    def unwatch(self, source: int) -> None:
        with self._locked():
            watches = dict(self._read_watches())
            if watches.pop(source, None):
                self._write_watches(watches)

    def watches(self) -> list[Watch]:
        return sorted(self._read_watches().values(), key=lambda watch: watch.source)

    def status(self, source: int) -> SourceStatus:
        slot = self._slots.find(source)
        return NOTHING if slot is None else self._slots.account(slot).status()

    def statuses(self, sources: Sequence[int]) -> dict[int, SourceStatus]:
        return {source: self.status(source) for source in sources}

    def runs(self, sources: Sequence[int]) -> dict[int, tuple[Run, ...]]:
        slots = {source: self._slots.find(source) for source in sources}
        return {
            source: () if slot is None else self._slots.account(slot).runs() for source, slot in slots.items()
        }

    def report_analysed(self, source: int, at: float, thumbnail: Thumbnail | None) -> bool:
        taken = self._taken.pop(source, None)
        if taken is None or taken.slot != self._slots.find(source):
            return False  # its slot went to another source meanwhile
        with self._slots.locked(taken.slot) as account:
            if not account.is_out(taken.ticket):
                return False
            account.note_analysed(taken.received_at, at)
            account.settle(taken.ticket, Word.ANALYSED)
            if thumbnail is not None:
                self._slots.put_thumbnail(taken.slot, thumbnail.jpeg, thumbnail.captured_at)
        return True

    def report_unused(self, source: int, outcome: Outcome) -> bool:
        taken = self._taken.pop(source, None)
        if taken is None or taken.slot != self._slots.find(source):
            return False
        with self._slots.locked(taken.slot) as account:
            return account.settle(taken.ticket, OUTCOMES[outcome])

    def beat(self, worker: int, now: float) -> None:
        self._slots.beat(worker, now)

    def retire(self, worker: int) -> None:
        self._slots.beat(worker, 0.0)

    def alive(self, now: float) -> frozenset[int]:
        heard = self._slots.heard().items()
        return frozenset(worker for worker, at in heard if abs(now - at) <= ALIVE_SECONDS)

    def claim(self, source: int, worker: int, now: float) -> bool:
        slot = self._slots.find(source)
        if slot is None:
            return False
        alive = self.alive(now)
        with self._slots.locked(slot) as account:
            if account.holder() != worker and account.holder() in alive:
                return False
            if account.holder() != worker:
                account.give_up()
            account.hold(worker)
        return True

    def release(self, source: int, worker: int) -> None:
        slot = self._slots.find(source)
        if slot is None:
            return
        with self._slots.locked(slot) as account:
            if account.holder() == worker:
                account.hold(0)

    def send(self, report: IncidentReport) -> None:
        self._spool.send(report)

    def receive(self, limit: int, timeout: float) -> list[Receipt]:
        return self._spool.receive(limit, timeout)

    def acknowledge(self, receipt: Receipt) -> None:
        self._spool.acknowledge(receipt)

    def save_open(self, source: int, opened: bytes) -> None:
        if opened:
            write_whole(self._open / f"{source}.json", opened)
        else:
            (self._open / f"{source}.json").unlink(missing_ok=True)

    def load_open(self, source: int) -> bytes | None:
        try:
            return (self._open / f"{source}.json").read_bytes()
        except FileNotFoundError:
            return None

    def open_sources(self) -> frozenset[int]:
        return frozenset(int(path.stem) for path in self._open.glob("[0-9]*.json"))

    def _claim(self, source: int) -> int:
        with self._locked():
            return self._slots.claim(source, frozenset(self._read_watches()))

    def _read_watches(self) -> dict[int, Watch]:
        try:
            facts = os.stat(self._watches_path)
        except FileNotFoundError:
            return {}
        seen = (facts.st_ino, facts.st_mtime_ns)
        if seen != self._watches_seen:
            self._watches = parse_watches(self._watches_path.read_bytes())
            self._watches_seen = seen
        return self._watches

    def _write_watches(self, watches: dict[int, Watch]) -> None:
        rows = [[watch.source, watch.since, sorted(watch.ignored)] for watch in watches.values()]
        write_whole(self._watches_path, json.dumps(rows).encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process and thread at a time; the kernel lets go for one that is killed."""
        with (self._directory / "bus.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def open_room(url: str) -> SharedBus:
    """The bus at shared:DIRECTORY."""
    directory = Path(url.removeprefix("shared:"))
    try:
        return SharedBus(directory)
    except OSError as error:
        raise BusUnavailable(f"no bus can be opened in {directory}: {error.strerror}") from error


def parse_watches(data: bytes) -> dict[int, Watch]:
    """The watches as written; a file that a power cut left unreadable is logged and counts as none."""
    try:
        rows: list[list[Any]] = json.loads(data)
        return {source: Watch(source, since, frozenset(ignored)) for source, since, ignored in rows}
    except (ValueError, TypeError) as error:
        log.error("the list of watches cannot be read and counts as empty: %s", error)
        return {}


def find_or_make_frames(directory: Path, slots: int) -> Path:
    """The slot file of this directory, made where it is missing; in shared memory where there is one."""
    note = directory / "bus.json"
    if note.exists():
        path = Path(json.loads(note.read_text("utf-8"))["frames"])
        if path.exists() and owner_of(path) is not None:  # None for slots of an earlier version's layout
            return path
    name = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
    home = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else directory
    path = home / f"examserver-{name}.frames"
    remove_orphans(home, "examserver-*.frames")
    create_slot_file(path, slots, directory)
    write_whole(note, json.dumps({"frames": str(path)}).encode())
    return path
