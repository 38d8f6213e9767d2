"""A process that analyses the frames of its seats until it is told to stop."""

import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from proctor.bus import Bus, Outcome, SourceStatus, Watch, open_bus
from proctor.frames import BadFrame, Frame
from proctor.holding import Holding, new_worker
from proctor.keeping import Keeper
from proctor.leaving import Left
from proctor.loading import load_detectors
from proctor.outbox import Outbox
from proctor.pipeline import Analysis, Pipeline
from proctor.policies import load_rules
from proctor.pulse import BEAT_EVERY, Clocks, Pulse
from proctor.recording import Wanted, open_pipeline
from proctor.runs import Start
from proctor.scheduler import Turn, is_late, order

log = logging.getLogger(__name__)
Clock = Callable[[], float]

CLOCKS = Clocks(time.time, time.monotonic)
IDLE_PAUSE = 0.02  # seconds between two looks for frames when none waits
FAULT_PAUSE = 1.0  # seconds until the next try after the bus failed
TICK_EVERY = 0.5
TIDY_EVERY = 5.0
COUNTS_EVERY = 60.0
FIRST_COST = 0.02  # seconds a frame, until it has been measured
COST_MEMORY = 50  # frames over which it is averaged
TURNS_A_PASS = 8  # so few that a seat which becomes due meanwhile does not wait long


@dataclass(frozen=True, slots=True)
class Settings:
    """A worker's policy file (None is the package's own), where to record, if anywhere, and its number."""

    policy: Path | None = None
    recording: Wanted | None = None
    worker: int | None = None


class Timer:
    """Says yes at most once in so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._at = seconds, float("-inf")

    def due(self, now: float) -> bool:
        due = abs(now - self._at) >= self._seconds
        if due:
            self._at = now
        return due


class Worker:
    """One worker's state: its seats, the pipeline, what is still to be sent, and the counts."""

    def __init__(self, bus: Bus, pipeline: Pipeline, clock: Clock, worker: int | None = None) -> None:
        self._bus, self._pipeline, self._clock = bus, pipeline, clock
        self.counts: Counter[str] = Counter()
        self._holding = Holding(bus, worker or new_worker())
        self._outbox, self._keeper = Outbox(bus, self.counts), Keeper(bus)
        self._beat, self._tick_timer = Timer(BEAT_EVERY), Timer(TICK_EVERY)
        self._tidy_timer, self._counts_timer = Timer(TIDY_EVERY), Timer(COUNTS_EVERY)
        self._cost = FIRST_COST
        self._closed: set[int] = (
            set()
        )  # seats whose last reports are on their way, and then nothing is kept of them
        self.on_step: Callable[[], None] = lambda: None

    @property
    def number(self) -> int:
        return self._holding.worker

    def turn(self) -> int:
        """One pass over the seats; returns how many frames were taken."""
        now = self._clock()
        if self._beat.due(now):
            self._bus.beat(self.number, now)
        watches = {watch.source: watch for watch in self._bus.watches()}
        self._close_unwatched(watches)
        statuses = self._bus.statuses(list(watches))
        self._follow(statuses, now)
        mine = {source: statuses[source] for source in self._holding.sources}
        if self._tick_timer.due(now):
            self._tick(watches, mine, now)
        taken = self._look(watches, mine, now)
        self._tell(now)
        self._do_now_and_then(watches, now)
        return taken

    def retire(self) -> None:
        """Leave all seats to others at once, with what goes on at them."""
        self._save(float("inf"))
        self._holding.retire()

    def _close_unwatched(self, watches: Mapping[int, Watch]) -> None:
        """End what was open where nobody is watched any more."""
        for source in self._holding.sources - set(watches):
            self._close(source)
            self._holding.leave(source)

    def _close(self, source: int) -> None:
        self._outbox.extend(self._pipeline.close(source))
        self._keeper.forget(source)
        self._closed.add(source)

    def _follow(self, statuses: Mapping[int, SourceStatus], now: float) -> None:
        """Go on with the seats that come from other workers, forget those that went to them."""
        changes = self._holding.follow(statuses, now)
        for source in changes.lost:
            self._lose(source)
        for source in set(changes.gained) - self._closed:
            left = self._keeper.load(source)
            if left:
                self._adopt(source, left)
        if changes.gained or changes.lost:
            log.info("worker %x: seats gained %s, lost %s", self.number, changes.gained, changes.lost)

    def _adopt(self, source: int, left: Left) -> None:
        self._pipeline.adopt(source, left)
        self._outbox.extend(left.told_again())
        if lost := left.without_pre_roll(self._clock()):
            self.counts["pre-rolls lost"] += lost
            log.warning("source %d: %d clips begin only now, with the pictures of this worker", source, lost)

    def _lose(self, source: int) -> None:
        self._pipeline.drop(source)
        self._keeper.forget(source)

    def _look(self, watches: Mapping[int, Watch], mine: Mapping[int, SourceStatus], now: float) -> int:
        """Analyse frames, in the order in which they are due; returns how many were taken."""
        taken = 0
        for source in order(
            [self._as_turn(source, status) for source, status in mine.items()], now, self._cost
        ):
            taken += self._take(watches[source])
            self.on_step()
            if taken == TURNS_A_PASS:
                break
        return taken

    def _as_turn(self, source: int, status: SourceStatus) -> Turn:
        return Turn(source, status.taken_at, status.waiting, self._pipeline.is_suspicious(source))

    def _take(self, watch: Watch) -> int:
        """Take one frame and say what became of it; returns whether there was one."""
        began = self._clock()
        frame = self._bus.take(watch.source, began)
        if frame is None:
            return 0
        if is_late(frame.received_at, began):
            self._waste(frame, Outcome.LATE, "late")
            return 1
        analysis = self._analyse(frame, watch)
        if analysis is not None:
            self._settle(watch.source, analysis, began)
        return 1

    def _analyse(self, frame: Frame, watch: Watch) -> Analysis | None:
        """What the pipeline says of a frame; a bad one is counted and told, and the next one is waited for."""
        try:
            return self._pipeline.analyse(frame, watch)
        except BadFrame as error:
            self._waste(frame, Outcome.REFUSED, error.code)
        except Exception:
            # Whatever one picture does to a library, the other seats are still to be looked at.
            log.exception("frame %d of source %d could not be analysed", frame.seq, watch.source)
            self._waste(frame, Outcome.TIMED_OUT, "failed")
        return None

    def _waste(self, frame: Frame, outcome: Outcome, why: str) -> None:
        self.counts[why] += 1
        self._bus.report_unused(frame.source, outcome)
        log.warning("frame %d of source %d came to nothing: %s", frame.seq, frame.source, why)

    def _settle(self, source: int, analysis: Analysis, began: float) -> None:
        """Count an analysed frame; its reports count only where the seat is still this worker's."""
        done = self._clock()
        self._cost += (max(0.0, done - began) - self._cost) / COST_MEMORY
        if self._bus.report_analysed(source, done, analysis.thumbnail):
            self.counts["analysed"] += 1
            self._outbox.extend(analysis.reports)
        else:
            self.counts["overtaken"] += 1
            log.warning("source %d went to another worker while its frame was analysed", source)

    def _tick(self, watches: Mapping[int, Watch], mine: Mapping[int, SourceStatus], now: float) -> None:
        for source, status in mine.items():
            self._outbox.extend(self._pipeline.tick(watches[source], status, now))

    def _tell(self, now: float) -> None:
        """Send what waits, noted before and after: gone in between, the next worker says it again by the same name."""
        if not self._outbox.empty:
            self._save(now)
            self._outbox.deliver(now)
        self._save(now)

    def _save(self, now: float) -> None:
        """Keep what is going on for a worker after this one; what was closed goes only when its end is sent."""
        while self._closed and self._outbox.empty:
            self._bus.save_open(self._closed.pop(), b"")
        raising = self._outbox.raising()
        for source in self._pipeline.sources:
            left = self._pipeline.left(source)
            untold = raising & {episode.uid for episode in left.episodes}
            self._keeper.keep(source, replace(left, untold=untold), now)

    def _do_now_and_then(self, watches: Mapping[int, Watch], now: float) -> None:
        if self._tidy_timer.due(now):
            self._leave_to_others(len(watches), now)
            self._end_left_behind(frozenset(watches), now)
        if self._counts_timer.due(now):
            told = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
            log.info(
                "worker %x, %d seats: %s", self.number, len(self._holding.sources), told or "nothing yet"
            )

    def _leave_to_others(self, seats: int, now: float) -> None:
        """Where this worker has more than it can do and another has room."""
        calm = [source for source in self._holding.sources if not self._pipeline.is_suspicious(source)]
        for source in self._holding.spare(calm, seats, self._cost, now):
            self._holding.leave(source)
            self._lose(source)

    def _end_left_behind(self, watched: frozenset[int], now: float) -> None:
        """End what a dead worker left open at a seat that is watched no more; said twice, it is the same report."""
        alive = self._bus.alive(now)
        for source in self._bus.open_sources() - watched - self._closed:
            if self._bus.status(source).holder not in alive:
                self._adopt(source, self._keeper.load(source))
                self._close(source)


def run(
    bus: Bus, models_dir: Path, stop: threading.Event, clock: Clock, settings: Settings | None = None
) -> None:
    """Analyse frames until `stop` is set; raises ModelMissing or ModelCorrupt before the first one.

    `clock` gives seconds since 1970 and is compared with the times at which frames were received.
    """
    settings = settings or Settings()
    number = settings.worker or new_worker()
    start = Start(f"{number:x}", clock(), models_dir, settings.policy)
    detectors, rules = load_detectors(models_dir), load_rules(settings.policy)
    with (
        open_pipeline(detectors, rules, start, settings.recording) as pipeline,
        Pulse(bus, number, Clocks(clock, CLOCKS.running)) as pulse,
    ):
        worker = Worker(bus, pipeline, clock, number)
        worker.on_step = pulse.heard
        log.info("worker %x at work", number)
        go_on(worker, stop, pulse)


def go_on(worker: Worker, stop: threading.Event, pulse: Pulse) -> None:
    """One pass after another until `stop` is set, whatever becomes of the bus meanwhile."""
    while not stop.is_set():
        pulse.heard()
        try:
            taken = worker.turn()
        except Exception:
            log.exception("the bus failed; trying again in %.0f s", FAULT_PAUSE)
            stop.wait(FAULT_PAUSE)
            continue
        if not taken:
            stop.wait(IDLE_PAUSE)
    worker.retire()


def work_until_told(bus_url: str, models_dir: Path, settings: Settings) -> int:
    """`run` in this process until SIGTERM or SIGINT; returns the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    bus = open_bus(bus_url)
    try:
        run(bus, models_dir, stop, CLOCKS.wall, settings)
    finally:
        bus.close()
    return 0
