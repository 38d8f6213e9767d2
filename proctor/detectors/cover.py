"""A covered lens: a picture without edges, dark or evenly lit, in which nothing could be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from proctor.detections import Detection, Label
from proctor.frames import Image, as_image, shrink
from proctor.geometry import Box

SIZE = (160, 120)  # small enough that sensor noise averages out and blocks of the JPEG do not count as edges


@dataclass(frozen=True, slots=True)
class Cover:
    """The detector; its score is 1 without any edge and 0 from a share of `edges`.

    `step` is the least gradient (Sobel, 0 to about 1,000) that counts as an edge, `edges` the share of such
    pixels from which a picture certainly shows something.
    """

    step: float = 40.0
    edges: float = 0.02

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [self._detect(image) for image in images]

    def _detect(self, image: Image) -> list[Detection]:
        height, width = image.shape[:2]
        score = max(0.0, 1.0 - edge_share(image, self.step) / self.edges)
        whole = Box(0.0, 0.0, float(width), float(height))
        return [Detection(Label.COVERED, score, whole)] if score > 0 else []


def edge_share(image: Image, step: float) -> float:
    """The share of pixels of the small grey picture with a gradient above `step`, 0 to 1."""
    small = shrink(as_image(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)), SIZE)
    across = cv2.Sobel(small, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(small, cv2.CV_32F, 0, 1)
    _, edges = cv2.threshold(cv2.magnitude(across, down), step, 1.0, cv2.THRESH_BINARY)
    return cv2.countNonZero(edges) / small.size
