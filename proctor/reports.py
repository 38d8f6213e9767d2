"""What leaves the package: an incident in its phases, with the pictures that prove it."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from proctor.detections import Detection

Phase = Literal["raised", "updated", "ended", "filmed"]
PHASES: tuple[Phase, ...] = ("raised", "updated", "ended", "filmed")


class Code(StrEnum):
    """What can be reported; the last four are about the camera and say nothing about a person."""

    PHONE = "PHONE"
    BOOK_NOTES = "BOOK_NOTES"
    LAPTOP_TABLET = "LAPTOP_TABLET"
    SEAT_EMPTY = "SEAT_EMPTY"
    EXTRA_PERSON = "EXTRA_PERSON"
    CAMERA_BLOCKED = "CAMERA_BLOCKED"
    CAMERA_LOST = "CAMERA_LOST"
    FRAME_FROZEN = "FRAME_FROZEN"
    LOW_QUALITY = "LOW_QUALITY"


@dataclass(frozen=True, slots=True)
class Still:
    """A picture as it came from the camera, the SHA-256 of its bytes in hex, and what was seen in it.

    No bytes: there was no room to keep the picture on its way, and the hash says which one is missing.
    """

    captured_at: float
    jpeg: bytes
    sha256: str
    boxes: tuple[Detection, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """Pictures in a row as one file (`proctor.clips`), received from `began_at` to `ended_at`; no bytes as in Still."""

    began_at: float
    ended_at: float
    frames: int
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """One phase of one incident; (uid, phase, at) says which, so that the same one twice can be told.

    Times are seconds since 1970 by the receiver's clock: `started_at` when it began, `at` when this phase
    happened. `score` is the strongest so far, 0 to 1. `raised` carries one to three stills where
    there are any; `filmed` comes some seconds after it, also after `ended`, and only brings the clip.
    """

    uid: str
    source: int
    code: Code
    phase: Phase
    started_at: float
    at: float
    score: float
    stills: tuple[Still, ...] = ()
    clip: Clip | None = None

    @property
    def key(self) -> str:
        """A name that is the same for the same phase and sorts by time; safe as a file name."""
        return f"{round(self.at * 1000):015d}-{PHASES.index(self.phase)}-{self.uid}"


def make_still(captured_at: float, jpeg: bytes, boxes: tuple[Detection, ...]) -> Still:
    """A still with the hash of its bytes."""
    return Still(captured_at, jpeg, hashlib.sha256(jpeg).hexdigest(), boxes)


def make_clip(began_at: float, ended_at: float, frames: int, data: bytes) -> Clip:
    """A clip with the hash of its bytes."""
    return Clip(began_at, ended_at, frames, data, hashlib.sha256(data).hexdigest())


def without_pictures(report: IncidentReport) -> IncidentReport:
    """The same report, its pictures named by their hashes only."""
    stills = tuple(replace(still, jpeg=b"") for still in report.stills)
    clip = None if report.clip is None else replace(report.clip, data=b"")
    return replace(report, stills=stills, clip=clip)
