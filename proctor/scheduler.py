"""Whose frame is analysed next, and by which worker: nobody waits two seconds while another has a second turn. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Seconds between two analyses of a source, where the machine can keep up at all: two seconds between two frames, less
# the half second by which a frame may be older than its turn.
PROMISED = 1.5
MARGIN = 1.25  # frames take different times: reckon with a little more than their mean
LATE_AFTER = 5.0  # seconds after which a frame says nothing of the present and is not worth its time
MOST_BUSY = 1.0  # a worker that needs longer for one frame of each of its seats has more than it can do well


@dataclass(frozen=True, slots=True)
class Turn:
    """A source: when its last frame was taken, whether another waits, whether something is going on."""

    source: int
    taken_at: float
    waiting: bool
    suspicious: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How many seats a worker has, of how many that are watched, among how many living workers."""

    mine: int
    seats: int
    workers: int

    @property
    def fair(self) -> int:
        """The part of the seats that is enough, so that all parts together are all seats."""
        return math.ceil(self.seats / self.workers)


def due_after(sources: int, cost: float) -> float:
    """Seconds after which a source goes before all others: early enough for all of them to be due at once."""
    return max(0.0, PROMISED - MARGIN * sources * cost)


def order(turns: Sequence[Turn], now: float, cost: float) -> list[int]:
    """The sources with a waiting frame, first the one to analyse first; `cost` is seconds a frame.

    Those that are due come first, the longest waiting at the head; then those with something going on; then
    the rest, so that time left over is not left unused. What counts is when a frame was taken, not that it came
    to something: a source that sends only rubbish has no more turns than the others.
    """
    waiting = [turn for turn in turns if turn.waiting]
    due_before = now - due_after(len(turns), cost)
    return [turn.source for turn in sorted(waiting, key=lambda turn: rank(turn, due_before))]


def rank(turn: Turn, due_before: float) -> tuple[bool, bool, float, int]:
    due = turn.taken_at <= due_before
    return not due, not due and not turn.suspicious, turn.taken_at, turn.source


def is_late(received_at: float, now: float) -> bool:
    """Whether a frame has waited for too long to be looked at."""
    return now - received_at > LATE_AFTER


def to_claim(free: Sequence[int], load: Load, worker: int) -> list[int]:
    """Which free seats a worker asks for: up to its fair part, each worker beginning at another place."""
    ordered = sorted(free, key=lambda source: ((source * 2_654_435_761) ^ worker) & 0xFFFFFFFF)
    return ordered[: max(0, load.fair - load.mine)]


def give_away(calm: Sequence[int], load: Load, cost: float) -> list[int]:
    """Which seats without anything going on a worker leaves to others: none while it has time for all."""
    if MARGIN * load.mine * cost <= MOST_BUSY:
        return []
    return sorted(calm)[: max(0, load.mine - load.fair)]
