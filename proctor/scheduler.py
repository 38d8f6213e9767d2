"""Whose frame is analysed next: nobody waits two seconds while another has a second turn."""

from collections.abc import Sequence
from dataclasses import dataclass

PROMISED = 2.0  # seconds between two analyses of a source, where the machine can keep up at all
MARGIN = 1.25  # frames take different times: reckon with a little more than their mean


@dataclass(frozen=True, slots=True)
class Turn:
    """A source: when it was last analysed, whether a frame waits, whether something is going on."""

    source: int
    analysed_at: float
    waiting: bool
    suspicious: bool = False


def due_after(sources: int, cost: float) -> float:
    """Seconds after which a source goes before all others: early enough for all of them to be due at once."""
    return max(0.0, PROMISED - MARGIN * sources * cost)


def order(turns: Sequence[Turn], now: float, cost: float) -> list[int]:
    """The sources with a waiting frame, first the one to analyse first; `cost` is seconds a frame.

    Those that are due come first, the longest waiting at the head; then those with something going on; then
    the rest, so that time left over is not left unused.
    """
    waiting = [turn for turn in turns if turn.waiting]
    due_before = now - due_after(len(turns), cost)
    return [turn.source for turn in sorted(waiting, key=lambda turn: rank(turn, due_before))]


def rank(turn: Turn, due_before: float) -> tuple[bool, bool, float, int]:
    due = turn.analysed_at <= due_before
    return not due, not due and not turn.suspicious, turn.analysed_at, turn.source
