"""Things drawn for the scenes: a phone in a hand, a book, a laptop, an empty chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.frames import Image, as_image

Alpha: TypeAlias = NDArray[np.float32]  # HxWx1, 0 to 1
Colour: TypeAlias = tuple[int, int, int]  # blue, green, red
SKIN: Colour = (135, 165, 215)
BODY: Colour = (30, 28, 26)


@dataclass(frozen=True, slots=True)
class Cutout:
    """A picture and how much each of its pixels covers what is behind it."""

    image: Image
    alpha: Alpha


def soften(mask: NDArray[np.uint8]) -> Alpha:
    """A mask of 0 and 255 as coverage with a soft edge."""
    soft: Any = cv2.GaussianBlur(mask, (3, 3), 0)
    alpha: Alpha = (soft.astype(np.float32) / 255)[:, :, np.newaxis]
    return alpha


def shade(colour: Colour, factor: float) -> Colour:
    """The colour darker (below 1) or lighter."""
    blue, green, red = (min(255, round(part * factor)) for part in colour)
    return blue, green, red


class Drawing:
    """A canvas with its mask: whatever is drawn covers what will be behind it."""

    def __init__(self, width: int, height: int) -> None:
        self.image = np.zeros((height, width, 3), np.uint8)
        self.mask = np.zeros((height, width), np.uint8)

    def rounded(self, corners: Sequence[int], radius: int, colour: Colour) -> None:
        """A filled rectangle x1, y1, x2, y2 with round corners."""
        x1, y1, x2, y2 = corners
        inner = ((x1 + radius, y1, x2 - radius, y2), (x1, y1 + radius, x2, y2 - radius))
        middles = [(x, y) for x in (x1 + radius, x2 - radius) for y in (y1 + radius, y2 - radius)]
        for canvas, ink in ((self.image, colour), (self.mask, (255,))):
            for left, top, right, bottom in inner:
                cv2.rectangle(canvas, (left, top), (right, bottom), ink, -1)
            for middle in middles:
                cv2.circle(canvas, middle, radius, ink, -1)

    def ellipse(self, centre: tuple[int, int], axes: tuple[int, int], tilt: float, colour: Colour) -> None:
        """A filled ellipse with a darker rim."""
        cv2.ellipse(self.image, centre, axes, tilt, 0, 360, colour, -1)
        cv2.ellipse(self.image, centre, axes, tilt, 0, 360, shade(colour, 0.8), 2)
        cv2.ellipse(self.mask, centre, axes, tilt, 0, 360, (255,), -1)

    def polygon(self, points: Sequence[tuple[int, int]], colour: Colour) -> None:
        """A filled polygon."""
        outline = [np.array(points, np.int32)]
        cv2.fillPoly(self.image, outline, colour)
        cv2.fillPoly(self.mask, outline, (255,))

    def turned(self, degrees: float, scale: float) -> Cutout:
        """The drawing turned about its middle, on a square large enough for every turn."""
        height, width = self.mask.shape
        side = round(scale * float(np.hypot(width, height))) + 4
        matrix: Any = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
        matrix[:, 2] += (side / 2 - width / 2, side / 2 - height / 2)
        image = cv2.warpAffine(self.image, matrix, (side, side), flags=cv2.INTER_AREA)
        mask = cv2.warpAffine(self.mask, matrix, (side, side), flags=cv2.INTER_AREA)
        return Cutout(as_image(image), soften(as_image(mask)))


def phone(in_hand: bool) -> Drawing:
    """The back of a dark phone, 200 by 400 within 300 by 440, held from behind where asked."""
    drawing = Drawing(300, 440)
    drawing.rounded((50, 20, 250, 420), 28, BODY)
    drawing.rounded((68, 38, 138, 118), 18, shade(BODY, 0.7))
    for centre in ((90, 60), (116, 94)):
        cv2.circle(drawing.image, centre, 15, (15, 15, 15), -1)
        cv2.circle(drawing.image, (centre[0] - 3, centre[1] - 3), 4, (120, 110, 100), -1)
    cv2.circle(drawing.image, (150, 220), 14, shade(BODY, 1.4), -1)
    if in_hand:
        for row in range(190, 350, 48):
            drawing.ellipse((252, row), (40, 19), -8, SKIN)
        drawing.ellipse((48, 270), (20, 70), 12, SKIN)
    return drawing


def book() -> Drawing:
    """A closed book lying on the desk, its cover, the edges of its pages and its title, 400 by 270."""
    cover: Colour = (140, 70, 30)
    drawing = Drawing(400, 270)
    drawing.polygon(((100, 30), (300, 30), (392, 230), (8, 230)), cover)
    drawing.polygon(((8, 230), (392, 230), (392, 250), (8, 250)), (215, 230, 236))
    for row in range(234, 248, 4):
        cv2.line(drawing.image, (12, row), (388, row), (170, 185, 192), 1)
    drawing.polygon(((8, 250), (392, 250), (392, 258), (8, 258)), shade(cover, 0.7))
    cv2.rectangle(drawing.image, (110, 70), (290, 110), (225, 225, 225), -1)
    cv2.putText(drawing.image, "NOTES", (120, 102), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (40, 40, 40), 3)
    for row in (150, 168, 186):
        cv2.line(drawing.image, (120, row), (280, row), (225, 225, 225), 3)
    return drawing


def laptop() -> Drawing:
    """An open laptop seen from behind the desk's far edge: lid, keyboard and touch pad, 400 by 330."""
    drawing = Drawing(400, 330)
    drawing.rounded((50, 6, 350, 206), 10, (52, 50, 48))
    cv2.rectangle(drawing.image, (60, 16), (340, 196), (190, 140, 90), -1)
    cv2.rectangle(drawing.image, (80, 36), (230, 150), (240, 238, 236), -1)
    drawing.polygon(((50, 206), (350, 206), (396, 310), (4, 310)), (176, 174, 172))
    drawing.polygon(((62, 214), (338, 214), (356, 258), (44, 258)), (60, 58, 56))
    for row in range(4):
        for column in range(13):
            x, y = 62 + column * 21 - row * 2, 218 + row * 10
            cv2.rectangle(drawing.image, (x, y), (x + 15, y + 6), (96, 94, 92), -1)
    drawing.polygon(((160, 266), (240, 266), (246, 300), (154, 300)), (150, 148, 146))
    return drawing


def chair() -> Drawing:
    """The back of an empty chair with its slats, 180 by 240."""
    drawing = Drawing(180, 240)
    wood: Colour = (62, 92, 128)
    for left in (14, 152):
        drawing.rounded((left, 10, left + 14, 238), 6, wood)
    for top in (18, 62, 106):
        drawing.rounded((14, top, 166, top + 20), 8, shade(wood, 1.1))
    drawing.rounded((8, 176, 172, 200), 8, shade(wood, 0.8))
    return drawing
