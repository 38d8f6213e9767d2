"""What was seen in one frame: a label, a score and a box."""

from dataclasses import dataclass
from enum import StrEnum

from proctor.geometry import Box


class Label(StrEnum):
    """Everything a detector can say; COVERED is about the whole picture."""

    PERSON = "person"
    FACE = "face"
    PHONE = "phone"
    BOOK = "book"
    LAPTOP = "laptop"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing in one frame; the score is 0 to 1 and not a probability."""

    label: Label
    score: float
    box: Box
