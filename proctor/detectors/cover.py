"""A covered lens: a picture without edges, dark or evenly lit, in which nothing could be seen."""

import cv2

from proctor.glances import Glance

STEP = 40.0  # the least slope that counts as an edge
EDGES = 0.02  # the share of such pixels from which a picture certainly shows something


def cover_score(seen: Glance) -> float:
    """1 without any edge, 0 from a share of EDGES."""
    return max(0.0, 1.0 - edge_share(seen) / EDGES)


def edge_share(seen: Glance) -> float:
    """The share of pixels with a slope above STEP, 0 to 1."""
    _, edges = cv2.threshold(seen.slopes, STEP, 1.0, cv2.THRESH_BINARY)
    return cv2.countNonZero(edges) / seen.slopes.size
