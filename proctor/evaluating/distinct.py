"""How many minutes of a set are different pictures: the same film played again proves nothing more."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from proctor.evaluating.playing import Views

# Grey levels (root of the mean square over 32x24, the mean brightness left out) below which two pictures are the same.
ALIKE = 3.0
APART = 5.0  # seconds from which two pictures of one session are compared

Rows = NDArray[np.float32]


def distinct_seconds(parts: Sequence[tuple[Views, float]]) -> float:
    """The seconds of all sessions (views, frames a second) whose picture nothing at least 5 s earlier resembled.

    A loop that was shifted, zoomed or lit anew is not recognised, and a person who sits quite still counts little:
    an estimate, which a manifest that knows better replaces.
    """
    seen: list[Rows] = []
    total = 0.0
    for views, fps in parts:
        rows = levelled(views)
        again = resembles_earlier(rows, round(APART * fps))
        for other in seen:
            again |= nearest(rows, other) < ALIKE
        total += float(np.count_nonzero(~again)) / fps
        seen.append(rows)
    return total


def levelled(views: Views) -> Rows:
    """The views without their mean brightness, so that a lamp or an exposure does not make a film new."""
    rows: Rows = views.astype(np.float32)
    return rows - rows.mean(axis=1, keepdims=True) if len(rows) else rows


def resembles_earlier(rows: Rows, apart: int) -> NDArray[np.bool_]:
    """For each view whether one of the same session, at least `apart` frames earlier, is the same."""
    again = np.zeros(len(rows), np.bool_)
    for number in range(apart, len(rows)):
        again[number] = nearest(rows[number : number + 1], rows[: number - apart + 1])[0] < ALIKE
    return again


def nearest(rows: Rows, others: Rows) -> Rows:
    """The distance in grey levels of each row (n, 768) to the most similar of the others (m, 768)."""
    if not len(others) or not len(rows):
        return np.full(len(rows), np.inf, np.float32)
    squares = (rows**2).sum(axis=1)[:, np.newaxis] + (others**2).sum(axis=1) - 2 * rows @ others.T
    least: Rows = np.sqrt(np.maximum(squares.min(axis=1), 0) / rows.shape[1])
    return least
