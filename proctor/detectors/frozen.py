"""A frozen picture: the same one again and again, as it was or saved anew, which no living camera gives.

A camera's noise never repeats, so two equal pictures are one picture. Saving it anew as a JPEG changes single
pixels by rounding, but hardly the mean of a block; a person in front of a camera, however still, changes both.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from proctor.frames import Image, as_image
from proctor.glances import Glance

BLOCKS = (20, 15)  # each the mean of 32x32 pixels of a VGA picture
MOST_BLOCK = 0.6  # grey levels a block's mean may change by rounding
MOST_CHANGED = 0.12  # share of small pixels that may change by two levels or more
RESAVED = 0.8


@dataclass(slots=True)
class Frozen:
    """Remembers the picture of one seat that may be repeated.

    The anchor stays while pictures equal it, so that slow movement adds up and ends the repetition.
    """

    _anchor: Glance | None = field(default=None, repr=False)

    def score(self, seen: Glance, someone: bool) -> float:
        """1 for an equal picture, 0.8 for one saved anew of a seat where `someone` sits, 0 for a living one."""
        before, alike = self._anchor, 0.0
        if before is not None:
            alike = likeness(before.grey, seen.grey)
        if alike == 0 or (alike < 1 and not someone):
            self._anchor = seen
            return 0.0
        return alike


def likeness(before: Image, after: Image) -> float:
    """1 where no pixel differs, 0.8 where only rounding does, 0 otherwise; both grey, 160x120."""
    changes = cv2.absdiff(before, after)
    if not changes.any():
        return 1.0
    _, changed = cv2.threshold(changes, 1, 1, cv2.THRESH_BINARY)
    if cv2.countNonZero(changed) > MOST_CHANGED * changes.size:
        return 0.0
    return RESAVED if np.abs(blocks(before) - blocks(after)).max() <= MOST_BLOCK else 0.0


def blocks(grey: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The mean of every block, (15, 20)."""
    return np.asarray(cv2.resize(as_image(grey).astype(np.float32), BLOCKS, interpolation=cv2.INTER_AREA))
