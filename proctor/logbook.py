"""The files of one recorded run: a series of them for each source, within the room that was given."""

import logging
import os
from pathlib import Path

from proctor.records import MAGIC, Kind, Record, pack
from proctor.runs import part_name

log = logging.getLogger(__name__)

PART_BYTES = 64 * 2**20  # about forty minutes of a camera
LEAST_FREE = 1 << 30  # bytes of the volume that a recording leaves to everybody else
LOOK_AGAIN = 16 * 2**20  # bytes written between two looks at what others have written
FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC


class NoRoom(RuntimeError):
    """A recording may not grow any further."""


class Room:
    """How much may still be written under a directory; several processes may write there at once.

    They see each other at every look, so that together they may exceed `most_bytes` by 16 MiB each.
    """

    def __init__(self, directory: Path, most_bytes: int, least_free: int = LEAST_FREE) -> None:
        self._directory, self._most_bytes, self._least_free = directory, most_bytes, least_free
        self._left = self._until_look = 0
        self._limit = ""

    def take(self, size: int) -> None:
        """Reckon with so many bytes more; raises NoRoom."""
        if size > self._until_look:
            self._look()
        if size > self._left:
            raise NoRoom(self._limit)
        self._left -= size
        self._until_look -= size

    def _look(self) -> None:
        files = [path for path in self._directory.rglob("*") if path.is_file()]
        quota = self._most_bytes - sum(path.stat().st_size for path in files)
        volume = os.statvfs(self._directory)
        free = volume.f_bavail * volume.f_frsize - self._least_free
        self._limit = "its quota is used up" if quota <= free else "the volume is nearly full"
        self._left = min(quota, free)
        self._until_look = LOOK_AGAIN


class Part:
    """One file, appended to a record at a time; readable up to the last whole one whenever the process dies.

    It is open only while it is written: a worker of a thousand seats may not hold a thousand files.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = 0
        self.append(MAGIC, os.O_CREAT | os.O_EXCL)

    def append(self, data: bytes, flags: int = 0, durable: bool = False) -> None:
        """Write all of it, or take back what was written and raise OSError."""
        fd = os.open(self._path, FLAGS | flags, 0o600)
        try:
            written = os.write(fd, data)
            if written < len(data):
                os.write(fd, data[written:])  # raises: the first one stopped where there was no more room
            if durable:
                os.fdatasync(fd)
        except OSError:
            os.ftruncate(fd, self.size)
            raise
        finally:
            os.close(fd)
        self.size += len(data)


class Logbook:
    """Where a recorded pipeline writes; when it can no longer, it says so once and the work goes on.

    Nothing is flushed to the disk while at work: a process that is killed loses at most the record being written,
    a machine that loses power what its kernel had not written yet (some thirty seconds). `close` flushes.
    """

    def __init__(self, folder: Path, room: Room, part_bytes: int = PART_BYTES) -> None:
        self._folder, self._room, self._part_bytes = folder, room, part_bytes
        self._parts: dict[int, Part] = {}
        self._numbers: dict[int, int] = {}
        self.stopped = ""
        self.written = self.lost = 0

    def write(self, source: int, record: Record) -> None:
        """Append a record of a source, unless the recording has stopped."""
        if not self.stopped:
            data = pack(record)
            try:
                self._append(source, data)
            except (NoRoom, OSError) as error:
                self._stop(str(error))
        self.written += not self.stopped
        self.lost += bool(self.stopped)

    def close(self) -> None:
        """The worker ends: mark the end of every file and wait until the disk has them."""
        if self.stopped:
            log.warning("the recording had stopped: %s; %d records are missing", self.stopped, self.lost)
        else:
            log.info("%d records of %d sources recorded", self.written, len(self._parts))
            self._finish("the worker ended", durable=True)

    def _append(self, source: int, data: bytes) -> None:
        self._room.take(len(data))
        part = self._parts.get(source)
        if part is None or part.size + len(data) > self._part_bytes:
            part = self._next_part(source)
        part.append(data)

    def _next_part(self, source: int) -> Part:
        number = self._numbers[source] = self._numbers.get(source, -1) + 1
        part = self._parts[source] = Part(self._folder / part_name(source, number))
        return part

    def _stop(self, reason: str) -> None:
        self.stopped = reason
        log.error("the recording stops, the analysis goes on: %s", reason)
        self._finish(reason, durable=False)

    def _finish(self, reason: str, durable: bool) -> None:
        end = pack(Record(Kind.END, {"why": reason}))
        for source, part in self._parts.items():
            try:
                part.append(end, durable=durable)
            except OSError as error:
                log.error("the recording of source %d has no mark at its end: %s", source, error)
        self._parts = {}
