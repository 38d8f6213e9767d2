"""Detections of one source joined over time: the same thing at about the same place is one track."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proctor.detections import Detection, Label
from proctor.geometry import Box, distance, iou

MEMORY = 8.0  # seconds a track looks back
NEAREST = 1.0  # a thing in a hand moves up to its own diagonal between two frames
LONGEST = 2.0  # seconds that one frame can stand for: as long as a seat may wait to be looked at


@dataclass(frozen=True, slots=True)
class Moment:
    """What one frame said of a track: its time, the seconds since the frame before it, and a score 0 to 1."""

    at: float
    seconds: float
    score: float


@dataclass(frozen=True, slots=True)
class Track:
    """One thing over time: its last box and its moments, newest last, with score 0 where it was not seen."""

    label: Label
    box: Box
    moments: tuple[Moment, ...]

    @property
    def score(self) -> float:
        """The score in the newest frame."""
        return self.moments[-1].score

    @property
    def weight(self) -> float:
        """How much was seen of it lately, in seconds; says which of two tracks is the firmer one."""
        return sum(moment.score * moment.seconds for moment in self.moments)

    def held(self, window: float, share: float) -> float:
        """The score that it had, or more, for `share` of the last `window` seconds; 0 if it never had.

        A track younger than that was not there before, so a single strong frame holds nothing.
        """
        since = self.moments[-1].at - window
        recent = [moment for moment in self.moments if moment.at > since]
        wanted = share * window
        for moment in sorted(recent, key=lambda moment: -moment.score):
            wanted -= moment.seconds
            if wanted <= 1e-6:
                return moment.score
        return 0.0

    def since(self, least: float) -> float:
        """The time of the oldest remembered frame with a score of at least `least`; of the newest if none."""
        return next((moment.at for moment in self.moments if moment.score >= least), self.moments[-1].at)


class Tracker:
    """The tracks of one source."""

    def __init__(self) -> None:
        self.tracks: tuple[Track, ...] = ()

    def update(self, seen: Sequence[Detection], now: float, seconds: float) -> tuple[Track, ...]:
        """Continue every track with the best matching detection; the rest begin new ones. Firmest first.

        `now` is the frame's time and `seconds` how long it is since the one before.
        """
        blank = Moment(now, min(max(seconds, 0.0), LONGEST), 0.0)
        left = sorted(seen, key=lambda one: -one.score)
        continued = []
        for track in self.tracks:
            match = best_match(track, left)
            if match is not None:
                left.remove(match)
            continued.append(extend(track, match, blank))
        begun = [Track(one.label, one.box, (replace(blank, score=one.score),)) for one in left]
        alive = [track for track in (*continued, *begun) if track.weight > 0 or track in begun]
        self.tracks = tuple(sorted(alive, key=lambda track: -track.weight))
        return self.tracks


def extend(track: Track, match: Detection | None, blank: Moment) -> Track:
    """The track one frame later."""
    moment = replace(blank, score=match.score) if match else blank
    kept = [past for past in track.moments if 0 <= moment.at - past.at <= MEMORY]
    return replace(track, box=match.box if match else track.box, moments=(*kept, moment))


def best_match(track: Track, seen: Sequence[Detection]) -> Detection | None:
    """The detection of the same label that lies most on the track's box, or else next to it."""
    near = [one for one in seen if one.label is track.label and is_near(track.box, one.box)]
    return max(near, key=lambda one: (iou(track.box, one.box), one.score), default=None)


def is_near(before: Box, after: Box) -> bool:
    """Whether a box can be the other one, moved by at most its own size."""
    return distance(before, after) <= NEAREST * max(before.diagonal, after.diagonal)
