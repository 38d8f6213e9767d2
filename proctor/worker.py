"""A process that analyses its share of the seats until it is told to stop."""

import json
import logging
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from proctor.bus import Bus, SourceStatus, Watch, open_bus
from proctor.frames import BadFrame
from proctor.incidents import Episode
from proctor.loading import load_detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.recording import Wanted, open_pipeline
from proctor.reports import Code, IncidentReport
from proctor.runs import Start
from proctor.scheduler import Turn, order

log = logging.getLogger(__name__)
Clock = Callable[[], float]

IDLE_PAUSE = 0.02  # seconds between two looks for frames when none waits
FAULT_PAUSE = 1.0  # seconds until the next try after the bus failed
TICK_EVERY = 0.5
SAVE_EVERY = 2.0
COUNTS_EVERY = 60.0
FIRST_COST = 0.02  # seconds a frame, until it has been measured
COST_MEMORY = 50  # frames over which it is averaged
TURNS_A_PASS = 8  # so few that a seat which becomes due meanwhile does not wait long


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the seats that one of several workers takes: source modulo `of` is `index`."""

    index: int = 0
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> "Share":
        """Read `I/N`; raises ValueError."""
        index, slash, of = text.partition("/")
        if not (slash and index.isdecimal() and of.isdecimal() and int(index) < int(of)):
            raise ValueError(f"a share is I/N with I from 0 to N - 1, not {text!r}")
        return cls(int(index), int(of))

    def has(self, source: int) -> bool:
        return source % self.of == self.index

    def __str__(self) -> str:
        return f"{self.index}/{self.of}"


@dataclass(frozen=True, slots=True)
class Settings:
    """A worker's share, the policy file (None is the package's own), and where to record, if anywhere."""

    share: Share = Share()
    policy: Path | None = None
    recording: Wanted | None = None


class Worker:
    """One worker's state: the pipeline, what is still to be sent, and the counts."""

    def __init__(self, bus: Bus, pipeline: Pipeline, share: Share, clock: Clock) -> None:
        self._bus, self._pipeline, self._share, self._clock = bus, pipeline, share, clock
        self._outbox: deque[IncidentReport] = deque()
        self._tick_at = self._counts_at = float("-inf")
        self._saved: tuple[str, ...] = ()
        self._saved_at = float("-inf")
        self._cost = FIRST_COST
        self.counts: Counter[str] = Counter()

    def turn(self) -> int:
        """One pass over the seats; returns how many frames were taken."""
        now = self._clock()
        watches = {watch.source: watch for watch in self._bus.watches() if self._share.has(watch.source)}
        for source in self._pipeline.sources - set(watches):
            self._outbox.extend(self._pipeline.close(source))
        statuses = self._bus.statuses(list(watches))
        if now - self._tick_at >= TICK_EVERY:
            self._tick_at = now
            self._tick(watches.values(), statuses, now)
        due = order([self._as_turn(source, statuses[source]) for source in watches], now, self._cost)
        taken = sum(self._analyse(watches[source]) for source in due[:TURNS_A_PASS])
        self._deliver()
        self._save_opened(now)
        self._tell_counts(now)
        return taken

    def _as_turn(self, source: int, status: SourceStatus) -> Turn:
        suspicious = self._pipeline.is_suspicious(source)
        return Turn(source, status.analysed_at, status.waiting, suspicious)

    def _analyse(self, watch: Watch) -> int:
        """Take and analyse one frame; a bad one is counted and told, and the next one is waited for."""
        frame = self._bus.take(watch.source)
        if frame is None:
            return 0
        began = self._clock()
        try:
            analysis = self._pipeline.analyse(frame, watch)
        except BadFrame as error:
            self.counts[error.code] += 1
            log.warning("frame %d of source %d refused: %s", frame.seq, watch.source, error.code)
            return 1
        except Exception:
            # Whatever one picture does to a library, the other seats are still to be looked at.
            self.counts["failed"] += 1
            log.exception("frame %d of source %d could not be analysed", frame.seq, watch.source)
            return 1
        done = self._clock()
        self._cost += (max(0.0, done - began) - self._cost) / COST_MEMORY
        self.counts["analysed"] += 1
        self._outbox.extend(analysis.reports)
        self._bus.report_analysed(watch.source, done, analysis.thumbnail)
        return 1

    def _tick(self, watches: Iterable[Watch], statuses: dict[int, SourceStatus], now: float) -> None:
        for watch in watches:
            self._outbox.extend(self._pipeline.tick(watch, statuses[watch.source], now))

    def _deliver(self) -> None:
        """Send what is to be sent, in order; what fails stays and is tried again at the next pass."""
        while self._outbox:
            report = self._outbox[0]
            self._bus.send(report)
            self._outbox.popleft()
            self.counts["reports"] += 1
            log.info("%s %s of source %d", report.code, report.phase, report.source)

    def _save_opened(self, now: float) -> None:
        """Keep the reported episodes for a worker after this one: at once when one comes or goes."""
        opened = self._pipeline.opened()
        names = tuple(episode.uid for episode in opened)
        if names != self._saved or (opened and now - self._saved_at >= SAVE_EVERY):
            self._bus.save_open(str(self._share), write_episodes(opened))
            self._saved, self._saved_at = names, now

    def _tell_counts(self, now: float) -> None:
        if now - self._counts_at >= COUNTS_EVERY:
            self._counts_at = now
            told = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
            log.info("share %s: %s", self._share, told or "nothing yet")


def write_episodes(episodes: Iterable[Episode]) -> bytes:
    """Open episodes as JSON."""
    return json.dumps([asdict(episode) for episode in episodes]).encode()


def read_episodes(data: bytes | None) -> list[Episode]:
    """What `write_episodes` wrote; none where nothing was written."""
    rows: list[dict[str, Any]] = json.loads(data) if data else []
    return [Episode(**{**row, "code": Code(row["code"])}) for row in rows]


def run(
    bus: Bus, models_dir: Path, stop: threading.Event, clock: Clock, settings: Settings | None = None
) -> None:
    """Analyse frames until `stop` is set; raises ModelMissing or ModelCorrupt before the first one.

    `clock` gives seconds since 1970 and is compared with the times at which frames were received.
    """
    settings = settings or Settings()
    opened = tuple(read_episodes(bus.load_open(str(settings.share))))
    start = Start(str(settings.share), clock(), models_dir, settings.policy, opened)
    detectors, rules = load_detectors(models_dir), load_rules(settings.policy)
    with open_pipeline(detectors, rules, start, settings.recording) as pipeline:
        log.info("share %s at work, %d incidents open", settings.share, len(opened))
        go_on(Worker(bus, pipeline, settings.share, clock), stop)


def go_on(worker: Worker, stop: threading.Event) -> None:
    """One pass after another until `stop` is set, whatever becomes of the bus meanwhile."""
    while not stop.is_set():
        try:
            taken = worker.turn()
        except Exception:
            log.exception("the bus failed; trying again in %.0f s", FAULT_PAUSE)
            stop.wait(FAULT_PAUSE)
            continue
        if not taken:
            stop.wait(IDLE_PAUSE)


def work_until_told(bus_url: str, models_dir: Path, settings: Settings) -> int:
    """`run` in this process until SIGTERM or SIGINT; returns the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    bus = open_bus(bus_url)
    try:
        run(bus, models_dir, stop, time.time, settings)
    finally:
        bus.close()
    return 0
