"""What became of every frame of a slot: one word an outcome, so that a kill between two stores loses no count.

The caller holds the slot's lock for everything but `status` and `runs`. A frame is taken under a number, its ticket;
whoever comes back with an older ticket has lost the frame to another worker and is not heard.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proctor.bus import Outcome, SourceStatus
from proctor.coverage import SPACING, Run
from proctor.words import RUNS_KEPT, Word

LOW = 0xFFFFFFFF
ATTEMPTS = 50
OUTCOMES: Mapping[Outcome, Word] = {
    Outcome.REFUSED: Word.REFUSED,
    Outcome.LATE: Word.LATE,
    Outcome.TIMED_OUT: Word.TIMED_OUT,
}
SETTLED = (Word.ANALYSED, *OUTCOMES.values())


@dataclass(frozen=True, slots=True)
class Account:
    """The words of one slot from `base` on, seen as whole numbers and as reals."""

    words: "memoryview[int]"
    reals: "memoryview[float]"
    base: int

    def take(self, version: int, now: float) -> int:
        """Count the frame `version` as taken; returns its ticket. One still out is given up as timed out."""
        self.give_up()
        self.reals[self.base + Word.TAKEN_AT] = now
        at = self.base + Word.TAKEN
        ticket = (self.words[at] >> 32) + 1
        self.words[at] = ticket << 32 | version
        return ticket

    def give_up(self) -> None:
        """Whoever had the last frame is gone: it is timed out."""
        if self.is_out(self.words[self.base + Word.TAKEN] >> 32):
            self.words[self.base + Word.TIMED_OUT] += 1

    def is_out(self, ticket: int) -> bool:
        """Whether the frame taken under `ticket` is the last one, and nobody has said what became of it."""
        done = sum(self.words[self.base + word] for word in SETTLED)
        return self.words[self.base + Word.TAKEN] >> 32 == ticket > done

    def settle(self, ticket: int, word: Word) -> bool:
        """Count the outcome of the frame taken under `ticket`; False when it is no longer this worker's."""
        mine = self.is_out(ticket)
        if mine:
            self.words[self.base + word] += 1
        return mine

    def note_analysed(self, received_at: float, at: float) -> None:
        """Prolong the last run of analysed frames, or begin another; called before the frame is settled."""
        self.reals[self.base + Word.ANALYSED_AT] = at
        number = self.words[self.base + Word.RUN]
        if number and 0 <= received_at - self.reals[self._run(number - 1) + 1] <= SPACING:
            self.reals[self._run(number - 1) + 1] = received_at
            return
        for word in (0, 1):
            self.reals[self._run(number) + word] = received_at
        self.words[self.base + Word.RUN] = number + 1

    def holder(self) -> int:
        return self.words[self.base + Word.HOLDER]

    def hold(self, worker: int) -> None:
        """The source is looked after by `worker`, 0 for nobody."""
        self.words[self.base + Word.HOLDER] = worker

    def runs(self) -> tuple[Run, ...]:
        """The last runs, oldest first."""
        first, last = self.base + Word.RUN, self.base + Word.END
        block = self._steady(first, last)
        number, edges = block[0], as_reals(block[Word.RUNS - Word.RUN :])
        kept = range(max(0, number - RUNS_KEPT), number)
        pairs = (2 * (run % RUNS_KEPT) for run in kept)
        return tuple(Run(edges[at], edges[at + 1]) for at in pairs)

    def status(self) -> SourceStatus:
        """All counters as they stood at one moment."""
        block = self._steady(self.base, self.base + Word.COUNTERS_END)
        reals = as_reals(block)
        received, taken = block[Word.VERSION], block[Word.TAKEN]
        waiting, done = received > taken & LOW, sum(block[word] for word in SETTLED)
        return SourceStatus(
            received_at=reals[Word.RECEIVED_AT],
            analysed_at=reals[Word.ANALYSED_AT],
            received=received,
            analysed=block[Word.ANALYSED],
            dropped=max(0, received - (taken >> 32) - int(waiting)),
            waiting=waiting,
            refused=block[Word.REFUSED],
            late=block[Word.LATE],
            timed_out=block[Word.TIMED_OUT],
            in_work=taken >> 32 > done,
            taken_at=reals[Word.TAKEN_AT],
            holder=block[Word.HOLDER],
        )

    def _run(self, number: int) -> int:
        return self.base + Word.RUNS + 2 * (number % RUNS_KEPT)

    def _steady(self, first: int, last: int) -> list[int]:
        """The words of a stretch, read until they are twice the same: counters only grow."""
        block = self.words[first:last].tolist()
        for _ in range(ATTEMPTS):
            again = self.words[first:last].tolist()
            if again == block:
                break
            block = again
        return block


def as_reals(words: Sequence[int]) -> tuple[float, ...]:
    """The same bytes read as reals, so that they are of one moment with the whole numbers."""
    return struct.unpack(f"{len(words)}d", struct.pack(f"{len(words)}Q", *words))
