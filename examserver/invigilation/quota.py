"""How much room evidence may take, what goes first when there is none, and what is not kept then. Pure.

The order: clips of dismissed incidents past their minimum, clips of technical incidents, then new clips are not
kept, then stills are not. Nothing else is ever removed to make room.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

STILLS_SHARE = 0.1  # of the quota, where only stills may still go


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes: what evidence may take in all, what it takes, what its volume has free, what must stay free there."""

    quota: int
    used: int
    free: int
    floor: int

    @property
    def left(self) -> int:
        """What may still be written; below 0 when too much was."""
        return min(self.quota - self.used, self.free - self.floor)

    def lacks(self, size: int, *, clip: bool) -> int:
        """How many bytes are missing for a piece of `size`; 0 when it may be kept."""
        reserve = round(self.quota * STILLS_SHARE) if clip else 0
        return max(0, size + reserve - self.left)


@dataclass(frozen=True, slots=True)
class StoredClip:
    """A clip that is kept, as the shed order judges it; `dismissed_at` is None unless its incident is dismissed."""

    pk: int
    size: int
    captured_at: datetime
    technical: bool
    dismissed_at: datetime | None


def to_shed(clips: Iterable[StoredClip], lacking: int, now: datetime, minimum: timedelta) -> list[StoredClip]:
    """The clips to remove for `lacking` bytes, in the shed order, the oldest first; none when all were not enough."""
    found = list(clips)
    dismissed = [one for one in found if one.dismissed_at is not None and one.dismissed_at + minimum <= now]
    going = {one.pk for one in dismissed}
    technical = [one for one in found if one.technical and one.pk not in going]
    ordered = [*sorted(dismissed, key=_age), *sorted(technical, key=_age)]
    freed = list(accumulate(one.size for one in ordered))
    enough = bisect_left(freed, lacking)
    return ordered[: enough + 1] if enough < len(ordered) else []


def _age(clip: StoredClip) -> tuple[datetime, int]:
    return clip.captured_at, clip.pk
