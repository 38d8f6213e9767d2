"""A memory-mapped file of fixed slots, one a source: the newest frame, a thumbnail and the counters.

Every number is one aligned 8-byte word, stored in one machine instruction: the server writes the frame's side, and
whichever worker holds the slot's lock writes the analysis' side, see `accounts`.
A picture is guarded by a sequence word that is odd while it is written (a seqlock) and by a CRC over its fields and
bytes, so that a half-written one is never read, whoever is killed when.
"""

import fcntl
import mmap
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from proctor.accounts import LOW, Account, as_reals
from proctor.bus import BusFull
from proctor.frames import MAX_JPEG_BYTES, BadFrame, Frame, looks_like_jpeg
from proctor.words import Word

MAGIC = int.from_bytes(b"PROCTOR2", "little")
PAGE = 4096
OWNERS = 2 * PAGE  # after the header and the page of workers
WORKERS = PAGE // 16  # each a number and when it was last heard
THUMBNAIL_BYTES = 32_768
SLOT_BYTES = PAGE + MAX_JPEG_BYTES + THUMBNAIL_BYTES
ATTEMPTS = 50
FIELDS = struct.Struct("<QQd")


@dataclass(frozen=True, slots=True)
class Picture:
    """The words of one guarded picture: its lock, length and CRC, and the byte where it starts in a slot."""

    lock: Word
    length: Word
    crc: Word
    start: int
    most: int


FRAME = Picture(Word.FRAME_LOCK, Word.FRAME_LENGTH, Word.FRAME_CRC, PAGE, MAX_JPEG_BYTES)
THUMB = Picture(Word.THUMB_LOCK, Word.THUMB_LENGTH, Word.THUMB_CRC, PAGE + MAX_JPEG_BYTES, THUMBNAIL_BYTES)


def table_bytes(slots: int) -> int:
    """Bytes before the first slot: pages of header, workers and owners."""
    return OWNERS + -(-slots * 8 // PAGE) * PAGE


def create_slot_file(path: Path, slots: int, owner: Path) -> None:
    """Make an empty file in one step, for the bus of the directory `owner`.

    The memory of a slot is only taken when it is claimed.
    """
    name = os.fsencode(owner.resolve())
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.truncate(table_bytes(slots) + slots * SLOT_BYTES)
        os.posix_fallocate(file.fileno(), 0, table_bytes(slots))
        file.write(struct.pack("<QQQ", MAGIC, slots, len(name)) + name)
    partial.chmod(0o600)
    partial.replace(path)


def owner_of(path: Path) -> Path | None:
    """The directory whose bus a slot file belongs to; None for another file."""
    with path.open("rb") as file:
        magic, _, length = struct.unpack("<QQQ", file.read(24).ljust(24, b"\0"))
        return Path(os.fsdecode(file.read(length))) if magic == MAGIC and length < PAGE else None


def remove_orphans(folder: Path, pattern: str) -> None:
    """Remove slot files whose directory is gone: nobody can open them, and they hold people's pictures."""
    for path in folder.glob(pattern):
        with suppress(OSError):  # another user's, or removed by another process meanwhile
            owner = owner_of(path)
            if owner is not None and not owner.exists():
                path.unlink()


class SlotFile:
    """The mapped file; raises ValueError for a file of another layout."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        size = os.fstat(self._fd).st_size
        if size < PAGE:
            os.close(self._fd)
            raise ValueError(f"{path} is not a slot file")
        self._map = mmap.mmap(self._fd, size)
        self._bytes = memoryview(self._map)
        self._words = self._bytes.cast("Q")
        self._reals = self._bytes.cast("d")
        self._slots = self._words[1]
        if self._words[0] != MAGIC or size != table_bytes(self._slots) + self._slots * SLOT_BYTES:
            self.close()
            raise ValueError(f"{path} is not a slot file of this layout")
        self._known: dict[int, int] = {}

    def close(self) -> None:
        for view in (self._words, self._reals, self._bytes):
            view.release()
        self._map.close()
        os.close(self._fd)

    def owners(self) -> list[int]:
        """The owner of every slot as source + 1, 0 where it is free."""
        first = OWNERS // 8
        return self._words[first : first + self._slots].tolist()

    def find(self, source: int) -> int | None:
        """The slot of a source."""
        slot = self._known.get(source)
        if slot is not None and self._words[OWNERS // 8 + slot] == source + 1:
            return slot
        try:
            slot = self._known[source] = self.owners().index(source + 1)
        except ValueError:
            return None
        return slot

    def claim(self, source: int, kept: frozenset[int]) -> int:
        """A slot for a source, under the caller's lock; when full, the longest silent one outside `kept`.

        Raises BusFull when every slot is kept or the memory is used up.
        """
        slot = self.find(source)
        if slot is not None:
            return slot
        slot = self._spare(kept)
        self._reserve(slot)
        # The owner goes first and comes back last: nobody finds the slot while it is being emptied.
        self._words[OWNERS // 8 + slot] = 0
        base = self._base(slot)
        for word in range(Word.END):
            self._words[base + word] = 0
        self._words[base + Word.OWNER] = source + 1
        self._words[OWNERS // 8 + slot] = source + 1
        return slot

    def _spare(self, kept: frozenset[int]) -> int:
        owners = self.owners()
        if 0 in owners:
            return owners.index(0)
        spare = [slot for slot, owner in enumerate(owners) if owner - 1 not in kept]
        if not spare:
            raise BusFull(f"all {self._slots} slots are watched")
        return min(spare, key=lambda slot: self._reals[self._base(slot) + Word.RECEIVED_AT])

    def _reserve(self, slot: int) -> None:
        # Without this, writing to a full /dev/shm would kill the process with SIGBUS instead of raising.
        try:
            os.posix_fallocate(self._fd, table_bytes(self._slots) + slot * SLOT_BYTES, SLOT_BYTES)
        except OSError as error:
            raise BusFull(f"no memory for another source: {error.strerror}") from error

    def _base(self, slot: int) -> int:
        return (table_bytes(self._slots) + slot * SLOT_BYTES) // 8

    def put(self, slot: int, frame: Frame) -> bool:
        """Store the newest frame; whether it took the place of one that was not taken."""
        if len(frame.jpeg) > MAX_JPEG_BYTES:
            raise BadFrame("too_large")
        base = self._base(slot)
        version = self._words[base + Word.VERSION]
        replaced = version > self._words[base + Word.TAKEN] & LOW
        self._begin(base, FRAME)
        self._words[base + Word.SEQ] = frame.seq
        self._reals[base + Word.CAPTURED] = frame.captured_at
        self._reals[base + Word.RECEIVED_AT] = frame.received_at
        self._words[base + Word.VERSION] = version + 1
        self._store(base, FRAME, frame.jpeg, FIELDS.pack(frame.source + 1, frame.seq, frame.captured_at))
        self._finish(base, FRAME)
        return replaced

    def read(self, slot: int) -> tuple[int, Frame] | None:
        """The newest whole frame and its version."""
        base = self._base(slot)
        for _ in range(ATTEMPTS):
            before = self._words[base + FRAME.lock]
            if before % 2:
                os.sched_yield()
                continue
            owner, seq, version = (self._words[base + word] for word in (Word.OWNER, Word.SEQ, Word.VERSION))
            captured, received = self._reals[base + Word.CAPTURED], self._reals[base + Word.RECEIVED_AT]
            jpeg = self._load(base, FRAME, FIELDS.pack(owner, seq, captured))
            if jpeg is not None and before == self._words[base + FRAME.lock]:
                return version, Frame(owner - 1, seq, captured, received, jpeg)
        return None

    def waiting(self, slot: int) -> bool:
        """Whether the newest frame was not taken yet."""
        base = self._base(slot)
        return bool(self._words[base + Word.VERSION] > self._words[base + Word.TAKEN] & LOW)

    def account(self, slot: int) -> Account:
        """What became of the frames of a slot; for changes under `locked`."""
        return Account(self._words, self._reals, self._base(slot))

    @contextmanager
    def locked(self, slot: int) -> Iterator[Account]:
        """The slot's account while no other process changes it; the kernel lets go for one that is killed."""
        fcntl.lockf(self._fd, fcntl.LOCK_EX, 1, slot)
        try:
            yield self.account(slot)
        finally:
            fcntl.lockf(self._fd, fcntl.LOCK_UN, 1, slot)

    def beat(self, worker: int, now: float) -> None:
        """Note that a worker lives, in its own place or in that of the worker not heard for longest."""
        place = self._workers().index(worker) if worker in self._workers() else self._enrol(worker)
        self._reals[PAGE // 8 + WORKERS + place] = now

    def _enrol(self, worker: int) -> int:
        # Under the lock of a byte beyond all slots: two workers that start together take different places.
        fcntl.lockf(self._fd, fcntl.LOCK_EX, 1, self._slots)
        try:
            beats = self._beats()
            place = beats.index(min(beats))
            self._reals[PAGE // 8 + WORKERS + place] = 0.0
            self._words[PAGE // 8 + place] = worker
        finally:
            fcntl.lockf(self._fd, fcntl.LOCK_UN, 1, self._slots)
        return place

    def heard(self) -> dict[int, float]:
        """When each worker was last heard."""
        pairs = zip(self._workers(), self._beats(), strict=True)
        return {worker: at for worker, at in pairs if worker}

    def _workers(self) -> list[int]:
        return self._words[PAGE // 8 : PAGE // 8 + WORKERS].tolist()

    def _beats(self) -> list[float]:
        return list(as_reals(self._words[PAGE // 8 + WORKERS : PAGE // 8 + 2 * WORKERS].tolist()))

    def put_thumbnail(self, slot: int, jpeg: bytes, captured_at: float) -> None:
        """Store a thumbnail of at most 32,768 bytes; raises BadFrame("too_large")."""
        if len(jpeg) > THUMBNAIL_BYTES:
            raise BadFrame("too_large")
        base = self._base(slot)
        self._begin(base, THUMB)
        self._reals[base + Word.THUMB_CAPTURED] = captured_at
        self._store(base, THUMB, jpeg, struct.pack("<d", captured_at))
        self._finish(base, THUMB)

    def read_thumbnail(self, slot: int) -> tuple[bytes, float] | None:
        base = self._base(slot)
        for _ in range(ATTEMPTS):
            before = self._words[base + THUMB.lock]
            if before % 2:
                os.sched_yield()
                continue
            captured = self._reals[base + Word.THUMB_CAPTURED]
            jpeg = self._load(base, THUMB, struct.pack("<d", captured))
            if jpeg is not None and before == self._words[base + THUMB.lock]:
                return jpeg, captured
        return None

    def wipe(self, slot: int) -> bool:
        """Overwrite both pictures with zeros; False when there were none."""
        base = self._base(slot)
        lengths = [self._words[base + picture.length] for picture in (FRAME, THUMB)]
        for picture in (FRAME, THUMB):
            self._begin(base, picture)
            start = base * 8 + picture.start
            self._bytes[start : start + picture.most] = bytes(picture.most)
            self._words[base + picture.length] = 0
            self._finish(base, picture)
        return any(lengths)

    def _begin(self, base: int, picture: Picture) -> None:
        # A writer that was killed left the word odd: two further is odd again and different.
        lock = self._words[base + picture.lock]
        self._words[base + picture.lock] = lock + (2 if lock % 2 else 1)

    def _store(self, base: int, picture: Picture, jpeg: bytes, fields: bytes) -> None:
        start = base * 8 + picture.start
        self._bytes[start : start + len(jpeg)] = jpeg
        self._words[base + picture.length] = len(jpeg)
        self._words[base + picture.crc] = zlib.crc32(jpeg, zlib.crc32(fields))

    def _finish(self, base: int, picture: Picture) -> None:
        self._words[base + picture.lock] += 1

    def _load(self, base: int, picture: Picture, fields: bytes) -> bytes | None:
        length = self._words[base + picture.length]
        if not 0 < length <= picture.most:
            return None
        start = base * 8 + picture.start
        jpeg = bytes(self._bytes[start : start + length])
        whole = zlib.crc32(jpeg, zlib.crc32(fields)) == self._words[base + picture.crc]
        return jpeg if whole and looks_like_jpeg(jpeg) else None
