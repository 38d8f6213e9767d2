"""What a worker leaves behind of a seat, so that the next one goes on with the same episodes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from proctor.incidents import Episode, as_report
from proctor.reports import Code, IncidentReport

Samples = tuple[tuple[float, float], ...]  # times in seconds since 1970 and scores, as the medians need them


@dataclass(frozen=True, slots=True)
class Left:
    """The episodes of a seat, reported or not yet, and the last scores of their codes.

    `untold` names the episodes whose first report may not have arrived.
    """

    episodes: tuple[Episode, ...] = ()
    samples: Mapping[Code, Samples] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()

    def told_again(self) -> list[IncidentReport]:
        """What the worker was about to say when it was gone; said twice, it is the same report."""
        return [as_report(one, "raised", one.told_at) for one in self.episodes if one.uid in self.untold]

    @property
    def names(self) -> tuple[tuple[str, bool, bool], ...]:
        """Each episode's name, whether it was reported, and whether that may not have arrived."""
        return tuple((one.uid, one.raised, one.uid in self.untold) for one in self.episodes)


def write_left(left: Left) -> bytes:
    """As JSON; nothing where nothing is going on."""
    if not left.episodes:
        return b""
    samples = {code.value: list(scores) for code, scores in left.samples.items()}
    told = {"episodes": as_rows(left.episodes), "samples": samples, "untold": sorted(left.untold)}
    return json.dumps(told).encode()


def read_left(data: bytes | None) -> Left:
    """What `write_left` wrote; nothing where nothing was written. Raises ValueError, KeyError or TypeError."""
    if not data:
        return Left()
    told: dict[str, Any] = json.loads(data)
    samples = {Code(code): tuple((at, score) for at, score in rows) for code, rows in told["samples"].items()}
    return Left(tuple(as_episodes(told["episodes"])), samples, frozenset(told["untold"]))


def as_rows(episodes: Iterable[Episode]) -> list[dict[str, Any]]:
    return [asdict(episode) for episode in episodes]


def as_episodes(rows: Iterable[dict[str, Any]]) -> list[Episode]:
    return [Episode(**{**row, "code": Code(row["code"])}) for row in rows]
