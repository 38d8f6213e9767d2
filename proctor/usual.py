"""What a detector always takes for a phone at one seat, such as a worn badge or a socket on the wall.

The usual score of each part of the person's box and of each part of the picture beside it, learnt while nothing
firm was seen; a weak sight that lasts must exceed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from proctor.detections import Detection
from proctor.geometry import Box

CELLS = 6  # to each side of a person's box, and of the picture
LEARNING = 10.0  # seconds after which what is usual is known
MEMORY = 60.0  # seconds in which it then follows a change: a phone does not become usual while it is judged
Grid = NDArray[np.float64]


def grid() -> Grid:
    return np.zeros((CELLS, CELLS))


@dataclass(frozen=True, slots=True)
class Stage:
    """The whole picture and the person in it, if any, in its pixels."""

    picture: Box
    person: Box | None


@dataclass(slots=True)
class Usual:
    """The usual scores of one seat, on the person and beside them, and the seconds learnt so far."""

    _worn: Grid = field(default_factory=grid, repr=False)
    _around: Grid = field(default_factory=grid, repr=False)
    _learnt: float = 0.0

    @property
    def levels(self) -> tuple[float, ...]:
        """The scores of all cells, those on the person first, and the seconds learnt; empty before the first one."""
        if not self._learnt:
            return ()
        return tuple(round(float(one), 4) for one in (*self._worn.flat, *self._around.flat, self._learnt))

    @classmethod
    def from_levels(cls, levels: Sequence[float]) -> "Usual":
        """What is usual as `levels` says, or nothing yet where it is empty. Raises ValueError."""
        if not levels:
            return cls()
        cells = np.array(levels, np.float64)
        if cells.shape != (2 * CELLS * CELLS + 1,) or not np.isfinite(cells).all():
            raise ValueError(f"what is usual in {len(levels)} levels instead of {2 * CELLS * CELLS + 1}")
        worn, around = (part.reshape(CELLS, CELLS).copy() for part in np.split(cells[:-1], 2))
        return cls(worn, around, float(cells[-1]))

    @property
    def known(self) -> bool:
        """Whether enough was seen to tell what is usual."""
        return self._learnt >= LEARNING

    def score(self, box: Box, stage: Stage) -> float:
        """The usual score at a box's place and next to it."""
        worn = cell(box, stage.person)
        place = worn or cell(box, stage.picture)
        if place is None:
            return 0.0
        rows, columns = (slice(max(0, at - 1), at + 2) for at in place)
        return float((self._worn if worn else self._around)[rows, columns].max())

    def learn(self, things: Sequence[Detection], stage: Stage, seconds: float) -> None:
        """Take in the things of one frame, `seconds` after the one before."""
        if seconds <= 0:
            return
        worn, around = grid(), grid()
        for thing in things:
            place = cell(thing.box, stage.person)
            at, now = (place, worn) if place else (cell(thing.box, stage.picture), around)
            if at:
                now[at] = max(now[at], thing.score)
        self._learnt += seconds
        rate = seconds / (self._learnt if self._learnt <= LEARNING else MEMORY)
        self._around += rate * (around - self._around)
        if stage.person is not None:
            self._worn += rate * (worn - self._worn)


def cell(box: Box, stage: Box | None) -> tuple[int, int] | None:
    """The row and column of a stage in which the middle of a box lies; None outside."""
    if stage is None or stage.width <= 0 or stage.height <= 0:
        return None
    x, y = box.centre
    row = int(CELLS * (y - stage.y1) // stage.height)
    column = int(CELLS * (x - stage.x1) // stage.width)
    return (row, column) if 0 <= row < CELLS and 0 <= column < CELLS else None
