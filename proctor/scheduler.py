"""Whose frame is analysed next: nobody waits two seconds while another has a second turn."""

from collections.abc import Iterable
from dataclasses import dataclass

PROMISED = 2.0  # seconds between two analyses of a source, where the machine can keep up at all
DUE_AFTER = 1.5  # a source goes before all others from here on, which leaves time for its turn to come


@dataclass(frozen=True, slots=True)
class Turn:
    """A source: when it was last analysed, whether a frame waits, whether something is going on."""

    source: int
    analysed_at: float
    waiting: bool
    suspicious: bool = False


def order(turns: Iterable[Turn], now: float) -> list[int]:
    """The sources with a waiting frame, first the one to analyse first.

    Those that are due come first, the longest waiting at the head; then those with something going on; then
    the rest, so that time left over is not left unused.
    """
    waiting = [turn for turn in turns if turn.waiting]
    return [turn.source for turn in sorted(waiting, key=lambda turn: rank(turn, now))]


def rank(turn: Turn, now: float) -> tuple[bool, bool, float, int]:
    due = now - turn.analysed_at >= DUE_AFTER
    return not due, not due and not turn.suspicious, turn.analysed_at, turn.source
