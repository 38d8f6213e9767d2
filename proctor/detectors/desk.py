"""The clear desk of a seat: what lies there now that did not lie there when the watch began.

A background model in 80x60: the colours of the first seconds where no person was, and since when each place
has shown something else without moving. Light that changes changes all places alike and is divided out.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.frames import as_image, shrink
from proctor.geometry import Box
from proctor.glances import Glance
from proctor.shapes import Novelty

SIZE = (80, 60)
SHAPE = SIZE[::-1]
LEARNING = 6.0  # seconds of watch that make the reference
LEAST_TIMES = 4  # pictures of a place that make it known
DIFFERENT = 20.0  # grey levels, of the colour that differs most, that make a place new
MOVING = 12.0  # grey levels from one picture to the next that make it restless
SETTLED = 1.0  # seconds without restlessness that make it a thing that lies there
LEAST_AREA, MOST_AREA = 10, 1500  # small pixels: a phone far away, a laptop close by
WIDEST = 0.85  # of the picture: what is new all across is the light or the camera
BESIDE = 0.15  # of a new thing must lie outside the people's boxes, whose feet reach over the desk
Colours = NDArray[np.float32]
Places = NDArray[np.bool_]


def nothing() -> Colours:
    return np.zeros((*SHAPE, 3), np.float32)


@dataclass(slots=True)
class Desk:
    """What one seat looked like, and how long each place has been new and at rest, in seconds."""

    _usual: Colours = field(default_factory=nothing, repr=False)
    _before: Colours = field(default_factory=nothing, repr=False)
    _times: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SHAPE, np.float32), repr=False)
    _rested: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SHAPE, np.float32), repr=False)
    _watched: float = 0.0

    def reference(self) -> bytes:
        """The usual colours in whole levels and how often each place was seen, packed; empty while it is learnt."""
        if self._watched <= LEARNING:
            return b""
        usual = np.clip(np.rint(self._usual), 0, 255).astype(np.uint8)
        return zlib.compress(usual.tobytes() + np.minimum(self._times, 255).astype(np.uint8).tobytes())

    @classmethod
    def from_reference(cls, packed: bytes) -> "Desk":
        """The desk that goes on from a reference; what lies there counts from now on. Raises ValueError."""
        pixels = SHAPE[0] * SHAPE[1]
        unpacking = zlib.decompressobj()
        try:
            levels = np.frombuffer(unpacking.decompress(packed, 4 * pixels + 1), np.uint8).astype(np.float32)
        except zlib.error as error:
            raise ValueError("a desk's reference cannot be unpacked") from error
        if len(levels) != 4 * pixels:
            raise ValueError(f"a desk's reference of {len(levels)} places instead of {4 * pixels}")
        usual, times = levels[: 3 * pixels].reshape(*SHAPE, 3), levels[3 * pixels :].reshape(SHAPE)
        return cls(_usual=usual.copy(), _times=times.copy(), _watched=2 * LEARNING)

    def look(
        self, seen: Glance, people: Sequence[Box], shape: tuple[int, int], seconds: float
    ) -> list[Novelty]:
        """The new things at rest, in pixels of a picture of `shape`, `seconds` after the last look."""
        free = outside(people, shape)
        colours = shrink(seen.colour, SIZE).astype(np.float32)
        known = self._times >= LEAST_TIMES
        level = colours / self._gain(colours, known & free)
        self._watched += seconds
        if self._watched <= LEARNING:
            self._learn(level, np.ones(SHAPE, np.bool_))
            self._before = level
            return []
        fresh = known & (furthest(level, self._usual) > DIFFERENT)
        restless = furthest(level, self._before) > MOVING
        self._rested = np.where(fresh & ~restless, self._rested + seconds, 0.0).astype(np.float32)
        self._before = level
        self._learn(level, ~fresh)
        return novelties(self._rested >= SETTLED, Scene(level, self._usual, free, shape))

    def changed(self, seen: Glance) -> float:
        """The share of the known places that show something else than usual, 0 to 1; 0 while none is known."""
        known = self._times >= LEAST_TIMES
        if not known.any():
            return 0.0
        colours = shrink(seen.colour, SIZE).astype(np.float32)
        level = colours / self._gain(colours, known)
        return float((np.abs(level - self._usual).max(axis=2)[known] > DIFFERENT).mean())

    def _gain(self, colours: Colours, known: NDArray[np.bool_]) -> Colours:
        """How much lighter each colour is than usual, (3,); 1 until something is known."""
        if not known.any():
            return np.ones(3, np.float32)
        # Every fourth place tells as much of the light as all of them.
        ratio = (colours[known][::4] + 1.0) / (self._usual[known][::4] + 1.0)
        middle = len(ratio) // 2
        gain: Colours = np.maximum(np.partition(ratio, middle, axis=0)[middle], np.float32(0.05))
        return gain

    def _learn(self, level: Colours, places: NDArray[np.bool_]) -> None:
        """The mean of the first pictures, then a slow follow-up of what is still as it was."""
        self._times += places
        rate = np.maximum(0.02, 1.0 / np.maximum(self._times, 1.0)) * places
        self._usual += rate[:, :, np.newaxis].astype(np.float32) * (level - self._usual)


def furthest(one: Colours, other: Colours) -> NDArray[np.float32]:
    """How far apart two pictures are at each place, in the colour that differs most, (60, 80)."""
    # Plane by plane: a maximum over the last axis of three takes NumPy ten times as long.
    blue, green, red = np.moveaxis(np.abs(one - other), 2, 0)
    most: NDArray[np.float32] = np.maximum(np.maximum(blue, green), red)
    return most


def outside(people: Sequence[Box], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The places of the small picture that no person's box covers, (60, 80)."""
    free = np.ones(SHAPE, np.bool_)
    down, across = SIZE[1] / shape[0], SIZE[0] / shape[1]
    for box in people:
        rows = slice(int(box.y1 * down), int(box.y2 * down) + 1)
        free[rows, int(box.x1 * across) : int(box.x2 * across) + 1] = False
    return free


@dataclass(frozen=True, slots=True)
class Scene:
    """What a new thing is measured on: the level picture now and as it usually is, and the places without people."""

    now: Colours
    usual: Colours
    free: Places
    shape: tuple[int, int]


def novelties(mask: Places, scene: Scene) -> list[Novelty]:
    """The connected places of a thing's size that no person hides."""
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(as_image(closed), connectivity=8)
    beside = np.bincount(labels[scene.free], minlength=count)
    found = []
    for number, (_, _, width, _, size) in enumerate(stats.tolist()):
        fitting = LEAST_AREA <= size <= MOST_AREA and width < WIDEST * SIZE[0]
        if number and fitting and beside[number] >= BESIDE * size:
            found.append(measure(np.asarray(labels == number), scene))
    return found


def measure(mask: Places, scene: Scene) -> Novelty:
    """The shape of one thing."""
    ys, xs = np.nonzero(mask)
    (_, _), (wide, high), _ = cv2.minAreaRect(np.stack((xs, ys), axis=1).astype(np.float32))
    wide, high = wide + 1.0, high + 1.0  # from the middles of cells to their borders
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    grey = scene.now[inner if inner.any() else mask].mean(axis=1)
    down, across = scene.shape[0] / SIZE[1], scene.shape[1] / SIZE[0]
    left, right, top, bottom = xs.min(), xs.max() + 1, ys.min(), ys.max() + 1
    return Novelty(
        box=Box(float(left * across), float(top * down), float(right * across), float(bottom * down)),
        part=float(mask.mean()),
        top=float(top / SIZE[1]),
        aspect=max(wide, high) / min(wide, high),
        fill=min(1.0, float(mask.sum()) / (wide * high)),
        apart=float(scene.free[mask].mean()),
        grey=float(grey.mean()),
        usual=float(scene.usual[mask].mean()),
        texture=float(grey.std()),
    )
