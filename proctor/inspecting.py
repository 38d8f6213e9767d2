"""New things on a desk, looked at again from close by, until it is clear which of the known things each one is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from proctor.detections import Detection, Label
from proctor.detectors import Detector
from proctor.frames import Image
from proctor.geometry import Box, iou
from proctor.policies import ThingRules
from proctor.shapes import Novelty, looks_like

LABELS = (Label.PHONE, Label.BOOK, Label.LAPTOP)
ZOOMS = (1.6, 2.5)  # a close look shows a thing with this many times its size around it; taken in turn
MOST_LOOKS = 12  # then its name is settled
MOST_THINGS = 4
SAME = 0.5  # intersection over union from which a new thing is the one of the frame before

Scores = dict[Label, float]


@dataclass(slots=True)
class Newcomer:
    """One new thing: the sums of what it scored as each label in whole pictures and in close looks."""

    box: Box
    seen: Scores = field(default_factory=lambda: dict.fromkeys(LABELS, 0.0))
    frames: int = 0
    near: Scores = field(default_factory=lambda: dict.fromkeys(LABELS, 0.0))
    looks: int = 0
    shaped: Scores = field(default_factory=lambda: dict.fromkeys(LABELS, 0.0))

    def means(self, label: Label) -> tuple[float, float, float]:
        """The mean score as a label in whole pictures, in close looks and by shape, 0 where there was none."""
        frames = max(1, self.frames)
        return self.seen[label] / frames, self.near[label] / max(1, self.looks), self.shaped[label] / frames

    @property
    def label(self) -> Label:
        """What it is most likely."""
        return max(LABELS, key=lambda label: sum(self.means(label)))

    @property
    def score(self) -> float:
        """How firmly it is that, 0 to 1."""
        return max(self.means(self.label))


@dataclass(slots=True)
class Inspector:
    """The new things of one seat, followed from frame to frame."""

    _newcomers: list[Newcomer] = field(default_factory=list, repr=False)

    def inspect(
        self,
        image: Image,
        fresh: Sequence[Novelty],
        seen: Sequence[Detection],
        closer: Detector,
        rules: ThingRules,
    ) -> list[Detection]:
        """The new things that are known things; one of them is looked at from close by in every frame."""
        largest = sorted(fresh, key=lambda new: -new.part)[:MOST_THINGS]
        self._newcomers = [self._continued(new.box) for new in largest]
        for one, new in zip(self._newcomers, largest, strict=True):
            add(one.seen, seen, one.box, rules.new_fit)
            shape = looks_like(new)
            if shape:
                one.shaped[shape] += rules.new_shape
            one.frames += 1
        due = min(self._newcomers, key=lambda one: one.looks, default=None)
        if due is not None and due.looks < MOST_LOOKS:
            add(due.near, look_closer(image, due, closer), due.box, rules.new_fit)
            due.looks += 1
        return [
            Detection(one.label, min(1.0, one.score + rules.new_bonus), one.box)
            for one in self._newcomers
            if one.score >= rules.new_least
        ]

    def _continued(self, box: Box) -> Newcomer:
        """The newcomer that lay there in the frame before, or a new one."""
        before = max(self._newcomers, key=lambda one: iou(one.box, box), default=None)
        if before is None or iou(before.box, box) < SAME:
            return Newcomer(box)
        before.box = box
        return before


def add(sums: Scores, seen: Sequence[Detection], box: Box, fit: float) -> None:
    """Add the best score of each label among the detections that are about the box."""
    for label in LABELS:
        fitting = (one.score for one in seen if one.label is label and iou(one.box, box) >= fit)
        sums[label] += max(fitting, default=0.0)


def look_closer(image: Image, one: Newcomer, closer: Detector) -> list[Detection]:
    """What a detector sees in the part of the picture around a new thing, in pixels of the picture."""
    height, width = image.shape[:2]
    (x, y), reach = one.box.centre, ZOOMS[one.looks % len(ZOOMS)] * max(one.box.width, one.box.height) / 2
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = image[top : min(height, int(y + reach)), left : min(width, int(x + reach))]
    return [moved(found, left, top) for found in closer.detect([part])[0]]


def moved(one: Detection, right: float, down: float) -> Detection:
    """The detection with its box shifted."""
    box = one.box
    return Detection(one.label, one.score, Box(box.x1 + right, box.y1 + down, box.x2 + right, box.y2 + down))
