"""What one seat's pictures show, each read in the light of those before it."""

from dataclasses import dataclass

from proctor.detections import Detection
from proctor.detectors import Detector
from proctor.frames import Frame, Image
from proctor.observations import covered_scores, scene_scores
from proctor.policies import SceneRules
from proctor.reports import Code
from proctor.tracking import Tracker


@dataclass(frozen=True, slots=True)
class Detectors:
    """`cover` says whether the picture shows anything, `scene` what."""

    cover: Detector
    scene: Detector


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in one picture, and the score of each code, 0 to 1."""

    seen: tuple[Detection, ...]
    scores: dict[Code, float]


class Looker:
    """Everything that is remembered of one seat's pictures; the same frames give the same sights."""

    def __init__(self, detectors: Detectors, rules: SceneRules) -> None:
        self._detectors, self._rules = detectors, rules
        self._tracker = Tracker()

    def look(self, frame: Frame, image: Image) -> Sight:
        """The detections of a frame, `image` being its decoded picture, and what they say of each code."""
        cover = self._detectors.cover.detect([image])[0]
        covered = max((one.score for one in cover), default=0.0)
        if covered >= self._rules.covered:
            self._tracker.update([])
            return Sight(tuple(cover), covered_scores(covered))
        seen = self._detectors.scene.detect([image])[0]
        tracks = self._tracker.update(seen)
        scores = scene_scores(tracks, seen, image.shape[0], self._rules)
        return Sight(tuple(seen), {**scores, Code.CAMERA_BLOCKED: covered})
