"""What a suite measures: repetitions of the product and of its limit, taken in turn, and the ratio between them."""

import statistics

import msgspec


class Rep(msgspec.Struct, frozen=True):
    """One repetition: units a second, CPU microseconds of the measured process a unit, how busy it was (1: a core)."""

    per_second: float
    cpu_us: float
    busy: float


class Figure(msgspec.Struct, frozen=True):
    """A suite's outcome; `product[i]` ran right before `limit[i]`."""

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
