"""Which drawings the detector knows at all: what it does not find even alone is no test of anything else.

Choosing events by the detector that is then tested makes its figures better than they would be for real things.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from proctor.compose.drawing import make_thing
from proctor.compose.people import Person
from proctor.compose.plan import Script
from proctor.detections import Label
from proctor.detectors import Detector
from proctor.frames import Image, as_image
from proctor.props import Cutout, Drawing
from proctor.reports import Code
from proctor.scenes import HEIGHT, WIDTH, place

ATTEMPTS = 6
FOUND = 0.25  # the score from which a drawing counts as known
GREY = 150
LABELS: Mapping[Code, Label] = {
    Code.PHONE: Label.PHONE,
    Code.BOOK_NOTES: Label.BOOK,
    Code.LAPTOP_TABLET: Label.LAPTOP,
    Code.EXTRA_PERSON: Label.PERSON,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The drawing that was chosen for an event: turn in degrees, scale, and its score alone."""

    drawing: Drawing
    degrees: float
    scale: float
    score: float

    @property
    def known(self) -> bool:
        return self.score >= FOUND


def choose(script: Script, number: int, detector: Detector) -> Choice:
    """The first of a few drawings that the detector knows alone, or the last one tried."""
    label = LABELS[script.happenings[number].code or Code.PHONE]
    for attempt in range(ATTEMPTS):
        made = make_thing(script, number, attempt)
        choice = Choice(
            made.drawing, made.degrees, made.scale, thing_alone(made.bare, made.degrees, label, detector)
        )
        if choice.known:
            break
    return choice


def thing_alone(drawing: Drawing, degrees: float, label: Label, detector: Detector) -> float:
    """The best score of a drawing alone before plain grey, in its own size, smaller and larger."""
    pictures = [before_grey(drawing.turned(degrees, scale)) for scale in (0.35, 0.6, 0.9)]
    return best(pictures, label, detector)


def person_alone(person: Person, detector: Detector) -> float:
    """The best score of a person alone before plain grey."""
    return best([before_grey(person.cutout)], Label.PERSON, detector)


def before_grey(cutout: Cutout) -> Image:
    """A cutout in the middle of a plain picture."""
    canvas = as_image(np.full((HEIGHT, WIDTH, 3), GREY, np.uint8))
    place(canvas, cutout, WIDTH // 2, HEIGHT // 2)
    return canvas


def best(pictures: list[Image], label: Label, detector: Detector) -> float:
    found = (one for seen in detector.detect(pictures) for one in seen)
    return max((one.score for one in found if one.label is label), default=0.0)
