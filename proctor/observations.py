"""What the things in one picture, read together and over time, say of each code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proctor.detections import Detection, Label
from proctor.geometry import Box, containment, iou
from proctor.policies import SceneRules, ThingRules
from proctor.reports import Code
from proctor.tracking import Track
from proctor.usual import Stage, Usual

THINGS: Mapping[Code, Label] = {
    Code.PHONE: Label.PHONE,
    Code.BOOK_NOTES: Label.BOOK,
    Code.LAPTOP_TABLET: Label.LAPTOP,
}
SAME_PLACE = 0.6  # intersection over union from which two boxes are about one object
SEEN = (*THINGS, Code.SEAT_EMPTY, Code.EXTRA_PERSON)  # the codes that need a picture that shows something


@dataclass(frozen=True, slots=True)
class Held:
    """How firmly a thing has been seen, 0 to 1, and since when, in seconds since 1970."""

    score: float
    since: float


@dataclass(frozen=True, slots=True)
class Worn:
    """What is usual on a stage, once it is known."""

    usual: Usual
    stage: Stage

    def score(self, box: Box) -> float | None:
        """The usual score of a place; None while too little was seen."""
        return self.usual.score(box, self.stage) if self.usual.known else None


def covered_scores(covered: float) -> dict[Code, float]:
    """A covered lens shows nothing, so it is evidence of nothing else: not of an empty seat either."""
    nothing = dict.fromkeys((*SEEN, Code.FRAME_FROZEN, Code.LOW_QUALITY), 0.0)
    return {Code.CAMERA_BLOCKED: covered, **nothing}


def someone_score(seen: Sequence[Detection]) -> float:
    """The best score of a person or a face."""
    return max((one.score for one in seen if one.label in (Label.PERSON, Label.FACE)), default=0.0)


def settle(
    seen: Sequence[Detection], known: Sequence[Detection], width: int, rules: ThingRules
) -> list[Detection]:
    """The detections in the light of the desk, none as wide as the desk itself.

    Where a new thing is `known`, other names of the same place give way to its name.
    """
    return [*known, *(one for one in seen if not gives_way(one, known, width, rules))]


def gives_way(one: Detection, known: Sequence[Detection], width: int, rules: ThingRules) -> bool:
    """Whether a detection is the desk, or a known new thing under whatever name."""
    if one.label not in THINGS.values():
        return False
    same = any(iou(one.box, other.box) >= rules.new_fit for other in known)
    return same or one.box.width >= rules.widest * width


def thing_held(tracks: Sequence[Track], code: Code, usual: Worn | None, rules: ThingRules) -> Held | None:
    """The firmest hold of a code's thing; tracks come firmest first.

    One object is one thing: where a firmer track of another thing covers the same place, it is that one.
    """
    things = [track for track in tracks if track.label in THINGS.values()]
    best = None
    for number, track in enumerate(things):
        if track.label is not THINGS[code] or is_taken(track, things[:number]):
            continue
        score = hold(track, usual.score(track.box) if usual else None, rules)
        if best is None or score > best.score:
            best = Held(score, track.since(0.5 * rules.new_least))
    return best


def is_taken(track: Track, firmer_ones: Sequence[Track]) -> bool:
    """Whether a firmer track of another thing is about the same object."""
    rivals = (other for other in firmer_ones if other.label is not track.label)
    return any(iou(other.box, track.box) > SAME_PLACE for other in rivals)


def hold(track: Track, usual: float | None, rules: ThingRules) -> float:
    """A thing's score over time: what it held for a short while, or less for a long one.

    The long look counts only what exceeds the usual score of its place, and not while that is unknown.
    """
    short = track.held(rules.short, rules.share)
    if usual is None:
        return short
    lasting = (track.held(rules.long, rules.share) - rules.usual_gain * usual) * rules.long_gain
    return min(1.0, max(short, lasting))


def second_person_score(tracks: Sequence[Track], height: int, rules: SceneRules) -> float:
    """The best score of a person beside the firmest one, big enough and not a part of them."""
    people = [track for track in tracks if track.label is Label.PERSON and track.score > 0]
    if len(people) < 2:
        return 0.0
    first, *others = people
    apart = [
        other
        for other in others
        if other.box.height >= rules.least_person_height * height
        and containment(other.box, first.box) <= rules.most_person_overlap
        and containment(first.box, other.box) <= rules.most_person_overlap
    ]
    return max((other.score for other in apart), default=0.0)
