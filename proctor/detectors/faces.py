"""Faces by CenterFace (Xu et al. 2019): evidence that somebody is there when no body was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from proctor.detections import Detection, Label
from proctor.frames import Image
from proctor.geometry import Box, iou
from proctor.runtime import Network, Tensor

WIDTH, HEIGHT = 320, 256
STRIDE = 4
# In protobuf, a dimension with a stated size is 08 NN and one left open is 12 00 (an empty name). The file
# states 10x3x32x32; with three of them open the network takes pictures of every size divisible by 32.
STATED = bytes.fromhex("0a02080a 0a020803 0a020820 0a020820")
OPEN = bytes.fromhex("0a021200 0a020803 0a021200 0a021200")


def open_dimensions(model: bytes) -> bytes:
    """The network's file with batch, height and width of its input left open; raises ValueError."""
    if model.count(STATED) != 1:
        raise ValueError("this is not the CenterFace file whose input is 10x3x32x32")
    return model.replace(STATED, OPEN)


@dataclass(frozen=True, slots=True)
class Faces:
    """The detector; `floor` is the lowest score worth telling."""

    network: Network
    floor: float = 0.35
    overlap: float = 0.30

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [self._detect(image) for image in images]

    def _detect(self, image: Image) -> list[Detection]:
        heat, scale, offset, _landmarks = (output[0] for output in self.network(as_tensor(image)))
        height, width = image.shape[:2]
        found = read_maps(heat[0], scale, offset, self.floor)
        found = [stretch(face, width / WIDTH, height / HEIGHT) for face in found]
        return suppress(found, self.overlap)


def as_tensor(image: Image) -> Tensor:
    """The picture as (1, 3, 256, 320) RGB 0 to 255."""
    blob: Any = cv2.dnn.blobFromImage(image, 1.0, (WIDTH, HEIGHT), swapRB=True)
    tensor: Tensor = blob
    return tensor


def read_maps(heat: Tensor, scale: Tensor, offset: Tensor, floor: float) -> list[Detection]:
    """Faces in pixels of the 320x256 picture.

    heat is (64, 80); scale (log size) and offset are (2, 64, 80), y before x.
    """
    found = []
    for row, column in np.argwhere(heat >= floor).tolist():
        height, width = (float(np.exp(scale[axis, row, column])) * STRIDE for axis in (0, 1))
        y = (row + float(offset[0, row, column]) + 0.5) * STRIDE
        x = (column + float(offset[1, row, column]) + 0.5) * STRIDE
        box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        found.append(Detection(Label.FACE, float(heat[row, column]), box))
    return found


def stretch(face: Detection, across: float, down: float) -> Detection:
    """The face in pixels of the original picture."""
    box = face.box
    return Detection(
        face.label, face.score, Box(box.x1 * across, box.y1 * down, box.x2 * across, box.y2 * down)
    )


def suppress(found: Sequence[Detection], overlap: float) -> list[Detection]:
    """The best of faces that lie over each other, best first."""
    kept: list[Detection] = []
    for face in sorted(found, key=lambda face: -face.score):
        if all(iou(face.box, other.box) <= overlap for other in kept):
            kept.append(face)
    return kept
