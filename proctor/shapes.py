"""What a new thing on a desk may be by its shape: a phone is small, dark and even, a closed laptop large and even.

A detector trained on upright pictures misses both when they lie flat and turned. A shape says less than a
detector that sees a thing, so it only counts for things that lie apart from the people.
"""

from dataclasses import dataclass

from proctor.detections import Label
from proctor.geometry import Box

DESK = 0.5  # of the picture's height: nothing above lies on the desk, but a person may have uncovered it


@dataclass(frozen=True, slots=True)
class Novelty:
    """A new thing at rest: its box in pixels of the picture, and its shape.

    `part` is its share of the picture and `top` how far down it begins; `aspect` (from 1) and `fill` are those of the
    smallest turned rectangle around it, `apart` its share outside the people's boxes, all but the aspect 0 to 1;
    `grey` and `usual` are the mean brightness now and before, `texture` its spread within, 0 to 255.
    """

    box: Box
    part: float
    top: float
    aspect: float
    fill: float
    apart: float
    grey: float
    usual: float
    texture: float


def looks_like(thing: Novelty) -> Label | None:
    """The label that the shape suggests; none for what lies too high to lie on a desk."""
    if thing.top < DESK:
        return None
    if is_phone(thing):
        return Label.PHONE
    return Label.LAPTOP if is_laptop(thing) else None


def is_phone(thing: Novelty) -> bool:
    """Small, about twice as long as wide, darker than the desk, without a pattern."""
    size = 0.004 <= thing.part <= 0.03 and 1.2 <= thing.aspect <= 3.2 and thing.fill >= 0.6
    dark = thing.grey <= 85 and thing.grey <= 0.75 * thing.usual
    return size and dark and thing.texture <= 28 and thing.apart >= 0.9


def is_laptop(thing: Novelty) -> bool:
    """Large and flat, without a pattern."""
    size = thing.part >= 0.05 and thing.aspect >= 1.6 and thing.fill >= 0.6
    return size and thing.texture <= 25 and thing.apart >= 0.5
