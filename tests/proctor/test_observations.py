"""How the things in one picture are read together, and over time."""

from dataclasses import replace

import pytest

from proctor.detections import Detection, Label
from proctor.geometry import Box
from proctor.observations import (
    SEEN,
    covered_scores,
    second_person_score,
    settle,
    someone_score,
    thing_held,
)
from proctor.policies import SceneRules, ThingRules, load_rules
from proctor.reports import Code
from proctor.riding import LEARNING, Riding
from proctor.tracking import Track, Tracker
from tests.proctor.made import seen

RULES = SceneRules(
    least_person_height=0.25,
    most_person_overlap=0.6,
    covered=0.5,
    poor=0.5,
    someone=0.35,
    person=0.2,
    told=0.1,
)
THINGS = ThingRules(
    short=3.0,
    long=6.0,
    share=0.8,
    long_gain=2.0,
    firm=0.2,
    widest=0.85,
    new_least=0.05,
    new_bonus=0.2,
    new_part=0.15,
)
CANDIDATE = seen(Label.PERSON, 0.9, Box(100, 50, 400, 480))
PLACE = Box(300, 300, 500, 450)


def follow(frames: list[list[Detection]], step: float = 0.5) -> tuple[Track, ...]:
    """The tracks after these frames, one after another."""
    tracker = Tracker()
    for number, found in enumerate(frames):
        tracks = tracker.update(found, number * step, step)
    return tracks


def extra(*found: Detection) -> float:
    return second_person_score(follow([list(found)]), 480, RULES)


def held(frames: list[list[Detection]], code: Code = Code.PHONE, riding: Riding | None = None) -> float:
    firmest = thing_held(follow(frames), code, riding, THINGS)
    return firmest.score if firmest else 0.0


def learnt(usual: float, place: Box) -> Riding:
    """A seat whose person has had a thing of this score at a place for as long as it takes to know."""
    riding = Riding()
    for _ in range(round(LEARNING) + 1):
        riding.learn([seen(Label.PHONE, usual, place)], CANDIDATE.box, 1.0)
    return riding


def test_a_covered_lens_is_evidence_of_nothing_else() -> None:
    told = covered_scores(0.8)
    assert told.pop(Code.CAMERA_BLOCKED) == 0.8
    assert set(told) >= set(SEEN)
    assert set(told.values()) == {0.0}


def test_a_person_or_a_face_alone_is_somebody() -> None:
    assert someone_score([]) == 0
    assert someone_score([CANDIDATE]) == 0.9
    assert someone_score([seen(Label.FACE, 0.8), seen(Label.PHONE, 0.95)]) == 0.8


@pytest.mark.parametrize(("height", "expected"), [(120, 0.7), (119, 0.0)])
def test_a_second_person_must_be_big_enough(height: float, expected: float) -> None:
    assert extra(CANDIDATE, seen(Label.PERSON, 0.7, Box(450, 100, 600, 100 + height))) == expected


@pytest.mark.parametrize(("left", "expected"), [(310, 0.7), (309, 0.0)])
def test_a_second_person_must_not_be_a_part_of_the_first(left: float, expected: float) -> None:
    # 90 of 150 pixels inside the first one are exactly the part allowed.
    assert extra(CANDIDATE, seen(Label.PERSON, 0.7, Box(left, 100, left + 150, 400))) == expected


def test_hits_here_and_there_do_not_add_up_to_a_thing() -> None:
    near, far = Box(0, 0, 30, 40), Box(500, 400, 530, 440)
    assert held([[seen(Label.PHONE, 0.4, place)] for place in (near, far) * 4]) == 0
    assert held([[seen(Label.PHONE, 0.4, place)] for place in (near, near) * 4]) == 0.4


def test_one_object_is_one_thing() -> None:
    both = [seen(Label.BOOK, 0.5, PLACE), seen(Label.LAPTOP, 0.3, PLACE), CANDIDATE]
    assert (held([both] * 6, Code.BOOK_NOTES), held([both] * 6, Code.LAPTOP_TABLET)) == (0.5, 0.0)
    apart = [seen(Label.BOOK, 0.5, PLACE), seen(Label.LAPTOP, 0.3, Box(0, 300, 90, 450))]
    assert held([apart] * 6, Code.LAPTOP_TABLET) == 0.3


def test_a_weak_thing_counts_when_it_stays_twice_as_long_and_the_seat_is_known() -> None:
    weak = [seen(Label.PHONE, 0.12, PLACE), CANDIDATE]
    assert held([weak] * 12) == 0.12
    assert held([weak] * 12, riding=Riding()) == 0.12
    assert held([weak] * 12, riding=learnt(0.0, PLACE)) == pytest.approx(0.24)
    assert held([weak] * 9, riding=learnt(0.0, PLACE)) == 0.12


def test_what_is_always_at_that_place_of_the_person_is_worn() -> None:
    chest, shoulder = Box(220, 250, 260, 300), Box(120, 60, 160, 100)
    badge = [seen(Label.PHONE, 0.12, chest), CANDIDATE]
    assert held([badge] * 12, riding=learnt(0.12, chest)) == 0.12
    assert held([badge] * 12, riding=learnt(0.12, shoulder)) == pytest.approx(0.24)


@pytest.mark.parametrize(("score", "expected"), [(0.05, 0.25), (0.04, 0.04)])
def test_a_weak_sight_of_something_new_is_firm(score: float, expected: float) -> None:
    [one] = settle([seen(Label.PHONE, score, PLACE)], [PLACE], 640, THINGS)
    assert one.score == pytest.approx(expected)


@pytest.mark.parametrize(("width", "gained"), [(30, 0.2), (29, 0.0)])
def test_what_is_new_must_fill_a_part_of_the_thing(width: float, gained: float) -> None:
    # 30 of 200 columns over the whole height are the 15 % asked for.
    new = Box(PLACE.x1, PLACE.y1, PLACE.x1 + width, PLACE.y2)
    [one] = settle([seen(Label.BOOK, 0.1, PLACE)], [new], 640, THINGS)
    assert one.score == pytest.approx(0.1 + gained)


def test_what_is_new_beside_a_thing_makes_it_no_firmer() -> None:
    beside = Box(PLACE.x2 + 10, PLACE.y1, PLACE.x2 + 200, PLACE.y2)
    assert settle([seen(Label.BOOK, 0.1, PLACE)], [beside], 640, THINGS)[0].score == 0.1


@pytest.mark.parametrize(("width", "count"), [(543, 1), (544, 0)])
def test_a_thing_as_wide_as_the_picture_is_the_desk(width: float, count: int) -> None:
    found = [seen(Label.LAPTOP, 0.5, Box(0, 300, width, 480))]
    assert len(settle(found, [], 640, THINGS)) == count


def test_a_person_is_never_made_firmer_or_left_out() -> None:
    wide = replace(CANDIDATE, box=Box(0, 0, 640, 480))
    assert settle([wide], [wide.box], 640, THINGS) == [wide]


def test_the_packages_own_policy_covers_every_code() -> None:
    rules = load_rules()
    assert set(rules.policies) == set(Code)
    assert rules.policies[Code.SEAT_EMPTY].minimum == 5
    assert rules.policies[Code.CAMERA_LOST].minimum == 10
