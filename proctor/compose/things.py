"""Things on a desk or in a hand: those that are forbidden, and those that only look like them."""

from collections.abc import Callable, Mapping

import cv2

from proctor import props
from proctor.compose.chance import Chance
from proctor.props import SKIN, Drawing, shade
from proctor.scenes import picture

Maker = Callable[[Chance], Drawing]


def phone_back(chance: Chance) -> Drawing:
    return props.phone(in_hand=False)


def phone_in_hand(chance: Chance) -> Drawing:
    return props.phone(in_hand=True)


def phone_lit(chance: Chance) -> Drawing:
    """A phone lying face up, with bright tiles on its screen."""
    drawing = Drawing(300, 440)
    drawing.rounded((50, 20, 250, 420), 28, (28, 26, 24))
    drawing.rounded((60, 40, 240, 400), 14, chance.colour(90, 230))
    for row in range(4):
        for column in range(3):
            corner = 72 + column * 56, 60 + row * 62
            cv2.rectangle(drawing.image, corner, (corner[0] + 42, corner[1] + 42), chance.colour(60, 250), -1)
    return drawing


def phone_half_hidden(chance: Chance) -> Drawing:
    """A phone of which a hand lying over it hides about the lower half."""
    drawing = props.phone(in_hand=False)
    for number, column in enumerate(range(60, 260, 45)):
        drawing.ellipse((column, 330 + 8 * number), (30, 100), 4, SKIN)
    return drawing


def open_book(chance: Chance) -> Drawing:
    """A book lying open, two pages of print."""
    drawing = Drawing(420, 270)
    drawing.polygon(((60, 30), (360, 30), (414, 240), (6, 240)), (226, 234, 238))
    drawing.polygon(((6, 240), (414, 240), (414, 252), (6, 252)), chance.colour(40, 160))
    cv2.line(drawing.image, (210, 30), (210, 240), (150, 160, 165), 4)
    for row in range(50, 230, 13):
        for left, right in ((70 - row // 6, 195), (225, 350 + row // 6)):
            cv2.line(drawing.image, (left, row), (right - chance.whole(0, 30), row), (90, 90, 90), 2)
    return drawing


def closed_book(chance: Chance) -> Drawing:
    return props.book()


def laptop(chance: Chance) -> Drawing:
    return props.laptop()


def tablet(chance: Chance) -> Drawing:
    """A tablet lying face up with a page of text."""
    drawing = Drawing(420, 310)
    drawing.rounded((10, 10, 410, 300), 18, (30, 30, 30))
    page = cv2.resize(picture("page"), (360, 250))
    drawing.image[30:280, 30:390] = page
    return drawing


def wallet(chance: Chance) -> Drawing:
    """A dark leather wallet with its fold and stitches."""
    leather = chance.among(((28, 40, 70), (30, 30, 34), (40, 60, 100)))
    drawing = Drawing(240, 200)
    drawing.rounded((10, 10, 230, 190), 16, leather)
    cv2.line(drawing.image, (10, 100), (230, 100), shade(leather, 0.6), 4)
    for column in range(20, 225, 10):
        for row in (18, 182):
            cv2.line(drawing.image, (column, row), (column + 5, row), shade(leather, 1.6), 1)
    return drawing


def calculator(chance: Chance) -> Drawing:
    """A pocket calculator, which is allowed."""
    drawing = Drawing(200, 300)
    drawing.rounded((10, 10, 190, 290), 14, chance.among(((60, 60, 60), (150, 140, 130), (40, 40, 50))))
    cv2.rectangle(drawing.image, (25, 28), (175, 78), (140, 170, 150), -1)
    for row in range(5):
        for column in range(4):
            corner = 26 + column * 39, 98 + row * 37
            cv2.rectangle(drawing.image, corner, (corner[0] + 28, corner[1] + 24), (215, 215, 215), -1)
    return drawing


def bottle(chance: Chance) -> Drawing:
    """A water bottle with its label."""
    drawing = Drawing(120, 340)
    drawing.rounded((15, 80, 105, 335), 18, (215, 200, 180))
    drawing.rounded((42, 10, 78, 95), 8, (225, 212, 196))
    drawing.rounded((42, 4, 78, 30), 4, chance.colour(60, 200))
    cv2.rectangle(drawing.image, (15, 160), (105, 250), chance.colour(60, 220), -1)
    return drawing


def sheet(chance: Chance) -> Drawing:
    """A sheet of the venue's scratch paper with some writing, which is allowed."""
    drawing = Drawing(400, 270)
    drawing.polygon(((90, 20), (310, 20), (390, 250), (10, 250)), (238, 240, 240))
    for row in range(50, 230, 24):
        cv2.line(drawing.image, (110 - row // 4, row), (chance.whole(150, 300), row), (110, 70, 60), 2)
    return drawing


def cup(chance: Chance) -> Drawing:
    """The cup of a photograph, from above."""
    drawing = Drawing(300, 300)
    shown = cv2.resize(picture("coffee")[20:390, 40:440], (300, 300))
    drawing.image[:] = shown
    cv2.ellipse(drawing.mask, (150, 150), (140, 128), 0, 0, 360, (255,), -1)
    return drawing


def badge(chance: Chance) -> Drawing:
    """A name badge on its lanyard, worn on the chest."""
    drawing = Drawing(160, 330)
    cloth = chance.colour(40, 160)
    for start in (10, 150):
        cv2.line(drawing.image, (start, 0), (80, 200), cloth, 8)
        cv2.line(drawing.mask, (start, 0), (80, 200), (255,), 8)
    drawing.rounded((35, 195, 125, 325), 8, (232, 232, 232))
    cv2.rectangle(drawing.image, (50, 212), (110, 262), chance.colour(80, 190), -1)
    for row in (278, 292, 306):
        cv2.line(drawing.image, (50, row), (110, row), (90, 90, 90), 3)
    return drawing


PHONES: Mapping[str, Maker] = {
    "back on desk": phone_back,
    "lit on desk": phone_lit,
    "half hidden by a hand": phone_half_hidden,
    "in hand": phone_in_hand,
}
BOOKS: Mapping[str, Maker] = {"open": open_book, "closed": closed_book}
COMPUTERS: Mapping[str, Maker] = {"laptop": laptop, "tablet": tablet}
# What lies about without being an event; every one of them is allowed on the desk.
ALLOWED: Mapping[str, Maker] = {
    "wallet": wallet,
    "calculator": calculator,
    "bottle": bottle,
    "sheet": sheet,
    "cup": cup,
}
