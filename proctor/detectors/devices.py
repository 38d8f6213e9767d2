"""People, phones, books and laptops by YOLOX (Ge et al. 2021), trained on the 80 classes of COCO."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.detections import Detection, Label
from proctor.frames import Image
from proctor.geometry import Box
from proctor.runtime import Network, Tensor

SIDE = 416
PADDING = 114
STRIDES = (8, 16, 32)
MOST_BOXES = 300
COCO: Mapping[int, Label] = {0: Label.PERSON, 63: Label.LAPTOP, 67: Label.PHONE, 73: Label.BOOK}
REMOTE = 65  # a phone seen from behind is often called a remote control


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scored boxes before suppression: boxes (n, 4) xyxy in pixels, scores (n,), classes (n,)."""

    boxes: Tensor
    scores: Tensor
    classes: NDArray[np.intp]


def make_square() -> Tensor:
    """An empty grey square, (1, 3, 416, 416)."""
    return np.full((1, 3, SIDE, SIDE), PADDING, np.float32)


@dataclass(frozen=True, slots=True)
class Devices:
    """The detector; `floor` is the lowest score worth telling, `confusable` adds COCO classes to labels."""

    network: Network
    floor: float = 0.10
    overlap: float = 0.45
    confusable: Mapping[int, Label] = field(default_factory=dict)
    square: Tensor = field(default_factory=make_square, repr=False, compare=False)

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [self._detect(image) for image in images]

    def _detect(self, image: Image) -> list[Detection]:
        scale = letterbox(image, self.square)
        wanted = {**COCO, **self.confusable}
        output = self.network(self.square)[0][0]
        height, width = image.shape[:2]
        found = read_output(output, tuple(wanted), self.floor)
        labels = [wanted[int(number)] for number in found.classes]
        boxes = np.clip(found.boxes / scale, 0, (width, height, width, height)).astype(np.float32)
        groups = np.array([list(Label).index(label) for label in labels], dtype=np.intp)
        kept = suppress(Candidates(boxes, found.scores, groups), self.overlap)
        return [Detection(labels[i], float(found.scores[i]), as_box(boxes[i])) for i in kept]


def letterbox(image: Image, square: Tensor) -> float:
    """Draw the picture at the top left of `square`, BGR 0 to 255, grey beside it; returns its scale.

    The square is the caller's and is used again: two megabytes that stay in the cache are faster than new ones.
    """
    height, width = image.shape[:2]
    scale: float = min(SIDE / height, SIDE / width)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    planes = cv2.split(cv2.resize(image, (columns, rows), interpolation=cv2.INTER_LINEAR))
    for channel, plane in enumerate(planes):
        square[0, channel, :rows, :columns] = plane
    square[0, :, rows:, :] = PADDING
    square[0, :, :rows, columns:] = PADDING
    return scale


def make_grid() -> tuple[Tensor, Tensor]:
    """Cell origins (3549, 2) and strides (3549, 1) in the order of the output's rows."""
    cells, steps = [], []
    for stride in STRIDES:
        side = SIDE // stride
        ys, xs = np.mgrid[:side, :side]
        cells.append(np.stack((xs.ravel(), ys.ravel()), axis=1))
        steps.append(np.full((side * side, 1), stride))
    return np.concatenate(cells).astype(np.float32), np.concatenate(steps).astype(np.float32)


CELLS, STEPS = make_grid()


def read_output(output: Tensor, wanted: tuple[int, ...], floor: float) -> Candidates:
    """Boxes of the wanted classes with score objectness x class >= floor, in pixels of the square.

    `output` is (3549, 85): centre and log size relative to the cell, objectness, 80 class scores.
    """
    # No class score exceeds 1, so the objectness alone rules most rows out before any other arithmetic.
    rows = np.flatnonzero(output[:, 4] >= floor)
    columns = np.asarray(wanted, dtype=np.intp) + 5
    scores: Tensor = output[rows, 4:5] * output[rows[:, np.newaxis], columns]
    at, column = np.nonzero(scores >= floor)
    best = np.argsort(-scores[at, column], kind="stable")[:MOST_BOXES]
    at, column = at[best], column[best]
    chosen = rows[at]
    centre: Tensor = (output[chosen, :2] + CELLS[chosen]) * STEPS[chosen]
    half: Tensor = np.exp(output[chosen, 2:4]) * STEPS[chosen] * np.float32(0.5)
    boxes: Tensor = np.concatenate((centre - half, centre + half), axis=1)
    return Candidates(boxes, scores[at, column], columns[column] - 5)


def suppress(found: Candidates, overlap: float) -> list[int]:
    """Greedy non-maximum suppression within each class: rows to keep, best first."""
    order = np.argsort(-found.scores, kind="stable")
    kept: list[int] = []
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(int(best))
        same = found.classes[rest] == found.classes[best]
        order = rest[~(same & (overlaps(found.boxes[best], found.boxes[rest]) > overlap))]
    return kept


def overlaps(box: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of one box (4,) with many (n, 4)."""
    corner = np.maximum(box[:2], others[:, :2])
    shared = np.clip(np.minimum(box[2:], others[:, 2:]) - corner, 0, None).prod(axis=1)
    areas = (others[:, 2:] - others[:, :2]).prod(axis=1)
    union = areas + (box[2:] - box[:2]).prod() - shared
    ratio: Tensor = shared / np.maximum(union, 1e-9)
    return ratio


def as_box(row: Tensor) -> Box:
    """A row (4,) of pixels as a Box."""
    return Box(*(float(value) for value in row))
