"""A directory of reports, each one file that appears whole and goes when it is acknowledged."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from proctor.bus import Receipt
from proctor.codec import ReportDamaged, decode_report, encode_report
from proctor.files import write_whole
from proctor.reports import IncidentReport

log = logging.getLogger(__name__)
SUFFIX = ".report"
AGAIN_AFTER = 30.0
PAUSE = 0.05


class Spool:
    """The directory; `clock` is a running time in seconds and only measures waiting."""

    def __init__(self, directory: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._new = directory / "new"
        self._damaged = directory / "damaged"
        self._clock = clock
        self._given: dict[str, float] = {}
        for folder in (self._new, self._damaged):
            folder.mkdir(parents=True, exist_ok=True)

    def send(self, report: IncidentReport) -> None:
        """Leave a report; on return the disk has it."""
        write_whole(self._new / (report.key + SUFFIX), encode_report(report), durable=True)

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
        receipts = [self._read(name) for name in due[:limit]]
        found = [receipt for receipt in receipts if receipt is not None]
        self._given.update((receipt.name, now) for receipt in found)
        return found

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
