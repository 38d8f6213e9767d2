"""The group-commit writer: one thread drains what is queued, commits it as one transaction, then acknowledges.

Draining what is queued beats waiting a fixed time: while one batch commits, the next one gathers by itself.
"""

import asyncio
import logging
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class _Queued(Generic[Row, Outcome]):
    """A row, the loop that waits for it, and whom to tell in that loop; None tells of a failure."""

    row: Row
    loop: asyncio.AbstractEventLoop
    deliver: Callable[[Outcome | None], None]


class GroupWriter(Generic[Row, Outcome]):
    """Stores rows in batches by `store(rows) -> outcomes`, which must be one transaction, in its own thread."""

    def __init__(self, store: Callable[[Sequence[Row]], Sequence[Outcome]], limit: int = 500) -> None:
        self._store, self._limit = store, limit
        self._queue: queue.SimpleQueue[_Queued[Row, Outcome]] = queue.SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, row: Row, deliver: Callable[[Outcome | None], None]) -> None:
        """Queue `row`; `deliver` is called in the running loop after the commit, or with None when it failed."""
        if self._thread is None:
            self._ensure_thread()
        self._queue.put(_Queued(row, asyncio.get_running_loop(), deliver))

    def _ensure_thread(self) -> None:
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="answer-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            batch = self._drain()
            self._acknowledge(batch, self._outcomes([one.row for one in batch]))

    def _drain(self) -> list[_Queued[Row, Outcome]]:
        batch = [self._queue.get()]
        while len(batch) < self._limit:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return batch

    def _outcomes(self, rows: Sequence[Row]) -> Sequence[Outcome | None]:
        """A batch that fails is tried row by row, so that one bad row costs no other its place."""
        try:
            return self._store(rows)
        except Exception:
            log.exception("a batch of %d answers was not stored", len(rows))
        return [self._one(row) for row in rows] if len(rows) > 1 else [None]

    def _one(self, row: Row) -> Outcome | None:
        try:
            return self._store([row])[0]
        except Exception:
            log.exception("an answer was not stored")
            return None

    @staticmethod
    def _acknowledge(batch: Sequence[_Queued[Row, Outcome]], outcomes: Sequence[Outcome | None]) -> None:
        loops: dict[asyncio.AbstractEventLoop, list[tuple[_Queued[Row, Outcome], Outcome | None]]]
        loops = defaultdict(list)
        for queued, outcome in zip(batch, outcomes, strict=True):
            loops[queued.loop].append((queued, outcome))
        for loop, pairs in loops.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_deliver, pairs)


def _deliver(pairs: Sequence[tuple[_Queued[Row, Outcome], Outcome | None]]) -> None:
    for queued, outcome in pairs:
        queued.deliver(outcome)
