"""A seat's usual backdrop: what stands behind and around the person in nearly every picture.

A hand or a sheet of paper before the lens has edges of its own, but not the room's; a chair that was left
has the room's. So where nobody is seen, the room's edges tell a covered lens from an empty seat.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from proctor.geometry import Box
from proctor.glances import SIZE, Glance, Slopes

STEEPEST = 150.0  # slopes above count alike, so that one black edge is not everything
RATE = 0.05  # how much one picture changes what is usual
MARGIN = 0.1  # of a person's box on each side, for hair and elbows
LEARNT = 5  # pictures from which a place is known
LEAST_KNOWN = 0.2  # of the picture must be known
LEAST_SPREAD = 6.0  # of the known slopes: a bare wall has nothing to be missed
FAMILIAR = 0.34  # correlation from which a picture is surely the room
STRANGE = 0.14  # and down to which it surely is not


@dataclass(slots=True)
class Backdrop:
    """The usual slopes of one seat where no person was, and in how many pictures each place was seen."""

    _usual: Slopes = field(default_factory=lambda: np.zeros(SIZE[::-1], np.float32), repr=False)
    _times: Slopes = field(default_factory=lambda: np.zeros(SIZE[::-1], np.float32), repr=False)

    def strangeness(self, seen: Glance) -> float | None:
        """1 where the room's edges are not there to 0 where they are; None while too little is known of them."""
        known = self._times >= LEARNT
        if known.mean() < LEAST_KNOWN:
            return None
        usual = self._usual[known]
        if usual.std() < LEAST_SPREAD:
            return None
        alike = correlation(usual, soften(seen.slopes)[known])
        return min(1.0, max(0.0, (FAMILIAR - alike) / (FAMILIAR - STRANGE)))

    def learn(self, seen: Glance, people: Sequence[Box], shape: tuple[int, int]) -> None:
        """Take in a picture of the room; `people` are boxes in pixels of a picture of `shape` (height, width)."""
        free = np.ones(SIZE[::-1], np.bool_)
        for box in people:
            free[area(box, shape)] = False
        self._times += free
        rate = np.maximum(RATE, 1.0 / np.maximum(self._times, 1.0)) * free
        self._usual += rate.astype(np.float32) * (soften(seen.slopes) - self._usual)


def soften(slopes: Slopes) -> Slopes:
    """Slopes a pixel wider, so that a camera that trembles gives the same."""
    return np.asarray(cv2.blur(np.minimum(slopes, STEEPEST), (3, 3)), np.float32)


def area(box: Box, shape: tuple[int, int]) -> tuple[slice, slice]:
    """The rows and columns of the small picture that a box covers, with its margin."""
    down, across = SIZE[1] / shape[0], SIZE[0] / shape[1]
    more, wider = MARGIN * box.height, MARGIN * box.width
    rows = slice(max(0, int((box.y1 - more) * down)), int((box.y2 + more) * down) + 1)
    columns = slice(max(0, int((box.x1 - wider) * across)), int((box.x2 + wider) * across) + 1)
    return rows, columns


def correlation(one: Slopes, other: Slopes) -> float:
    """Pearson's r of two lists of slopes; 0 where one is flat."""
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float((one * other).sum()) / size if size > 0 else 0.0
