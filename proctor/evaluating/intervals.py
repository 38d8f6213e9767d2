"""How sure a figure is: exact intervals for counts, and the bootstrap over sessions."""

from collections.abc import Callable, Sequence
from math import ceil, exp, inf, lgamma, log, sqrt

import numpy as np

LEVEL = 0.95
DRAWS = 1000
SEED = 20_240_229  # fixed, so that the same sessions give the same intervals
STEPS = 60


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile; None without values, and where it falls on an infinite one (a miss)."""
    if not values:
        return None
    value = float(sorted(values)[max(0, ceil(share * len(values)) - 1)])
    return None if value == inf else value


def share_interval(found: int, events: int) -> tuple[float, float] | None:
    """The exact (Clopper-Pearson 1934) 95 % interval of found / events; None without events."""
    if events == 0:
        return None
    tail = (1 - LEVEL) / 2
    low = 0.0 if found == 0 else solve(lambda p: 1 - binomial_up_to(found - 1, events, p) >= tail)
    high = 1.0 if found == events else solve(lambda p: binomial_up_to(found, events, p) <= tail)
    return low, high


def most_per_hour(count: int, hours: float) -> float | None:
    """The one-sided 95 % upper bound of a rate (Garwood 1936): 3 / hours where nothing was counted."""
    if hours <= 0:
        return None
    top = 3.0 + count + 5.0 * sqrt(count + 1)
    return top * solve(lambda part: poisson_up_to(count, part * top) <= 1 - LEVEL) / hours


def solve(reached: Callable[[float], bool]) -> float:
    """The least value between 0 and 1 at which a condition that stays true once it is true becomes true."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def binomial_up_to(most: int, trials: int, chance: float) -> float:
    """The probability of at most so many successes."""
    if chance <= 0:
        return 1.0
    if chance >= 1:
        return 1.0 if most >= trials else 0.0
    whole = lgamma(trials + 1)
    terms = (
        whole - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(chance) + (trials - k) * log(1 - chance)
        for k in range(most + 1)
    )
    return min(1.0, sum(exp(term) for term in terms))


def poisson_up_to(most: int, mean: float) -> float:
    """The probability of at most so many events where `mean` are expected."""
    if mean <= 0:
        return 1.0
    return min(1.0, sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(most + 1)))


def bootstrap(
    sessions: int, figure: Callable[[Sequence[int]], float | None]
) -> tuple[float | None, float | None] | None:
    """The 95 % percentile interval of a figure over sessions drawn with replacement.

    `figure` is given the numbers of the drawn sessions. A draw without a figure (no event in it, or a percentile
    that falls on a miss) counts as infinite; an end of the interval that is infinite is None.
    """
    if sessions < 2:
        return None
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, sessions, size=(DRAWS, sessions))
    values = []
    for row in drawn.tolist():
        value = figure(row)
        values.append(inf if value is None else value)
    tail = (1 - LEVEL) / 2
    return percentile(values, tail), percentile(values, 1 - tail)
