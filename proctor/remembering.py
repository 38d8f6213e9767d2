"""What one worker's eyes hand on to the next: the clear desk of a seat, and what is usual there.

A picture of 80x60 and 73 numbers, 26 kB at most. Without the first, a phone that lies on the desk when a worker is
killed would be part of the next one's clear desk, and never seen again.
"""

import base64
import binascii
from dataclasses import dataclass

from proctor.detectors.desk import Desk
from proctor.usual import Usual

EVERY = (
    30.0  # seconds between two looks at what there is to hand on; a thing that lies there changes none of it
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The reference of a desk in base 64, empty while it is learnt, and the levels of what is usual."""

    desk: str = ""
    usual: tuple[float, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.desk)


NOTHING_KNOWN = Remembered()


def remember(desk: Desk, usual: Usual) -> Remembered:
    """What is there to hand on; nothing before the desk is known."""
    reference = desk.reference()
    return Remembered(base64.b64encode(reference).decode(), usual.levels) if reference else NOTHING_KNOWN


def recall_desk(remembered: Remembered) -> Desk:
    """The desk to go on with, a new one where none was handed on. Raises ValueError."""
    if not remembered.desk:
        return Desk()
    try:
        return Desk.from_reference(base64.b64decode(remembered.desk, validate=True))
    except binascii.Error as error:
        raise ValueError("a desk's reference is not base 64") from error


def recall_usual(remembered: Remembered) -> Usual:
    """What is usual, to go on with. Raises ValueError."""
    return Usual.from_levels(remembered.usual)
