"""Fisher information of items under the models of item response theory. Pure.

Information is the sum of the squared slope of each score category's curve over its height. Models and the order of
their parameters: 1PL (b), 2PL (a, b), 3PL (a, b, c), PC (b1, b2, …), GPC and GR (a, b1, b2, …).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Curve = Callable[[Sequence[float], Numbers], Numbers]


class BadParameters(ValueError):
    """Parameters that no item of the model can have."""

    code = "bad_parameters"


@dataclass(frozen=True, slots=True)
class Item:
    """The model of an item and its parameters."""

    model: str
    parameters: tuple[float, ...]


def information(item: Item, theta: Sequence[float], scale: float = 1.0) -> Numbers:
    """The information of an item at each theta; `scale` multiplies the slopes. BadParameters."""
    curve = CURVES.get(item.model.upper())
    if curve is None:
        raise BadParameters(f"the model {item.model!r} is not one of {', '.join(CURVES)}")
    least = {"1PL": 1, "2PL": 2, "3PL": 3, "PC": 1, "GPC": 2, "GR": 2}[item.model.upper()]
    most = least if item.model.upper().endswith("PL") else len(item.parameters)
    if not least <= len(item.parameters) <= most:
        raise BadParameters(f"{item.model} has {least} parameters, not {len(item.parameters)}")
    return (
        curve(item.parameters, np.asarray(theta, dtype=float))
        if scale == 1.0
        else _scaled(item, theta, scale)
    )


def _scaled(item: Item, theta: Sequence[float], scale: float) -> Numbers:
    """Stretching theta and the difficulties by `scale` is the same as multiplying every slope by it."""
    model, given = item.model.upper(), item.parameters
    first = 0 if model in ("1PL", "PC") else 1
    last = 2 if model == "3PL" else len(given)
    stretched = tuple(one * scale if first <= n < last else one for n, one in enumerate(given))
    return scale**2 * CURVES[model](stretched, np.asarray(theta, dtype=float) * scale)


def _logistic(z: Numbers) -> Numbers:
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def _one(given: Sequence[float], theta: Numbers) -> Numbers:
    return _three((1.0, given[0], 0.0), theta)


def _two(given: Sequence[float], theta: Numbers) -> Numbers:
    return _three((given[0], given[1], 0.0), theta)


def _three(given: Sequence[float], theta: Numbers) -> Numbers:
    a, b, c = given
    if not 0 <= c < 1:
        raise BadParameters(f"the guessing parameter {c:g} is not from 0 to below 1")
    rises = _logistic(a * (theta - b))
    p = c + (1 - c) * rises
    slope = (1 - c) * a * rises * (1 - rises)
    bottom = p * (1 - p)
    return np.divide(slope**2, bottom, out=np.zeros_like(p), where=bottom > 0)


def _partial_credit(given: Sequence[float], theta: Numbers) -> Numbers:
    return _generalized((1.0, *given), theta)


def _generalized(given: Sequence[float], theta: Numbers) -> Numbers:
    """The variance of the score, times the slope squared."""
    a, steps = given[0], np.asarray(given[1:])
    sums = np.concatenate(
        [np.zeros((len(theta), 1)), np.cumsum(a * (theta[:, None] - steps), axis=1)], axis=1
    )
    weights = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    scores = np.arange(len(steps) + 1)
    mean = shares @ scores
    variance: Numbers = a**2 * (shares @ scores**2 - mean**2)
    return variance


def _graded(given: Sequence[float], theta: Numbers) -> Numbers:
    a, steps = given[0], np.asarray(given[1:])
    if np.any(np.diff(steps) < 0):
        raise BadParameters("the steps of a graded response item must rise")
    edge = np.ones((len(theta), 1))
    above = np.concatenate([edge, _logistic(a * (theta[:, None] - steps)), 0 * edge], axis=1)
    slopes = a * above * (1 - above)
    shares, change = above[:, :-1] - above[:, 1:], slopes[:, :-1] - slopes[:, 1:]
    found: Numbers = np.divide(change**2, shares, out=np.zeros_like(shares), where=shares > 0).sum(axis=1)
    return found


CURVES: dict[str, Curve] = {
    "1PL": _one,
    "2PL": _two,
    "3PL": _three,
    "PC": _partial_credit,
    "GPC": _generalized,
    "GR": _graded,
}
