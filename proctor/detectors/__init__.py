"""Detectors: pictures in, detections out; each file is one detector and knows no other."""

from collections.abc import Sequence
from typing import Protocol

from proctor.detections import Detection
from proctor.frames import Image


class Detector(Protocol):
    """Says what is in each picture; pictures are BGR uint8 of shape (height, width, 3), of any size."""

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]: ...
