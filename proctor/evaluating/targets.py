"""The lines the project aims at, and whether a set of sessions reaches and shows them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from proctor.evaluating.counting import Sum, Tally, add_up
from proctor.evaluating.intervals import most_per_hour, share_interval

ZERO_BOUND = 3.0  # no false alarm in T hours shows no more than 3 / T an hour at 95 %


@dataclass(frozen=True, slots=True)
class Target:
    """One line of targets.toml; `least_seconds` is the length from which an event is due."""

    code: str
    least_seconds: float
    found: float
    false_alarms_per_hour: float
    delay_p95: float

    @property
    def hours(self) -> float:
        """The hours that are needed to show the rate, if no false alarm occurs in them."""
        return ZERO_BOUND / self.false_alarms_per_hour


@dataclass(frozen=True, slots=True)
class Line:
    """One target against one set: the sum over the events that were due."""

    target: Target
    due: Sum

    @property
    def reached(self) -> dict[str, bool | None]:
        """Whether the figure itself is on the right side; None where there was nothing to find."""
        share, rate, delay = self.due.share, self.due.rate, self.due.delay(0.95)
        return {
            "found": None if share is None else share >= self.target.found,
            "false_alarms": None if rate is None else rate <= self.target.false_alarms_per_hour,
            "delay": None if share is None else delay is not None and delay <= self.target.delay_p95,
        }

    @property
    def shown(self) -> dict[str, bool]:
        """Whether the 95 % interval, too, is on the right side: then the set is large enough to say so."""
        found = share_interval(self.due.found, self.due.events)
        most = most_per_hour(self.due.false, self.due.hours)
        return {
            "found": found is not None and found[0] >= self.target.found,
            "false_alarms": most is not None and most <= self.target.false_alarms_per_hour,
        }


def load_targets() -> list[Target]:
    """The lines of targets.toml."""
    tables = tomllib.loads(Path(__file__).with_name("targets.toml").read_text("utf-8"))
    return [Target(code, **table) for code, table in tables.items()]


def line(target: Target, tallies: Sequence[Tally]) -> Line:
    """A target against the tallies of its code."""
    return Line(target, add_up(tallies, least=target.least_seconds))
