"""What a person wears and a detector takes for a phone, such as a badge: it is there nearly always, at one place.

The usual score of each part of a person's box, learnt while nothing firm was seen; what is held for a while
must exceed it by as much as anything else must exceed nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from proctor.detections import Detection
from proctor.geometry import Box

CELLS = 6  # to each side of a person's box
LEARNING = 10.0  # seconds after which what is usual is known
MEMORY = 60.0  # seconds in which it then follows a change, so that a phone does not become usual while it is judged


@dataclass(slots=True)
class Riding:
    """The usual score on one seat's person, by place; seconds learnt so far."""

    _usual: NDArray[np.float64] = field(default_factory=lambda: np.zeros((CELLS, CELLS)), repr=False)
    _learnt: float = 0.0

    @property
    def known(self) -> bool:
        """Whether enough was seen to tell what is usual."""
        return self._learnt >= LEARNING

    def usual(self, box: Box, person: Box | None) -> float:
        """The usual score at a box's place on the person and next to it; 0 beside the person."""
        place = cell(box, person) if person else None
        if place is None:
            return 0.0
        rows, columns = (slice(max(0, at - 1), at + 2) for at in place)
        return float(self._usual[rows, columns].max())

    def learn(self, things: Sequence[Detection], person: Box, seconds: float) -> None:
        """Take in the things of one frame, `seconds` after the one before."""
        now = np.zeros_like(self._usual)
        for thing in things:
            place = cell(thing.box, person)
            if place is not None:
                now[place] = max(now[place], thing.score)
        self._learnt += seconds
        if seconds > 0:
            span = self._learnt if self._learnt <= LEARNING else MEMORY
            self._usual += seconds / span * (now - self._usual)


def cell(box: Box, person: Box) -> tuple[int, int] | None:
    """The row and column of the person's box in which the middle of a box lies; None outside."""
    if person.width <= 0 or person.height <= 0:
        return None
    x, y = box.centre
    row = int(CELLS * (y - person.y1) / person.height)
    column = int(CELLS * (x - person.x1) / person.width)
    return (row, column) if 0 <= row < CELLS and 0 <= column < CELLS else None
