"""Keeps what is going on at a worker's seats where the next worker finds it."""

import logging

from proctor.bus import IncidentSink
from proctor.leaving import Left, read_left, write_left

log = logging.getLogger(__name__)
SAVE_EVERY = 0.5  # seconds; at once when an episode comes, is reported, or goes


class Keeper:
    """What was last saved of each seat; a sink that takes nothing costs the next worker its memory, nothing else."""

    def __init__(self, sink: IncidentSink) -> None:
        self._sink = sink
        self._saved: dict[int, tuple[tuple[tuple[str, bool, bool], ...], float]] = {}

    def keep(self, source: int, left: Left, now: float) -> None:
        """Save what is going on at a seat, or that nothing is any more, where that is news."""
        names = left.names
        before, saved_at = self._saved.get(source, ((), float("-inf")))
        if names == before and (not names or now - saved_at < SAVE_EVERY):
            return
        try:
            self._sink.save_open(source, write_left(left))
        except Exception:
            log.exception("what goes on at source %d could not be saved", source)
        self._saved[source] = (names, now)

    def load(self, source: int) -> Left:
        """What an earlier worker has left of a seat; what cannot be read counts as nothing and is told."""
        try:
            left = read_left(self._sink.load_open(source))
        except (ValueError, KeyError, TypeError) as error:
            log.error("what was left of source %d cannot be read: %r", source, error)
            left = Left()
        self._saved[source] = (left.names, float("-inf"))
        return left

    def forget(self, source: int) -> None:
        """Another worker keeps the seat from now on."""
        self._saved.pop(source, None)
