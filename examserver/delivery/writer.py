"""The group-commit writer: the loop gathers, a thread commits what is gathered as one transaction, then all are told.

What comes in while one batch commits is the next one: that beats waiting a fixed time. The loop hands over a whole
batch at the end of its turn, and not row by row: a thread woken for every row would commit most of them alone.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Generic, TypeVar

import msgspec

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Outcome = TypeVar("Outcome")


class _Gathered(msgspec.Struct, Generic[Row, Outcome], frozen=True):
    """A row, and whom to tell what became of it; None tells of a failure."""

    row: Row
    deliver: Callable[[Outcome | None], None]


class GroupWriter(Generic[Row, Outcome]):
    """Stores rows in batches by `store(rows) -> outcomes`, which must be one transaction, for one event loop."""

    def __init__(self, store: Callable[[Sequence[Row]], Sequence[Outcome]], limit: int = 500) -> None:
        self._store, self._limit = store, limit
        self._thread = ThreadPoolExecutor(1, "answer-writer")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gathered: list[_Gathered[Row, Outcome]] = []
        self._busy = False

    def submit(self, row: Row, deliver: Callable[[Outcome | None], None]) -> None:
        """Gather `row`; `deliver` is called in the running loop after the commit, or with None when it failed."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._gathered, self._busy = loop, [], False
        self._gathered.append(_Gathered(row, deliver))
        if not self._busy:
            self._busy = True
            loop.call_soon(self._hand_over, loop)

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        batch, self._gathered = self._gathered[: self._limit], self._gathered[self._limit :]
        done = loop.run_in_executor(self._thread, self._outcomes, [one.row for one in batch])
        done.add_done_callback(partial(self._acknowledge, loop, batch))

    def _acknowledge(
        self,
        loop: asyncio.AbstractEventLoop,
        batch: Sequence[_Gathered[Row, Outcome]],
        done: "asyncio.Future[Sequence[Outcome | None]]",
    ) -> None:
        """Hand over what has come meanwhile, so that it is committed while these are told."""
        self._busy = bool(self._gathered)
        if self._busy:
            self._hand_over(loop)
        for gathered, outcome in zip(batch, done.result(), strict=True):
            gathered.deliver(outcome)

    def _outcomes(self, rows: Sequence[Row]) -> Sequence[Outcome | None]:
        """A batch that fails is tried again row by row: a bad row costs no other its place, a lost connection none."""
        try:
            return self._store(rows)
        except Exception:
            log.exception("a batch of %d answers was not stored", len(rows))
        return [self._one(row) for row in rows]

    def _one(self, row: Row) -> Outcome | None:
        try:
            return self._store([row])[0]
        except Exception:
            log.exception("an answer was not stored")
            return None
