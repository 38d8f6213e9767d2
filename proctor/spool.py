"""A directory of reports, each one file that appears whole and goes when it is acknowledged.

It lies beside what matters more, so it is bounded: when it is full, or the volume nearly is, first pictures are left
out (the report keeps their hashes), then reports that only say that something goes on. Both are counted.
"""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from proctor.bus import Receipt
from proctor.codec import ReportDamaged, decode_report, encode_report
from proctor.files import free_bytes, write_whole
from proctor.reports import IncidentReport, without_pictures

log = logging.getLogger(__name__)
SUFFIX = ".report"
AGAIN_AFTER = 30.0
PAUSE = 0.05
MOST_AT_ONCE = 16 * 1024 * 1024  # bytes read in one go, whatever the number of reports


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may wait: bytes with pictures, bytes free on the volume that stay free, reports of any kind."""

    most_bytes: int = 256 * 1024 * 1024
    floor_bytes: int = 256 * 1024 * 1024
    most_reports: int = 20_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports wait, and their bytes."""

    reports: int
    size: int


class Spool:
    """The directory; `clock` is a running time in seconds and only measures waiting.

    `left_out` counts what there was no room for: `pictures` (reports sent without theirs) and `reports`.
    """

    def __init__(
        self, directory: Path, clock: Callable[[], float] = time.monotonic, limits: Limits | None = None
    ) -> None:
        self._limits = limits or Limits()
        self.left_out: Counter[str] = Counter()
        self._new = directory / "new"
        self._damaged = directory / "damaged"
        self._clock = clock
        self._given: dict[str, float] = {}
        for folder in (self._new, self._damaged):
            folder.mkdir(parents=True, exist_ok=True)

    def send(self, report: IncidentReport) -> None:
        """Leave a report; on return the disk has it, or it is counted in `left_out`.

        Raises OSError only where not even a report without pictures can be written.
        """
        waiting = self.waiting()
        if waiting.reports >= self._limits.most_reports and report.phase in ("updated", "filmed"):
            self._count("reports", report)
            return
        data = encode_report(report)
        if self._has_room(len(data), waiting) and self._written(report, data):
            return
        bare = without_pictures(report)
        if bare != report:
            self._count("pictures", report)
        write_whole(self._path(report), encode_report(bare), durable=True)

    def waiting(self) -> Waiting:
        """What has not been acknowledged yet."""
        sizes = [self._size(name) for name in os.listdir(self._new) if not name.startswith(".")]
        return Waiting(len(sizes), sum(sizes))

    def _has_room(self, size: int, waiting: Waiting) -> bool:
        fits = waiting.size + size <= self._limits.most_bytes
        return fits and free_bytes(self._new) - size >= self._limits.floor_bytes

    def _written(self, report: IncidentReport, data: bytes) -> bool:
        try:
            write_whole(self._path(report), data, durable=True)
        except OSError as error:
            log.error("report %s was not written: %s", report.key, error)
            return False
        return True

    def _count(self, what: str, report: IncidentReport) -> None:
        self.left_out[what] += 1
        log.warning("no room for the %s of %s, %d so far", what, report.key, self.left_out[what])

    def _path(self, report: IncidentReport) -> Path:
        return self._new / (report.key + SUFFIX)

    def receive(self, limit: int, timeout: float) -> list[Receipt]:
        """See IncidentSource; a report that cannot be read is put aside in `damaged` and logged."""
        until = self._clock() + timeout
        while True:
            receipts = self._collect(limit)
            left = until - self._clock()
            if receipts or left <= 0:
                return receipts
            time.sleep(min(PAUSE, left))

    def acknowledge(self, receipt: Receipt) -> None:
        (self._new / receipt.name).unlink(missing_ok=True)
        self._given.pop(receipt.name, None)

    def _collect(self, limit: int) -> list[Receipt]:
        now = self._clock()
        names = sorted(path.name for path in self._new.glob("[!.]*" + SUFFIX))
        due = [name for name in names if now - self._given.get(name, float("-inf")) >= AGAIN_AFTER]
        receipts = [self._read(name) for name in self._few(due[:limit])]
        found = [receipt for receipt in receipts if receipt is not None]
        self._given.update((receipt.name, now) for receipt in found)
        return found

    def _few(self, names: list[str]) -> list[str]:
        """As many of the first as may be in memory at once, and one at least."""
        total = 0
        few: list[str] = []
        for name in names:
            total += self._size(name)
            if few and total > MOST_AT_ONCE:
                break
            few.append(name)
        return few

    def _size(self, name: str) -> int:
        try:
            return (self._new / name).stat().st_size
        except FileNotFoundError:
            return 0  # acknowledged by another reader meanwhile

    def _read(self, name: str) -> Receipt | None:
        path = self._new / name
        try:
            return Receipt(name, decode_report(path.read_bytes()))
        except FileNotFoundError:
            return None  # acknowledged by another reader between listing and reading
        except ReportDamaged as error:
            log.error("report %s put aside: %s", name, error)
            path.replace(self._damaged / name)
            return None
