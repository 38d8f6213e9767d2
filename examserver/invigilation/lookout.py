"""What this server process has seen of the cameras in the last minute: one look a second at every source's counters."""

from collections import deque
from collections.abc import Container, Iterable
from datetime import datetime

from examserver.invigilation.bus import frame_bus
from proctor.bus import SourceStatus
from proctor.coverage import Cause, Look, present_gap

KEPT = 60
STUCK_AFTER = 2.0  # seconds in which any frame is analysed


class Lookout:
    """The last looks at each source; a server that was away has none of that time, and nobody received frames then."""

    def __init__(self) -> None:
        self._looks: dict[int, deque[Look]] = {}

    def look(self, now: datetime) -> None:
        """Look at every watched source."""
        bus, at = frame_bus(), now.timestamp()
        sources, alive = [watch.source for watch in bus.watches()], bus.alive(at)
        statuses = bus.statuses(sources)
        stuck = {one.holder for one in statuses.values() if one.in_work and at - one.taken_at > STUCK_AFTER}
        for source, status in statuses.items():
            looks = self._looks.setdefault(source, deque(maxlen=KEPT))
            looks.append(_as_look(status, at, alive, stuck))
        for gone in set(self._looks) - set(sources):
            if at - self._looks[gone][-1].at > KEPT:
                del self._looks[gone]

    def looks(self, source: int) -> tuple[Look, ...]:
        """The looks at a source, oldest first."""
        return tuple(self._looks.get(source, ()))

    def present_gaps(self, sources: Iterable[int], now: float) -> dict[int, Cause | None]:
        """Why each source is not analysed right now; None while it is, or nobody has looked for long enough."""
        wanted = list(sources)
        runs = frame_bus().runs(wanted)
        return {
            source: present_gap(now, runs[source], looks) if len(looks := self.looks(source)) > 2 else None
            for source in wanted
        }


def _as_look(status: SourceStatus, at: float, alive: frozenset[int], stuck: Container[int]) -> Look:
    return Look(
        at=at,
        received=status.received,
        dropped=status.dropped,
        refused=status.refused,
        late=status.late,
        timed_out=status.timed_out,
        waiting=status.waiting,
        holder=status.holder if status.holder in alive else 0,
        stuck=status.holder in stuck,
    )


LOOKOUT = Lookout()
