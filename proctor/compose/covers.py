"""Covers: what a lens shows that a hand, paper, cloth or nothing at all lies over."""

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from proctor.compose.chance import Chance
from proctor.compose.rooms import texture
from proctor.frames import Image, as_image
from proctor.scenes import HEIGHT, WIDTH, picture


def hand(chance: Chance) -> Image:
    """A palm close to the lens: skin, unevenly lit, with blurred creases and light between two fingers."""
    light = glow(chance, 40, 150)
    canvas = light * np.array([0.55, 0.68, 1.0], np.float32)
    skin = as_image(np.clip(canvas, 0, 255).astype(np.uint8))
    for _ in range(chance.whole(3, 7)):
        start = chance.whole(0, WIDTH), chance.whole(0, HEIGHT)
        end = chance.whole(0, WIDTH), chance.whole(0, HEIGHT)
        cv2.line(skin, start, end, (40, 55, 90), chance.whole(4, 14))
    if chance.happens(0.5):
        column = chance.whole(100, 540)
        cv2.line(skin, (column, 0), (column + chance.whole(-80, 80), HEIGHT), (200, 215, 225), 16)
    return as_image(cv2.GaussianBlur(skin, (0, 0), chance.between(5, 12)))


def paper(chance: Chance) -> Image:
    """A sheet before the lens, print shining through out of focus."""
    print_ = cv2.resize(picture("page"), (WIDTH, HEIGHT)).astype(np.float32)
    faint = cv2.GaussianBlur(print_, (0, 0), chance.between(4, 10))
    canvas = glow(chance, 150, 235) * (0.8 + 0.2 * faint / 255)
    return as_image(np.clip(canvas, 0, 255).astype(np.uint8))


def cloth(chance: Chance) -> Image:
    """Woven cloth before the lens."""
    colour = np.array(chance.colour(30, 160), np.float32) / 160
    weave = texture("brick", WIDTH, HEIGHT)
    weave = cv2.GaussianBlur(weave, (0, 0), chance.between(1.5, 5))[:, :, np.newaxis]
    canvas = glow(chance, 40, 140) * colour * (0.6 + 0.8 * weave)
    return as_image(np.clip(canvas, 0, 255).astype(np.uint8))


def nothing(chance: Chance) -> Image:
    """A lid: almost black."""
    return as_image(np.full((HEIGHT, WIDTH, 3), chance.whole(4, 16), np.uint8))


def glow(chance: Chance, low: float, high: float) -> Image:
    """Uneven light, (HEIGHT, WIDTH, 1)."""
    xs, ys = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    wave = np.sin(xs / chance.between(120, 300) + chance.between(0, 6)) + np.sin(
        ys / chance.between(100, 250) + chance.between(0, 6)
    )
    level = low + (high - low) * (wave + 2) / 4
    light: Image = level[:, :, np.newaxis]
    return light


COVERS: Mapping[str, Callable[[Chance], Image]] = {
    "hand": hand,
    "paper": paper,
    "cloth": cloth,
    "lid": nothing,
}
