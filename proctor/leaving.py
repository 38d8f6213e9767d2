"""What a worker leaves behind of a seat, so that the next one goes on with the same episodes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from proctor.filming import AFTER
from proctor.incidents import Episode, as_report
from proctor.remembering import NOTHING_KNOWN, Remembered, recall_desk, recall_usual
from proctor.reports import Code, IncidentReport

Samples = tuple[tuple[float, float], ...]  # times in seconds since 1970 and scores, as the medians need them


@dataclass(frozen=True, slots=True)
class Left:
    """The episodes of a seat, reported or not yet, the last scores of their codes, and what is known of the seat.

    `untold` names the episodes whose first report may not have arrived.
    """

    episodes: tuple[Episode, ...] = ()
    samples: Mapping[Code, Samples] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()
    remembered: Remembered = NOTHING_KNOWN

    def __bool__(self) -> bool:
        return bool(self.episodes or self.remembered)

    def told_again(self) -> list[IncidentReport]:
        """What the worker was about to say when it was gone; said twice, it is the same report."""
        return [as_report(one, "raised", one.told_at) for one in self.episodes if one.uid in self.untold]

    def without_pre_roll(self, now: float) -> int:
        """How many clips will lack what was seen before: of what is not told yet, or was told less than 10 s ago."""
        return sum(not one.raised or now < one.told_at + AFTER for one in self.episodes)

    @property
    def names(self) -> tuple[tuple[str, bool, bool], ...]:
        """Each episode's name, whether it was reported, and whether that may not have arrived."""
        return tuple((one.uid, one.raised, one.uid in self.untold) for one in self.episodes)


def write_left(left: Left) -> bytes:
    """As JSON; nothing where nothing is going on and nothing is known."""
    if not left:
        return b""
    samples = {code.value: list(scores) for code, scores in left.samples.items()}
    told = {
        "episodes": as_rows(left.episodes),
        "samples": samples,
        "untold": sorted(left.untold),
        "remembered": asdict(left.remembered),
    }
    return json.dumps(told).encode()


def read_left(data: bytes | None) -> Left:
    """What `write_left` wrote; nothing where nothing was written. Raises ValueError, KeyError or TypeError."""
    if not data:
        return Left()
    told: dict[str, Any] = json.loads(data)
    samples = {Code(code): tuple((at, score) for at, score in rows) for code, rows in told["samples"].items()}
    known = told.get("remembered", {"desk": "", "usual": []})
    remembered = Remembered(known["desk"], tuple(known["usual"]))
    for recall in (recall_desk, recall_usual):
        recall(remembered)
    return Left(tuple(as_episodes(told["episodes"])), samples, frozenset(told["untold"]), remembered)


def as_rows(episodes: Iterable[Episode]) -> list[dict[str, Any]]:
    return [asdict(episode) for episode in episodes]


def as_episodes(rows: Iterable[dict[str, Any]]) -> list[Episode]:
    return [Episode(**{**row, "code": Code(row["code"])}) for row in rows]
