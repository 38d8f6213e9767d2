"""The camera: light, colour, noise, a smeared lens and the quality of its JPEGs."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.compose.chance import Chance
from proctor.frames import Image, as_image
from proctor.scenes import HEIGHT, WIDTH

FIELDS = 5
DIMMED, DARK = 0.45, 0.035


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera's habits; `noise` are some fields of sensor noise that are shifted for every picture."""

    seed: tuple[int, int]
    level: float
    cast: NDArray[np.float32]
    drift: float
    period: float
    blur: float
    smear: Any
    quality: int
    noise: NDArray[np.float32]

    def shoot(self, scene: Image, number: int, t: float, light: float = 1.0) -> Image:
        """The picture of a scene in so much light (1: as usual); never twice the same."""
        chance = Chance(*self.seed, 5, number)
        image: Any = cv2.GaussianBlur(scene, (0, 0), self.blur) if self.blur > 0.3 else scene
        if self.smear is not None:
            soft = cv2.GaussianBlur(image, (0, 0), 9)
            image = image * (1 - self.smear) + soft * self.smear
        gain = self.level * light * (1 + self.drift * float(np.sin(2 * np.pi * t / self.period)))
        shift = (chance.whole(0, HEIGHT), chance.whole(0, WIDTH))
        field = np.roll(self.noise[chance.whole(0, FIELDS)], shift, axis=(0, 1))
        return as_image(np.clip(image * (self.cast * gain) + field, 0, 255).astype(np.uint8))


def make_camera(seed: tuple[int, int]) -> Camera:
    """A camera of its own for a session."""
    chance = Chance(*seed, 4)
    sigma = chance.between(1.0, 6.0)
    noise = np.random.default_rng((*seed, 6)).normal(0, sigma, (FIELDS, HEIGHT, WIDTH, 3))
    return Camera(
        seed,
        chance.between(0.6, 1.15),
        np.array([chance.between(0.9, 1.08), 1.0, chance.between(0.9, 1.08)], np.float32),
        chance.between(0.0, 0.08),
        chance.between(20, 90),
        chance.between(0.0, 1.1),
        make_smear(chance) if chance.happens(0.15) else None,
        chance.whole(55, 93),
        noise.astype(np.float32),
    )


def make_smear(chance: Chance) -> Any:
    """A greasy spot on the lens: how far each pixel is blurred, (HEIGHT, WIDTH, 1)."""
    spot = np.zeros((HEIGHT, WIDTH), np.float32)
    middle = chance.whole(60, 580), chance.whole(60, 420)
    axes = chance.whole(60, 180), chance.whole(50, 130)
    cv2.ellipse(spot, middle, axes, chance.between(0, 180), 0, 360, (1.0,), -1)
    return cv2.GaussianBlur(spot, (0, 0), 30)[:, :, np.newaxis]
