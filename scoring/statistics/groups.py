"""Candidates grouped by their totals: extremes, score groups, the distribution. Equal totals stay together."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from scoring.statistics.sheet import Floats, Sheet

# Kelley (1939): the share in which the difference of extreme groups is most reliable.
EXTREME = 0.27
GROUPS = 5
BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One score group on one item: how many, their mean total in points, their facility 0..1."""

    count: int
    total: float
    facility: float


@dataclass(frozen=True, slots=True)
class Extremes:
    """Who is in the upper and in the lower 27 %; masks over candidates."""

    upper: NDArray[np.bool_]
    lower: NDArray[np.bool_]


def extremes(totals: Floats) -> Extremes:
    """The upper and the lower 27 % by total, all with the last one's total included; nobody when all are equal."""
    if totals.size < 2 or np.ptp(totals) == 0:
        nobody = np.zeros(totals.size, dtype=np.bool_)
        return Extremes(nobody, nobody)
    count = max(1, ceil(EXTREME * totals.size - 0.5))
    ranked = np.sort(totals)
    return Extremes(totals >= ranked[-count], totals <= ranked[count - 1])


def score_groups(totals: Floats, groups: int = GROUPS) -> NDArray[np.intp]:
    """For each candidate the number of the score group, 0 the lowest; about equally many in each."""
    if not totals.size:
        return np.zeros(0, dtype=np.intp)
    cuts = np.quantile(totals, np.arange(1, groups) / groups, method="lower")
    return np.searchsorted(cuts, totals, side="left")


def curve(sheet: Sheet, column: int, groups: NDArray[np.intp]) -> tuple[Point, ...]:
    """The item's facility in each score group that has marks on it; empty for an item worth nothing."""
    marks, full = sheet.marks[:, column], float(sheet.max_marks[column])
    there = ~np.isnan(marks)
    if not full:
        return ()
    chosen = [there & (groups == number) for number in sorted(set(groups[there].tolist()))]
    return tuple(
        Point(int(one.sum()), float(sheet.totals[one].mean()), float(marks[one].mean()) / full)
        for one in chosen
    )


def distribution(totals: Floats, full: float) -> tuple[int, ...]:
    """How many candidates have which tenth of the full marks; the last tenth includes the full mark."""
    counts = [0] * BINS
    for total in totals if full > 0 else ():
        counts[min(max(int(total / full * BINS + 1e-9), 0), BINS - 1)] += 1
    return tuple(counts)
