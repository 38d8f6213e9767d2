"""Detections of one source joined over time: the same thing at about the same place is one track."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proctor.detections import Detection, Label
from proctor.geometry import Box, distance, iou

MEMORY = 8  # frames a track looks back
NEAREST = 1.0  # a thing in a hand moves up to its own diagonal between two frames


@dataclass(frozen=True, slots=True)
class Track:
    """One thing over time: its last box and its scores, newest last, 0 where it was not seen."""

    label: Label
    box: Box
    scores: tuple[float, ...]

    @property
    def score(self) -> float:
        """The score in the newest frame."""
        return self.scores[-1]

    @property
    def weight(self) -> float:
        """How much was seen of it lately; says which of two tracks is the firmer one."""
        return sum(self.scores)


class Tracker:
    """The tracks of one source."""

    def __init__(self) -> None:
        self.tracks: tuple[Track, ...] = ()

    def update(self, seen: Sequence[Detection]) -> tuple[Track, ...]:
        """Continue every track with the best matching detection; the rest begin new ones. Firmest first."""
        left = sorted(seen, key=lambda one: -one.score)
        continued = []
        for track in self.tracks:
            match = best_match(track, left)
            if match is not None:
                left.remove(match)
            continued.append(extend(track, match))
        begun = [Track(one.label, one.box, (one.score,)) for one in left]
        alive = [track for track in (*continued, *begun) if track.weight > 0]
        self.tracks = tuple(sorted(alive, key=lambda track: -track.weight))
        return self.tracks


def extend(track: Track, match: Detection | None) -> Track:
    """The track one frame later."""
    score = match.score if match else 0.0
    box = match.box if match else track.box
    return replace(track, box=box, scores=(*track.scores, score)[-MEMORY:])


def best_match(track: Track, seen: Sequence[Detection]) -> Detection | None:
    """The detection of the same label that lies most on the track's box, or else next to it."""
    near = [one for one in seen if one.label is track.label and is_near(track.box, one.box)]
    return max(near, key=lambda one: (iou(track.box, one.box), one.score), default=None)


def is_near(before: Box, after: Box) -> bool:
    """Whether a box can be the other one, moved by at most its own size."""
    return distance(before, after) <= NEAREST * max(before.diagonal, after.diagonal)
