"""People: the one portrait there is, in other clothes, complexions, sizes and turns."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from proctor.compose.chance import Chance
from proctor.frames import Image, as_image
from proctor.props import Cutout
from proctor.scenes import portrait, scaled

CLOTHES = (0, 22)  # the range of hues (of 180) of the portrait's suit, where it is saturated
HEAD_BOTTOM = 190  # the portrait's rows from here on are clothes


@dataclass(frozen=True, slots=True)
class Person:
    """A person's look and habits: pixels of the picture, seconds."""

    cutout: Cutout
    x: int
    top: int
    reach: float
    period: float
    phase: float
    turns: float

    def placed(self, t: float) -> tuple[Cutout, int, int]:
        """The cutout at a moment with its left and top: swaying, leaning, sometimes half turned away."""
        turn = (
            1 - self.turns * max(0.0, float(np.sin(2 * np.pi * (t / (self.period * 3.3) + self.phase)))) ** 3
        )
        angle = 2.5 * float(np.sin(2 * np.pi * (t / (self.period * 1.7) + self.phase * 2)))
        cutout = leaned(self.cutout, angle, turn)
        sway = self.reach * float(np.sin(2 * np.pi * (t / self.period + self.phase)))
        bob = self.reach * 0.4 * float(np.sin(2 * np.pi * (t / (self.period * 0.6))))
        return cutout, round(self.x + sway - cutout.image.shape[1] / 2), round(self.top + bob)


def make_person(chance: Chance, scale: tuple[float, float] = (0.72, 0.95), x: int = 320) -> Person:
    """A person of the portrait with a look of their own, sitting about column `x`."""
    size = chance.between(*scale)
    looks = Cutout(dressed(portrait().image, chance), portrait().alpha)
    cutout = scaled(looks, size, mirrored=chance.happens(0.5))
    return Person(
        cutout,
        x + chance.whole(-40, 41),
        round(500 - 512 * size) + chance.whole(-20, 25),
        chance.between(2, 9),
        chance.between(4, 11),
        chance.between(0, 1),
        chance.between(0.0, 0.18),
    )


def dressed(image: Image, chance: Chance) -> Image:
    """The portrait with clothes of another colour, and skin and hair darker or lighter."""
    hsv: Any = cv2.cvtColor(image, cv2.COLOR_BGR2HSV).astype(np.int16)
    rows = np.arange(image.shape[0])[:, np.newaxis]
    clothes = (rows > HEAD_BOTTOM) & (hsv[..., 1] > 110) & (hsv[..., 0] <= CLOTHES[1])
    hsv[..., 0] = np.where(clothes, (hsv[..., 0] + chance.whole(0, 180)) % 180, hsv[..., 0])
    hsv[..., 1] = np.where(clothes, hsv[..., 1] * chance.between(0.1, 1.0), hsv[..., 1])
    brightness = np.where(clothes, chance.between(0.35, 1.1), chance.between(0.55, 1.1))
    hsv[..., 2] = np.clip(hsv[..., 2] * brightness, 0, 255)
    return as_image(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR))


def leaned(cutout: Cutout, degrees: float, narrow: float) -> Cutout:
    """The cutout turned about its foot and made narrower, as a person who turns aside."""
    height, width = cutout.image.shape[:2]
    matrix: Any = cv2.getRotationMatrix2D((width / 2, height), degrees, 1.0)
    matrix[0] *= narrow
    matrix[0, 2] += width * (1 - narrow) / 2
    image = cv2.warpAffine(cutout.image, matrix, (width, height), flags=cv2.INTER_LINEAR)
    alpha: Any = cv2.warpAffine(cutout.alpha, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return Cutout(as_image(image), alpha[:, :, np.newaxis])
