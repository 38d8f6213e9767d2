"""Distractor analysis: who chose which option of an item, and how well they did on the rest of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scoring.statistics.groups import Extremes
from scoring.statistics.sheet import Floats, spread_out


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """One option: its share of all candidates 0..1, the mean rest score of who chose it, its point-biserial -1..1.

    `upper` and `lower` are its shares in the upper and lower 27 %; None where there is nobody to ask.
    """

    id: str
    key: bool
    count: int
    share: float
    mean: float | None
    pointbiserial: float | None
    upper: float | None
    lower: float | None


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody's choices on an item: the options, which are right, and a set of option ids per candidate."""

    options: tuple[str, ...]
    correct: frozenset[str]
    chosen: Sequence[frozenset[str]]


def option_figures(choices: Choices, rest: Floats, ends: Extremes) -> tuple[OptionFigures, ...]:
    """Every option in order; `rest` is each candidate's total without this item."""
    return tuple(_option(one, choices, rest, ends) for one in choices.options)


def unanswered(choices: Choices) -> int:
    """How many chose nothing."""
    return sum(not one for one in choices.chosen)


def _option(option: str, choices: Choices, rest: Floats, ends: Extremes) -> OptionFigures:
    took = np.array([option in one for one in choices.chosen], dtype=np.bool_)
    return OptionFigures(
        option,
        option in choices.correct,
        int(took.sum()),
        float(took.mean()) if took.size else 0.0,
        float(rest[took].mean()) if took.any() else None,
        point_biserial(took, rest),
        _share(took, ends.upper),
        _share(took, ends.lower),
    )


def _share(took: NDArray[np.bool_], among: NDArray[np.bool_]) -> float | None:
    return float(took[among].mean()) if among.any() else None


def point_biserial(took: NDArray[np.bool_], rest: Floats) -> float | None:
    """The correlation of having chosen with the rest score; None when all did the same or all scores are equal."""
    if not took.any() or took.all() or not spread_out(rest):
        return None
    share = float(took.mean())
    apart = float(rest[took].mean() - rest[~took].mean())
    return apart * sqrt(share * (1 - share)) / float(rest.std())
