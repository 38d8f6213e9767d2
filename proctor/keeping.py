"""Keeps what is going on at a worker's seats where the next worker finds it."""

import logging
from dataclasses import dataclass, replace

from proctor.bus import Bus, IncidentSink
from proctor.leaving import Left, read_left, write_left
from proctor.remembering import NOTHING_KNOWN, Remembered

log = logging.getLogger(__name__)
SAVE_EVERY = 0.5  # seconds; at once when an episode comes, is reported, or goes
Names = tuple[tuple[str, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved of a seat, as far as it says whether there is news, and when."""

    names: Names = ()
    remembered: Remembered = NOTHING_KNOWN
    at: float = float("-inf")


class Keeper:
    """What was last saved of each seat; a sink that takes nothing costs the next worker its memory, nothing else."""

    def __init__(self, sink: IncidentSink) -> None:
        self._sink = sink
        self._saved: dict[int, Saved] = {}

    def keep(self, source: int, left: Left, now: float) -> None:
        """Save what is going on at a seat, or that nothing is any more, where that is news."""
        names, before = left.names, self._saved.get(source, Saved())
        same = names == before.names and left.remembered == before.remembered
        if same and (not names or now - before.at < SAVE_EVERY):
            return
        try:
            self._sink.save_open(source, write_left(left))
        except Exception:
            log.exception("what goes on at source %d could not be saved", source)
        self._saved[source] = Saved(names, left.remembered, now)

    def load(self, source: int) -> Left:
        """What an earlier worker has left of a seat; what cannot be read counts as nothing and is told."""
        try:
            left = read_left(self._sink.load_open(source))
        except (ValueError, KeyError, TypeError) as error:
            log.error("what was left of source %d cannot be read: %r", source, error)
            left = Left()
        self._saved[source] = Saved(left.names, left.remembered)
        return left

    def forget(self, source: int) -> None:
        """Another worker keeps the seat from now on."""
        self._saved.pop(source, None)


def forget_desks(bus: Bus, before: float) -> int:
    """Take the desks out of what was left of sources not watched and silent since then (seconds since 1970); how many.

    Their episodes stay until a worker has ended them.
    """
    watched = {watch.source for watch in bus.watches()}
    keeper, forgotten = Keeper(bus), 0
    for source in bus.open_sources() - watched:
        left = keeper.load(source)
        if left.remembered and bus.status(source).received_at < before:
            bus.save_open(source, write_left(replace(left, remembered=NOTHING_KNOWN)))
            forgotten += 1
    return forgotten
