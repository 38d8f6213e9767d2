"""How frames reach the worker and incidents leave it; the rooms where both happen stand in `buses`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol

from proctor.coverage import Run
from proctor.frames import Frame
from proctor.reports import IncidentReport


class BusFull(RuntimeError):
    """There is no room for another source."""


class BusUnavailable(RuntimeError):
    """The room of the bus cannot be entered: no such server, no right to write there."""


@dataclass(frozen=True, slots=True)
class PutResult:
    """What happened to a frame: whether it took the place of one that nobody had analysed."""

    replaced: bool


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small JPEG (about 160x120) of the last frame analysed."""

    jpeg: bytes
    captured_at: float


@dataclass(frozen=True, slots=True)
class Watch:
    """A source under watch since a time (seconds since 1970), and the codes not to report of it now."""

    source: int
    since: float
    ignored: frozenset[str] = frozenset()


class Outcome(StrEnum):
    """What becomes of a frame that was taken and not analysed."""

    REFUSED = "refused"  # its bytes are no picture
    LATE = "late"  # it had waited for too long
    TIMED_OUT = "timed_out"  # the worker gave it up, or is gone


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source's counters and last times (seconds since 1970; 0 where it never happened).

    received = analysed + dropped + refused + late + timed_out + `waiting` + `in_work`, whoever is killed when.
    `holder` is the worker that looks after the source, 0 for nobody; it may be dead.
    """

    received_at: float
    analysed_at: float
    received: int
    analysed: int
    dropped: int
    waiting: bool = False
    refused: int = 0
    late: int = 0
    timed_out: int = 0
    in_work: bool = False
    taken_at: float = 0.0
    holder: int = 0


ALIVE_SECONDS = 1.5  # a worker that was not heard for so long has no seats any more
ROOMS: Mapping[str, str] = {"shared": "shared", "redis": "redis", "rediss": "redis", "unix": "redis"}
NOTHING = SourceStatus(0.0, 0.0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report as it was received, and the name by which it is acknowledged."""

    name: str
    report: IncidentReport


class FrameBus(Protocol):
    """Newest-wins room for one frame a source; nothing here ever waits for a reader."""

    def put(self, frame: Frame) -> PutResult:
        """Leave a frame, in place of any before it; raises BusFull and BadFrame("too_large")."""

    def take(self, source: int, now: float) -> Frame | None:
        """By the worker: the newest frame that was not taken before; one still out is counted as timed out."""

    def latest(self, source: int) -> Frame | None:
        """The newest frame, taken or not."""

    def thumbnail(self, source: int) -> Thumbnail | None:
        """The last thumbnail that a worker left."""

    def forget_pictures(self, before: float) -> int:
        """Wipe the last pictures of sources not watched and silent since then (seconds since 1970); how many sources.

        Their counters stay.
        """

    def watch(self, watch: Watch) -> None:
        """Watch a source, or change how; raises BusFull."""

    def unwatch(self, source: int) -> None:
        """Stop watching; nothing happens when it was not watched."""

    def watches(self) -> list[Watch]:
        """Every source under watch, by number."""

    def status(self, source: int) -> SourceStatus:
        """Counters and times of one source; NOTHING where it was never seen."""

    def statuses(self, sources: Sequence[int]) -> dict[int, SourceStatus]:
        """`status` of many at once."""

    def runs(self, sources: Sequence[int]) -> dict[int, tuple[Run, ...]]:
        """The last stretches of each source in which frames were analysed closely enough, oldest first."""

    def report_analysed(self, source: int, at: float, thumbnail: Thumbnail | None) -> bool:
        """By the worker: the frame it took was analysed at this time; None keeps the thumbnail before.

        False when the frame is no longer this worker's: another has taken the source over, nothing is counted.
        """

    def report_unused(self, source: int, outcome: Outcome) -> bool:
        """By the worker: the frame it took came to nothing; False as above."""


class Roster(Protocol):
    """Which workers live, and which of them looks after which source; a worker is a number above 0."""

    def beat(self, worker: int, now: float) -> None:
        """By the worker: it lives; to be said more often than every ALIVE_SECONDS."""

    def retire(self, worker: int) -> None:
        """By the worker: it goes, and need not be waited for."""

    def alive(self, now: float) -> frozenset[int]:
        """The workers that live."""

    def claim(self, source: int, worker: int, now: float) -> bool:
        """Look after a source from now on; False while another living worker does."""

    def release(self, source: int, worker: int) -> None:
        """Look after it no longer; nothing happens when another does by now."""


class IncidentSink(Protocol):
    """Where the worker leaves reports; at least once, and safe against a crash of either side."""

    def send(self, report: IncidentReport) -> None: ...

    def save_open(self, source: int, opened: bytes) -> None:
        """Keep what the next worker needs to go on with a source; nothing (`b""`) forgets it."""

    def load_open(self, source: int) -> bytes | None: ...

    def open_sources(self) -> frozenset[int]:
        """Every source of which something is kept."""


class IncidentSource(Protocol):
    """Where the server fetches reports."""

    def receive(self, limit: int, timeout: float) -> list[Receipt]:
        """Up to `limit` reports, oldest first, waiting at most `timeout` seconds for the first.

        One that is not acknowledged comes again after half a minute, or at once to a new reader.
        """

    def acknowledge(self, receipt: Receipt) -> None:
        """The report is stored and need not come again."""


class Bus(FrameBus, Roster, IncidentSink, IncidentSource, Protocol):
    """All four, as one place gives them."""

    def close(self) -> None: ...


def open_bus(url: str) -> Bus:
    """`shared:DIRECTORY` for one machine, `redis://…`, `rediss://…` or `unix://…` for many.

    Raises ValueError for another address, BusUnavailable where nothing can be reached there.
    """
    scheme, _, rest = url.partition(":")
    if not rest or scheme not in ROOMS or (scheme != "shared" and not rest.startswith("//")):
        raise ValueError(f"not the address of a bus: {url!r} (shared:DIRECTORY or redis://HOST:PORT/DB)")
    # By name, so that a room is one new file and only the one that is used needs its library.
    bus: Bus = import_module(f"proctor.buses.{ROOMS[scheme]}").open_room(url)
    return bus
