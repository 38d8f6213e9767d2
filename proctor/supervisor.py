"""Keeps a number of workers at work: one that ends or falls silent is replaced, and none outlives this process."""

import ctypes
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from proctor.bus import Bus, open_bus
from proctor.holding import new_worker
from proctor.pulse import Clocks

log = logging.getLogger(__name__)
LOOK_EVERY = 0.5  # seconds
FIRST_SIGN = 60.0  # seconds within which a new worker has loaded its networks and says that it lives
SILENT_FOR = 15.0  # seconds without a sign after which one that is still there is killed
AGAIN_AFTER = (
    1.0  # seconds between two starts in one place, so that what cannot work does not burn the machine
)
END_WITHIN = 8.0
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux ends the child even when this process is killed with -9; elsewhere Ctrl-C still does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Place:
    """Where one worker after another works; times of a running clock, in seconds."""

    command: Sequence[str]
    number: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = float("-inf")
    heard_at: float | None = None

    def look(self, alive: frozenset[int], now: float) -> None:
        """Start a worker where there is none, and kill one that is there and says nothing."""
        if self.process is None or self.process.poll() is not None:
            if now - self.started_at >= AGAIN_AFTER:
                self._start(now)
        elif self.number in alive:
            self.heard_at = now
        elif self.silent(now):
            log.critical("worker %x says nothing any more and is killed", self.number)
            self.process.kill()

    def silent(self, now: float) -> bool:
        """Whether the worker should have been heard by now."""
        if self.heard_at is None:
            return now - self.started_at > FIRST_SIGN
        return now - self.heard_at > SILENT_FOR

    def _start(self, now: float) -> None:
        if self.process is not None:
            log.error("worker %x ended with %s; another one is started", self.number, self.process.returncode)
        self.number, self.started_at, self.heard_at = new_worker(), now, None
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [*self.command, "--number", str(self.number)],
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - nothing but prctl runs there
        )

    def end(self, seconds: float) -> None:
        """Wait for the end of the worker, which was told to; then end it with force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, seconds))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(bus_url: str, workers: int, command: Sequence[str], clocks: Clocks) -> int:
    """Keep so many workers at work until SIGTERM or SIGINT; returns the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    places = [Place(command) for _ in range(workers)]
    bus = open_bus(bus_url)
    try:
        while not stop.wait(LOOK_EVERY):
            look_at_all(places, bus, clocks)
    finally:
        end_all(places, clocks)
        bus.close()
    return 0


def look_at_all(places: Sequence[Place], bus: Bus, clocks: Clocks) -> None:
    """One look at every place; while the bus is away nobody can be heard, and nobody is killed for that."""
    try:
        alive = bus.alive(clocks.wall())
    except Exception:
        log.exception("the bus does not say who lives")
        alive = frozenset(place.number for place in places)
    for place in places:
        place.look(alive, clocks.running())


def end_all(places: Sequence[Place], clocks: Clocks) -> None:
    for place in places:
        if place.process is not None:
            place.process.terminate()
    until = clocks.running() + END_WITHIN
    for place in places:
        place.end(until - clocks.running())
