"""A small grey look at a picture and its slopes, made once a frame for every rule that needs no detail."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.frames import Image, as_image, shrink

SIZE = (160, 120)  # small enough that sensor noise averages out and blocks of the JPEG do not count as edges
Slopes = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Glance:
    """The picture in 160x120: BGR, grey, and the gradient of the grey one (Sobel, 0 to about 1,000)."""

    colour: Image
    grey: Image
    slopes: Slopes


def glance(image: Image) -> Glance:
    """Look at a BGR picture of any size."""
    colour = shrink(image, SIZE)
    grey = as_image(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY))
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    return Glance(colour, grey, np.asarray(cv2.magnitude(across, down), np.float32))
