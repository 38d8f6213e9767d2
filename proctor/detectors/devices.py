"""People, phones, books and laptops by YOLOX (Ge et al. 2021), trained on the 80 classes of COCO."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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
# In protobuf, a dimension with a stated size is 08 NN and one left open is 12 with a name. The file states
# 1x3x416x416 and 1x3549x85; opened, it takes any height and width divisible by 32.
STATED = bytes.fromhex("0a02 0801 0a02 0803 0a03 08a003 0a03 08a003")
OPEN = bytes.fromhex("0a02 0801 0a02 0803 0a03 120168 0a03 120177")
MOST_BOXES = 300
COCO: Mapping[int, Label] = {0: Label.PERSON, 63: Label.LAPTOP, 67: Label.PHONE, 73: Label.BOOK}
GROUPS: Mapping[Label, int] = {label: number for number, label in enumerate(Label)}
REMOTE = 65  # a phone seen from behind is often called a remote control


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scored boxes before suppression: boxes (n, 4) xyxy in pixels, scores (n,), classes (n,)."""

    boxes: Tensor
    scores: Tensor
    classes: NDArray[np.intp]


def make_memory() -> Tensor:
    """Room for the largest picture the network is given, 3 x 416 x 416."""
    return np.empty(3 * SIDE * SIDE, np.float32)


def open_dimensions(model: bytes) -> bytes:
    """The network's file with height and width of its input left open; raises ValueError."""
    if model.count(STATED) != 1:
        raise ValueError("this is not the YOLOX file whose input is 1x3x416x416")
    return model.replace(STATED, OPEN)


@dataclass(frozen=True, slots=True)
class Devices:
    """The detector; `floor` is the lowest score worth telling, `confusable` adds COCO classes to labels.

    `side` is the longer side at which a picture is looked at, at most 416.
    """

    network: Network
    floor: float = 0.03
    overlap: float = 0.45
    confusable: Mapping[int, Label] = field(default_factory=dict)
    side: int = SIDE
    memory: Tensor = field(default_factory=make_memory, repr=False, compare=False)

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [self._detect(image) for image in images]

    def _detect(self, image: Image) -> list[Detection]:
        tensor, scale = letterbox(image, self.memory, self.side)
        wanted = {**COCO, **self.confusable}
        output = self.network(tensor)[0][0]
        height, width = image.shape[:2]
        found = read_output(output, make_grid(*tensor.shape[2:]), tuple(wanted), self.floor)
        labels = [wanted[number] for number in found.classes.tolist()]
        borders = np.array((width, height, width, height), np.float32)
        boxes: Tensor = np.minimum(np.maximum(found.boxes / np.float32(scale), 0), borders)
        groups = np.array([GROUPS[label] for label in labels], dtype=np.intp)
        kept = suppress(Candidates(boxes, found.scores, groups), self.overlap)
        return [Detection(labels[i], float(found.scores[i]), as_box(boxes[i])) for i in kept]


def letterbox(image: Image, memory: Tensor, side: int = SIDE) -> tuple[Tensor, float]:
    """The picture, its longer side `side`, as (1, 3, rows, columns) BGR 0 to 255, and its scale.

    Grey fills it up to the next multiple of 32, not to a square: a quarter of the network's work would go into grey.
    The memory is the caller's and is used again: two megabytes that stay in the cache are faster than new ones.
    """
    height, width = image.shape[:2]
    scale: float = min(side / height, side / width)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    high, wide = (length + -length % STRIDES[-1] for length in (rows, columns))
    tensor = memory[: 3 * high * wide].reshape(1, 3, high, wide)
    planes = cv2.split(cv2.resize(image, (columns, rows), interpolation=cv2.INTER_LINEAR))
    for channel, plane in enumerate(planes):
        tensor[0, channel, :rows, :columns] = plane
    tensor[0, :, rows:, :] = PADDING
    tensor[0, :, :rows, columns:] = PADDING
    return tensor, scale


@dataclass(frozen=True, slots=True)
class Grid:
    """Cell origins (n, 2) and strides (n, 1) in the order of the output's rows."""

    cells: Tensor
    steps: Tensor


@lru_cache(maxsize=8)
def make_grid(high: int, wide: int) -> Grid:
    """The grid of a picture of so many rows and columns."""
    cells, steps = [], []
    for stride in STRIDES:
        ys, xs = np.mgrid[: high // stride, : wide // stride]
        cells.append(np.stack((xs.ravel(), ys.ravel()), axis=1))
        steps.append(np.full((xs.size, 1), stride))
    return Grid(np.concatenate(cells).astype(np.float32), np.concatenate(steps).astype(np.float32))


def read_output(output: Tensor, grid: Grid, wanted: tuple[int, ...], floor: float) -> Candidates:
    """Boxes of the wanted classes with score objectness x class >= floor, in pixels of the tensor.

    `output` is (n, 85): centre and log size relative to the cell, objectness, 80 class scores.
    """
    # No class score exceeds 1, so the objectness alone rules most rows out before any other arithmetic.
    rows = np.flatnonzero(output[:, 4] >= floor)
    columns = np.asarray(wanted, dtype=np.intp) + 5
    scores: Tensor = output[rows, 4:5] * output[rows[:, np.newaxis], columns]
    at, column = np.nonzero(scores >= floor)
    best = np.argsort(-scores[at, column], kind="stable")[:MOST_BOXES]
    at, column = at[best], column[best]
    chosen = rows[at]
    centre: Tensor = (output[chosen, :2] + grid.cells[chosen]) * grid.steps[chosen]
    half: Tensor = np.exp(output[chosen, 2:4]) * grid.steps[chosen] * np.float32(0.5)
    boxes: Tensor = np.concatenate((centre - half, centre + half), axis=1)
    return Candidates(boxes, scores[at, column], columns[column] - 5)


def suppress(found: Candidates, overlap: float) -> list[int]:
    """Greedy non-maximum suppression within each class: rows to keep, best first."""
    order = np.argsort(-found.scores, kind="stable")
    classes = found.classes[order]
    beside = (overlaps(found.boxes[order]) > overlap) & (classes[:, np.newaxis] == classes)
    gone = np.zeros(len(order), np.bool_)
    kept: list[int] = []
    for place, row in enumerate(order.tolist()):
        if not gone[place]:
            kept.append(row)
            gone |= beside[place]
    return kept


def overlaps(boxes: Tensor) -> Tensor:
    """Intersection over union of every box (n, 4) with every other, (n, n)."""
    x1, y1, x2, y2 = boxes.T
    across = np.minimum(x2[:, np.newaxis], x2) - np.maximum(x1[:, np.newaxis], x1)
    down = np.minimum(y2[:, np.newaxis], y2) - np.maximum(y1[:, np.newaxis], y1)
    shared = np.maximum(across, 0) * np.maximum(down, 0)
    areas = (x2 - x1) * (y2 - y1)
    ratio: Tensor = shared / np.maximum(areas[:, np.newaxis] + areas - shared, 1e-9)
    return ratio


def as_box(row: Tensor) -> Box:
    """A row (4,) of pixels as a Box."""
    return Box(*(float(value) for value in row))
