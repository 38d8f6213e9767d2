"""Whether somebody is there: a person detector first, a face detector as second opinion."""

from collections.abc import Sequence
from dataclasses import dataclass

from proctor.detections import Detection, Label
from proctor.detectors import Detector
from proctor.frames import Image


@dataclass(frozen=True, slots=True)
class Presence:
    """All that `people` sees, and `faces` for the pictures in which it is not sure of a person."""

    people: Detector
    faces: Detector
    sure: float = 0.35

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        found = self.people.detect(images)
        doubtful = [number for number, seen in enumerate(found) if not self._sure_of_person(seen)]
        if doubtful:
            faces = self.faces.detect([images[number] for number in doubtful])
            for number, seen in zip(doubtful, faces, strict=True):
                found[number] = found[number] + seen
        return found

    def _sure_of_person(self, seen: Sequence[Detection]) -> bool:
        return any(one.label is Label.PERSON and one.score >= self.sure for one in seen)
