"""What a suite measures: repetitions of the product and of its limit, taken in turn, and the ratio between them."""

import statistics
from collections.abc import Sequence

import msgspec


class Slice(msgspec.Struct, frozen=True):
    """A stretch of measuring: units done, seconds of the clock, seconds of CPU time of the measured process."""

    units: int
    wall: float
    cpu: float


class Rep(msgspec.Struct, frozen=True):
    """One repetition: units a second, CPU microseconds of the measured process a unit, how busy it was (1: a core)."""

    per_second: float
    cpu_us: float
    busy: float


def together(slices: Sequence[Slice]) -> Rep:
    """The repetition that consists of `slices`."""
    units, wall, cpu = (sum(getattr(one, name) for one in slices) for name in ("units", "wall", "cpu"))
    return Rep(units / wall, cpu / max(1, units) * 1e6, cpu / wall)


class Figure(msgspec.Struct, frozen=True):
    """A suite's outcome; the slices of `product[i]` and `limit[i]` were taken in turn."""

    name: str
    unit: str
    limit_name: str
    aim: float
    product: list[Rep]
    limit: list[Rep]
    notes: list[str] = []

    @property
    def ratios(self) -> list[float]:
        """Product over limit, pair by pair."""
        return [p.per_second / o.per_second for p, o in zip(self.product, self.limit, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return statistics.median(self.ratios)

    @property
    def cpu_ratio(self) -> float:
        """The limit's CPU time a unit over the product's: the same ratio, less disturbed by neighbours."""
        return median(self.limit, "cpu_us") / median(self.product, "cpu_us")


class StartRep(msgspec.Struct, frozen=True):
    """One start signal: seconds from it to the first acknowledged answer, and who did not get there."""

    p50: float
    p99: float
    slowest: float
    acknowledged: int
    refused: int
    dropped: int


class StartFigure(msgspec.Struct, frozen=True):
    """Everybody starts in the same second."""

    candidates: int
    reps: list[StartRep]


def median(reps: list[Rep], field: str) -> float:
    """The median of one field of the repetitions."""
    return float(statistics.median(getattr(rep, field) for rep in reps))
