"""Pictures for demonstrations and tests, composed from a portrait that a package brings and from drawings.

The portrait is scikit-image's astronaut (NASA, public domain). Nothing here is a photograph of a candidate,
and what a detector finds in a drawing says nothing about how well it finds the real thing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from proctor.frames import Image, as_image, encode
from proctor.props import Cutout, Drawing, book, chair, laptop, phone, soften

WIDTH, HEIGHT = 640, 480
DESK = 385  # the row where the desk begins

# The portrait's outline in its own 512x512 pixels, drawn by hand: hair, collar, shoulders, no helmet.
OUTLINE = (
    *((153, 70), (160, 45), (180, 28), (210, 16), (245, 15), (275, 28), (293, 50), (300, 80), (296, 105)),
    *((284, 124), (272, 134), (268, 155), (258, 178), (285, 190), (303, 215), (306, 238), (335, 250)),
    *((355, 285), (362, 330), (364, 352), (330, 365), (300, 392), (285, 425), (282, 511), (30, 511)),
    *((22, 440), (28, 370), (42, 300), (62, 250), (95, 218), (114, 205), (116, 178), (135, 156)),
    *((165, 150), (186, 152), (180, 130), (162, 110)),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in seconds and a seed, from which all small movements follow."""

    t: float
    seed: int

    def sway(self, period: float, reach: float, phase: float = 0.0) -> int:
        """A slow movement to and fro of at most `reach` pixels."""
        turn = 2 * np.pi * (self.t / period + phase + self.seed * 0.37)
        return round(float(reach * np.sin(turn)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is: its middle in pixels, turn in degrees, scale, and how far it moves."""

    x: int
    y: int
    degrees: float
    scale: float
    reach: float


def scene(name: str, t: float, seed: int = 0) -> Image:
    """The picture of a scene at `t` seconds, BGR uint8 640x480; raises KeyError for a name not in SCENES."""
    compose, moment = SCENES[name], Moment(t, seed)
    return add_noise(compose(moment), moment)


def write_mjpeg(path: Path, plan: Iterable[tuple[str, float]], fps: float = 2.0, seed: int = 0) -> int:
    """Write scenes, each for so many seconds, as concatenated JPEGs; returns how many pictures."""
    count = 0
    with path.open("wb") as file:
        for name, seconds in plan:
            for _ in range(round(seconds * fps)):
                file.write(encode(scene(name, count / fps, seed), 85))
                count += 1
    return count


@lru_cache(maxsize=16)
def picture(name: str) -> Image:
    """A picture that scikit-image brings, by the name of its function there; BGR, not to be written into."""
    from skimage import data

    brought: Any = getattr(data, name)()
    kind = cv2.COLOR_GRAY2BGR if brought.ndim == 2 else cv2.COLOR_RGB2BGR
    return as_image(cv2.cvtColor(brought, kind))


@lru_cache(maxsize=1)
def portrait() -> Cutout:
    """The person, cut out of the portrait."""
    image = picture("astronaut")
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.array(OUTLINE, np.int32)], 255)
    return Cutout(image, soften(mask))


def paste(canvas: Image, cutout: Cutout, left: int, top: int) -> None:
    """Lay a cutout over the canvas, cut off at the canvas' borders."""
    height, width = cutout.image.shape[:2]
    x1, y1, x2, y2 = max(0, left), max(0, top), min(WIDTH, left + width), min(HEIGHT, top + height)
    if x1 >= x2 or y1 >= y2:
        return
    rows, columns = slice(y1 - top, y2 - top), slice(x1 - left, x2 - left)
    alpha = cutout.alpha[rows, columns]
    mixed = cutout.image[rows, columns] * alpha + canvas[y1:y2, x1:x2] * (1 - alpha)
    canvas[y1:y2, x1:x2] = mixed.astype(np.uint8)


def scaled(cutout: Cutout, scale: float, mirrored: bool = False) -> Cutout:
    """The cutout in another size, and the other way round where asked."""
    size = (round(cutout.image.shape[1] * scale), round(cutout.image.shape[0] * scale))
    image: Any = cv2.resize(cutout.image, size, interpolation=cv2.INTER_AREA)
    alpha: Any = cv2.resize(cutout.alpha, size, interpolation=cv2.INTER_AREA)[:, :, np.newaxis]
    step = -1 if mirrored else 1
    return Cutout(as_image(image[:, ::step]), alpha[:, ::step])


def room() -> Image:
    """A wall with a window frame and a cupboard."""
    shade = np.linspace(205, 170, WIDTH, dtype=np.float32)[np.newaxis, :, np.newaxis]
    canvas = np.broadcast_to(shade * np.array([0.97, 1.0, 0.98], np.float32), (HEIGHT, WIDTH, 3))
    wall = as_image(np.ascontiguousarray(canvas.astype(np.uint8)))
    cv2.rectangle(wall, (470, 30), (610, 210), (232, 226, 214), -1)
    for left, top, right, bottom in ((470, 30, 610, 210), (538, 30, 542, 210), (470, 118, 610, 122)):
        cv2.rectangle(wall, (left, top), (right, bottom), (120, 128, 130), 3)
    cv2.rectangle(wall, (0, 120), (70, DESK), (96, 118, 140), -1)
    cv2.rectangle(wall, (0, 120), (70, DESK), (60, 78, 96), 2)
    cv2.line(wall, (0, 250), (70, 250), (60, 78, 96), 2)
    return wall


def desk(canvas: Image) -> None:
    """The desk in front, with its edge and a little grain."""
    canvas[DESK:] = (112, 150, 178)
    for row in range(DESK + 8, HEIGHT, 11):
        cv2.line(canvas, (0, row), (WIDTH, row + 3), (104, 141, 168), 1)
    cv2.line(canvas, (0, DESK), (WIDTH, DESK), (70, 98, 120), 3)


def add_noise(image: Image, moment: Moment) -> Image:
    """The same picture as a camera gives it: a little brighter or darker, and never twice the same."""
    rng = np.random.default_rng((moment.seed, round(moment.t * 1000)))
    light = 1.0 + 0.03 * np.sin(moment.t / 3.1 + moment.seed)
    noise = rng.normal(0.0, 2.5, image.shape)
    return as_image(np.clip(image * light + noise, 0, 255).astype(np.uint8))


def place(canvas: Image, cutout: Cutout, x: int, y: int) -> None:
    """Lay a cutout with its middle at a point."""
    height, width = cutout.image.shape[:2]
    paste(canvas, cutout, x - width // 2, y - height // 2)


def with_person(moment: Moment) -> Image:
    canvas = room()
    paste(canvas, scaled(portrait(), 0.80), 130 + moment.sway(7.0, 6), 45 + moment.sway(4.3, 3))
    desk(canvas)
    return canvas


def with_thing(drawing: Drawing, place_at: Place) -> Callable[[Moment], Image]:
    """A scene of a person and a thing that moves a little."""

    def compose(moment: Moment) -> Image:
        canvas = with_person(moment)
        turned = drawing.turned(place_at.degrees + moment.sway(5.1, place_at.reach), place_at.scale)
        sway = moment.sway(6.1, place_at.reach), moment.sway(3.7, place_at.reach, 0.3)
        place(canvas, turned, place_at.x + sway[0], place_at.y + sway[1])
        return canvas

    return compose


def empty_seat(_moment: Moment) -> Image:
    canvas = room()
    place(canvas, chair().turned(0, 1.0), 290, 300)
    desk(canvas)
    return canvas


def with_second_person(moment: Moment) -> Image:
    canvas = room()
    paste(canvas, scaled(portrait(), 0.62, mirrored=True), 365 + moment.sway(5.0, 6), 70)
    paste(canvas, scaled(portrait(), 0.80), 40 + moment.sway(7.0, 6), 45 + moment.sway(4.3, 3))
    desk(canvas)
    return canvas


def covered_lens(moment: Moment) -> Image:
    """A hand over the lens: dark, reddish, and without any edge."""
    ys, xs = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    glow = 22 + 9 * np.sin(xs / 190 + moment.t / 4) + 7 * np.sin(ys / 160 + moment.seed)
    return as_image((glow[:, :, np.newaxis] * np.array([0.8, 0.75, 1.35], np.float32)).astype(np.uint8))


SCENES: Mapping[str, Callable[[Moment], Image]] = {
    "person": with_person,
    "empty": empty_seat,
    "phone": with_thing(phone(in_hand=True), Place(440, 270, -20, 0.29, 3)),
    "phone_on_desk": with_thing(phone(in_hand=False), Place(450, 380, -20, 0.25, 0)),
    "book": with_thing(book(), Place(460, 400, 15, 0.55, 0)),
    "laptop": with_thing(laptop(), Place(430, 350, 0, 0.50, 0)),
    "second": with_second_person,
    "covered": covered_lens,
}


def names() -> Sequence[str]:
    """The scenes there are."""
    return tuple(SCENES)
