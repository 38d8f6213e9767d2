"""What one seat's pictures show, each read in the light of those before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proctor.detections import Detection, Label
from proctor.detectors import Detector
from proctor.detectors.backdrop import Backdrop
from proctor.detectors.cover import cover_score
from proctor.detectors.desk import Desk
from proctor.detectors.frozen import Frozen
from proctor.detectors.quality import poor_score
from proctor.frames import Frame, Image
from proctor.geometry import Box
from proctor.glances import Glance, glance
from proctor.inspecting import Inspector
from proctor.observations import (
    THINGS,
    Held,
    Worn,
    covered_scores,
    second_person_score,
    settle,
    someone_score,
    thing_held,
)
from proctor.policies import LookRules
from proctor.remembering import Remembered, recall_desk, recall_usual, remember
from proctor.reports import Code
from proctor.shapes import Novelty
from proctor.tracking import LONGEST, Tracker
from proctor.usual import Stage, Usual


@dataclass(frozen=True, slots=True)
class Detectors:
    """The networks that all seats share.

    `scene` says which people, faces and things a picture shows, `closer` which things a part of one.
    """

    scene: Detector
    closer: Detector


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in one picture, the score of each code, 0 to 1, and since when where that is known."""

    seen: tuple[Detection, ...]
    scores: dict[Code, float]
    began: Mapping[Code, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """A picture, its small look, its time and the seconds since the one before."""

    image: Image
    glance: Glance
    at: float
    seconds: float

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.image.shape[0], self.image.shape[1]


@dataclass(slots=True)
class Memory:
    """All that is learnt of one seat; a function of the frames it was given and of nothing else."""

    tracker: Tracker = field(default_factory=Tracker)
    backdrop: Backdrop = field(default_factory=Backdrop)
    desk: Desk = field(default_factory=Desk)
    inspector: Inspector = field(default_factory=Inspector)
    frozen: Frozen = field(default_factory=Frozen)
    usual: Usual = field(default_factory=Usual)
    looked_at: float | None = None


class Looker:
    """Everything that is remembered of one seat's pictures; the same frames give the same sights."""

    def __init__(self, detectors: Detectors, rules: LookRules) -> None:
        self._detectors, self._rules = detectors, rules
        self._memory = Memory()

    def remembered(self) -> Remembered:
        """What a worker after this one should know of the seat."""
        return remember(self._memory.desk, self._memory.usual)

    def recall(self, remembered: Remembered) -> None:
        """Go on with what an earlier worker knew of the seat; raises ValueError."""
        self._memory.desk, self._memory.usual = recall_desk(remembered), recall_usual(remembered)

    def look(self, frame: Frame, image: Image) -> Sight:
        """The detections of a frame, `image` being its decoded picture, and what they say of each code."""
        at, seconds = frame.received_at, self._seconds(frame.received_at)
        view = glance(image)
        strange = self._memory.backdrop.strangeness(view)
        covered = 0.0 if strange == 0 else cover_score(view)  # a dark room is not a covered lens
        if covered >= self._rules.scene.covered:
            return self._covered(covered, image, at, seconds)
        seen = self._detectors.scene.detect([image])[0]
        if strange and someone_score(seen) < self._rules.scene.someone:
            everywhere = self._memory.desk.changed(view) >= self._rules.scene.changed
            covered = max(covered, strange if everywhere else 0.0)
        if covered >= self._rules.scene.covered:
            return self._covered(covered, image, at, seconds)
        return self._read(View(image, view, at, seconds), tuple(seen), covered)

    def _seconds(self, at: float) -> float:
        """Seconds since the last look, at most LONGEST; a clock that was set back counts as no time."""
        before, self._memory.looked_at = self._memory.looked_at, at
        return min(LONGEST, max(0.0, at - before)) if before is not None else 0.0

    def _covered(self, covered: float, image: Image, at: float, seconds: float) -> Sight:
        """A picture that shows nothing of the seat."""
        self._memory.tracker.update([], at, seconds)
        seen = Detection(Label.COVERED, covered, whole((image.shape[0], image.shape[1])))
        return Sight((seen,), covered_scores(covered))

    def _read(self, view: View, seen: tuple[Detection, ...], covered: float) -> Sight:
        """A picture that shows the seat."""
        memory, rules = self._memory, self._rules
        someone = someone_score(seen)
        poor = poor_score(view.glance)
        frozen = memory.frozen.score(view.glance, someone >= rules.scene.someone)
        judged = poor < rules.scene.poor
        fresh = self._learn(view, seen) if judged and frozen == 0 else []
        if someone < rules.scene.someone:
            fresh = []  # what a person who left has uncovered is no thing that was laid down
        known = memory.inspector.inspect(view.image, fresh, seen, self._detectors.closer, rules.things)
        firm = settle(seen, known, view.shape[1], rules.things)
        tracks = memory.tracker.update(firm, view.at, view.seconds)
        stage = Stage(whole(view.shape), next((one.box for one in tracks if one.label is Label.PERSON), None))
        worn = {Code.PHONE: Worn(memory.usual, stage)}  # nothing else is taken for what it is not for long
        held = {code: thing_held(tracks, code, worn.get(code), rules.things) for code in THINGS}
        self._learn_what_is_usual(firm, stage, held[Code.PHONE], view.seconds)
        scores = {
            **{code: one.score if one else 0.0 for code, one in held.items()},
            Code.SEAT_EMPTY: 1.0 - someone if judged else 0.0,
            Code.EXTRA_PERSON: second_person_score(tracks, view.shape[0], rules.scene),
            Code.CAMERA_BLOCKED: covered,
            Code.FRAME_FROZEN: frozen,
            Code.LOW_QUALITY: poor,
        }
        told = tuple(one for one in firm if one.score >= rules.scene.told)
        return Sight(told, scores, {code: one.since for code, one in held.items() if one})

    def _learn(self, view: View, seen: Sequence[Detection]) -> list[Novelty]:
        """Take a living picture into the backdrop and the desk; what is new on the desk."""
        least = self._rules.scene.person
        people = [one.box for one in seen if one.label is Label.PERSON and one.score >= least]
        if someone_score(seen) >= self._rules.scene.someone:
            self._memory.backdrop.learn(view.glance, people, view.shape)
        return self._memory.desk.look(view.glance, people, view.shape, view.seconds)

    def _learn_what_is_usual(
        self, seen: Sequence[Detection], stage: Stage, held: Held | None, seconds: float
    ) -> None:
        """What is firm is a phone and not usual, however long it is there."""
        if held is None or held.score < self._rules.things.firm:
            phones = [one for one in seen if one.label is Label.PHONE]
            self._memory.usual.learn(phones, stage, seconds)


def whole(shape: tuple[int, int]) -> Box:
    """All of a picture of `shape` (height, width)."""
    return Box(0.0, 0.0, float(shape[1]), float(shape[0]))
