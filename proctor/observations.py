"""What the things in one picture, read together, say of each code."""

from collections.abc import Mapping, Sequence

from proctor.detections import Detection, Label
from proctor.geometry import containment, iou
from proctor.policies import SceneRules
from proctor.reports import Code
from proctor.tracking import Track

THINGS: Mapping[Code, Label] = {
    Code.PHONE: Label.PHONE,
    Code.BOOK_NOTES: Label.BOOK,
    Code.LAPTOP_TABLET: Label.LAPTOP,
}
SAME_PLACE = 0.6  # intersection over union from which two boxes are about one object
SEEN = (*THINGS, Code.SEAT_EMPTY, Code.EXTRA_PERSON)  # the codes that need a picture that shows something


def covered_scores(covered: float) -> dict[Code, float]:
    """A covered lens shows nothing, so it is evidence of nothing else: not of an empty seat either."""
    return {Code.CAMERA_BLOCKED: covered, **dict.fromkeys(SEEN, 0.0)}


def scene_scores(
    tracks: Sequence[Track], seen: Sequence[Detection], height: int, rules: SceneRules
) -> dict[Code, float]:
    """Scores 0 to 1 of a picture of this height that shows something; tracks come firmest first."""
    things = {code: firmest_score(tracks, label) for code, label in THINGS.items()}
    somebody = max((one.score for one in seen if one.label in (Label.PERSON, Label.FACE)), default=0.0)
    return {
        **things,
        Code.SEAT_EMPTY: 1.0 - somebody,
        Code.EXTRA_PERSON: second_person_score(tracks, height, rules),
    }


def firmest_score(tracks: Sequence[Track], label: Label) -> float:
    """The newest score of the firmest track, so that hits here and there do not add up to a thing.

    One object is one thing: where a firmer track of another thing covers the same place, it is that one.
    """
    things = [track for track in tracks if track.label in THINGS.values()]
    for number, track in enumerate(things):
        if track.label is label:
            rivals = (other for other in things[:number] if other.label is not label)
            taken = any(iou(other.box, track.box) > SAME_PLACE for other in rivals)
            return 0.0 if taken else track.score
    return 0.0


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
