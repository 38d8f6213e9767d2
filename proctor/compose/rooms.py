"""Rooms: a wall with what hangs on it, and a desk, drawn once for a session."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from proctor.compose.chance import Chance
from proctor.frames import Image, as_image
from proctor.scenes import HEIGHT, WIDTH, picture

TEXTURES = ("brick", "gravel", "grass")


@dataclass(frozen=True, slots=True)
class Room:
    """The picture of the room, and the desk that stands in front of everything from row `desk_top` on."""

    wall: Image
    desk: Image
    desk_top: int


def make_room(chance: Chance) -> Room:
    """A room of its own."""
    wall = make_wall(chance)
    for hang in (window, door, cupboard, poster, board):
        if chance.happens(0.35):
            hang(wall, chance)
    desk_top = chance.whole(345, 405)
    return Room(wall, make_desk(chance, HEIGHT - desk_top), desk_top)


def make_wall(chance: Chance) -> Image:
    """Painted, or of the material of a photograph; brighter on one side."""
    base = np.array(chance.muted(130, 235), np.float32)
    slope = np.linspace(1.0, chance.between(0.75, 1.0), WIDTH, dtype=np.float32)[:: chance.among((1, -1))]
    wall = np.broadcast_to(base, (HEIGHT, WIDTH, 3)) * slope[np.newaxis, :, np.newaxis]
    if chance.happens(0.4):
        grain = texture(chance.among(TEXTURES), WIDTH, HEIGHT)
        wall = wall * (0.75 + 0.5 * (grain - 0.5) * chance.between(0.3, 1.0))
    return as_image(np.clip(wall, 0, 255).astype(np.uint8))


def texture(name: str, width: int, height: int) -> Any:
    """A photograph's grain as (height, width, 1), 0 to 1."""
    grey = cv2.cvtColor(picture(name), cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, (width, height)).astype(np.float32)[:, :, np.newaxis] / 255


def make_desk(chance: Chance, height: int) -> Image:
    """A desk of wood, stone or one colour, with its edge."""
    base = np.array(chance.muted(60, 225), np.float32)
    desk = np.broadcast_to(base, (height, WIDTH, 3)).copy()
    kind = chance.among(("plain", "wood", "stone"))
    if kind == "wood":
        rows = np.sin(np.arange(height)[:, np.newaxis] / chance.between(1.5, 4) + np.arange(WIDTH) / 90)
        desk *= (1 + 0.06 * rows)[:, :, np.newaxis]
    if kind == "stone":
        veins = cv2.GaussianBlur(texture("gravel", WIDTH, height), (0, 0), 4)[:, :, np.newaxis]
        desk *= 0.85 + 0.4 * veins
    made = as_image(np.clip(desk, 0, 255).astype(np.uint8))
    cv2.line(made, (0, 0), (WIDTH, 0), tuple(float(part) * 0.6 for part in base), 3)
    return made


def window(wall: Image, chance: Chance) -> None:
    """A bright window with its bars."""
    left, top = chance.whole(-40, 480), chance.whole(0, 60)
    right, bottom = left + chance.whole(110, 200), top + chance.whole(120, 200)
    cv2.rectangle(wall, (left, top), (right, bottom), (238, 232, 222), -1)
    middle = (left + right) // 2, (top + bottom) // 2
    for start, end in (
        ((left, top), (right, bottom)),
        ((middle[0], top), (middle[0], bottom)),
        ((left, middle[1]), (right, middle[1])),
    ):
        cv2.rectangle(wall, start, end, (120, 128, 130), 3)


def door(wall: Image, chance: Chance) -> None:
    """A door of one colour with its handle."""
    left, colour = chance.whole(-60, 560), chance.muted(60, 200)
    cv2.rectangle(wall, (left, 30), (left + 130, HEIGHT), colour, -1)
    cv2.rectangle(wall, (left, 30), (left + 130, HEIGHT), tuple(part // 2 for part in colour), 3)
    cv2.circle(wall, (left + 115, 260), 6, (60, 70, 80), -1)


def cupboard(wall: Image, chance: Chance) -> None:
    """A cupboard with two doors."""
    left, top, colour = chance.whole(-80, 560), chance.whole(80, 200), chance.muted(50, 180)
    cv2.rectangle(wall, (left, top), (left + 150, HEIGHT), colour, -1)
    cv2.rectangle(wall, (left, top), (left + 75, HEIGHT), tuple(part // 2 for part in colour), 2)


def poster(wall: Image, chance: Chance) -> None:
    """A framed photograph without people."""
    shown = picture(chance.among(("rocket", "coffee", "hubble_deep_field")))
    width, height = chance.whole(80, 150), chance.whole(60, 120)
    left, top = chance.whole(0, WIDTH - width), chance.whole(10, 120)
    wall[top : top + height, left : left + width] = cv2.resize(shown, (width, height))
    cv2.rectangle(wall, (left, top), (left + width, top + height), (30, 30, 30), 3)


def board(wall: Image, chance: Chance) -> None:
    """A white board with writing."""
    left, top = chance.whole(-40, 420), chance.whole(10, 90)
    cv2.rectangle(wall, (left, top), (left + 230, top + 130), (236, 238, 238), -1)
    cv2.rectangle(wall, (left, top), (left + 230, top + 130), (150, 150, 150), 4)
    for row in range(top + 25, top + 120, 25):
        cv2.line(wall, (left + 15, row), (left + chance.whole(60, 215), row), chance.colour(0, 120), 2)
