"""Which seats a worker looks after: those that nobody living looks after, up to its fair part."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proctor.bus import Bus, SourceStatus
from proctor.scheduler import Load, give_away, to_claim


def new_worker() -> int:
    """A number for a worker, never used before; it fits a word of shared memory and a number of Redis' Lua."""
    return secrets.randbelow(2**48 - 1) + 1


@dataclass(frozen=True, slots=True)
class Changes:
    """Seats that came to a worker, and seats that another one has by now."""

    gained: tuple[int, ...]
    lost: tuple[int, ...]


class Holding:
    """The seats of one worker; a seat moves only when its worker is gone, or has more than it can do."""

    def __init__(self, bus: Bus, worker: int) -> None:
        self._bus, self.worker = bus, worker
        self.sources: frozenset[int] = frozenset()

    def follow(self, statuses: Mapping[int, SourceStatus], now: float) -> Changes:
        """Bring the holding up to what the bus says, and claim what is free."""
        alive = self._bus.alive(now) | {self.worker}
        mine = {source for source, status in statuses.items() if status.holder == self.worker}
        free = [source for source, status in statuses.items() if status.holder not in alive]
        wanted = to_claim(free, Load(len(mine), len(statuses), len(alive)), self.worker)
        claimed = {source for source in wanted if self._bus.claim(source, self.worker, now)}
        changes = Changes(
            tuple(sorted((mine | claimed) - self.sources)), tuple(sorted(self.sources - mine - claimed))
        )
        self.sources = frozenset(mine | claimed)
        return changes

    def spare(self, calm: Sequence[int], seats: int, cost: float, now: float) -> list[int]:
        """The seats to leave to others, of `calm` ones; nothing is done yet. `cost` is seconds a frame."""
        load = Load(len(self.sources), seats, len(self._bus.alive(now) | {self.worker}))
        return give_away(calm, load, cost)

    def leave(self, source: int) -> None:
        """Look after a seat no longer."""
        self._bus.release(source, self.worker)
        self.sources -= {source}

    def retire(self) -> None:
        """Leave everything at once, as a worker does that is told to stop."""
        self._bus.retire(self.worker)
