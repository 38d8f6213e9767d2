"""The reports that are still to be sent: in order, bounded, and no hindrance to the looking."""

import logging
from collections import Counter, deque
from collections.abc import Iterable

from proctor.bus import IncidentSink
from proctor.reports import IncidentReport, without_pictures

log = logging.getLogger(__name__)
AGAIN_AFTER = 1.0  # seconds until the next try after one failed
MOST_PICTURED = 50  # reports that wait with their pictures; older ones wait without
MOST = 5000


class Outbox:
    """What waits to be sent. What did not fit is counted: `unfilmed`, `unpictured`, `undelivered`."""

    def __init__(self, sink: IncidentSink, counts: "Counter[str]") -> None:
        self._sink, self._counts = sink, counts
        self._waiting: deque[IncidentReport] = deque()
        self._try_at = float("-inf")

    @property
    def empty(self) -> bool:
        return not self._waiting

    def raising(self) -> frozenset[str]:
        """The names of the episodes whose first report waits."""
        return frozenset(report.uid for report in self._waiting if report.phase == "raised")

    def extend(self, reports: Iterable[IncidentReport]) -> None:
        """Add reports at the end."""
        for report in reports:
            self._waiting.append(report)
            if len(self._waiting) > MOST_PICTURED:
                self._shed()

    def _shed(self) -> None:
        """The pictures of the one that has just become too old go first, in the end the oldest report."""
        old = self._waiting[-1 - MOST_PICTURED]
        if old.stills or old.clip is not None:
            self._waiting[-1 - MOST_PICTURED] = without_pictures(old)
            self._counts["unfilmed" if old.phase == "filmed" else "unpictured"] += 1
        if len(self._waiting) > MOST:
            self._waiting.popleft()
            self._counts["undelivered"] += 1

    def deliver(self, now: float) -> None:
        """Send what is to be sent, in order; what fails stays and is tried again later."""
        if now < self._try_at:
            return
        while self._waiting:
            report = self._waiting[0]
            try:
                self._sink.send(report)
            except Exception:
                log.exception("%d reports wait: the bus took none; trying again", len(self._waiting))
                self._try_at = now + AGAIN_AFTER
                return
            self._waiting.popleft()
            self._counts["reports"] += 1
            log.info("%s %s of source %d", report.code, report.phase, report.source)
