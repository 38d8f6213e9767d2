"""A worker's sign of life, given beside its work, and the end of a worker that hangs.

A network that hangs cannot be interrupted from inside its process, so the process ends itself: the others take its
seats over at once, the frame counts as timed out, and whoever supervises starts another worker.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from proctor.bus import Bus

log = logging.getLogger(__name__)
BEAT_EVERY = 0.3  # seconds; several fit into ALIVE_SECONDS
HUNG_AFTER = 5.0  # seconds that one frame may take; a usual one takes a hundredth of that
HUNG = 75  # the exit code of a worker that hung


def end_process() -> None:
    """End at once: what hangs would hold up any orderly end."""
    os._exit(HUNG)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of day that frames are stamped with, and one that never jumps; both in seconds."""

    wall: Callable[[], float]
    running: Callable[[], float]


class Pulse:
    """A thread that says "alive" while it runs, and calls `on_hang` when the worker was not heard for too long."""

    def __init__(
        self, bus: Bus, worker: int, clocks: Clocks, on_hang: Callable[[], None] = end_process
    ) -> None:
        self._bus, self._worker, self._clocks, self._on_hang = bus, worker, clocks, on_hang
        self._heard_at = clocks.running()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def heard(self) -> None:
        """By the worker: it goes on."""
        self._heard_at = self._clocks.running()

    def _run(self) -> None:
        while not self._stop.wait(BEAT_EVERY):
            hung = self._clocks.running() - self._heard_at
            if hung > HUNG_AFTER:
                log.critical("the worker hangs since %.0f s and is ended", hung)
                self._on_hang()
                return
            self._beat()

    def _beat(self) -> None:
        try:
            self._bus.beat(self._worker, self._clocks.wall())
        except Exception:
            log.exception("the bus took no sign of life; trying again")
