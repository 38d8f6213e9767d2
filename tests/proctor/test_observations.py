"""How the things in one picture are read together, and over time."""

from dataclasses import replace

import pytest

from proctor.detections import Detection, Label
from proctor.geometry import Box
from proctor.observations import (
    SEEN,
    Worn,
    covered_scores,
    second_person_score,
    settle,
    someone_score,
    thing_held,
)
from proctor.policies import SceneRules, ThingRules, load_rules
from proctor.reports import Code
from proctor.tracking import Track, Tracker
from proctor.usual import LEARNING, Stage, Usual
from tests.proctor.made import seen

RULES = SceneRules(
    least_person_height=0.25,
    most_person_overlap=0.6,
    covered=0.5,
    changed=0.55,
    poor=0.5,
    someone=0.35,
    person=0.2,
    told=0.1,
)
THINGS = ThingRules(
    short=3.0,
    long=5.0,
    share=0.8,
    long_gain=3.0,
    usual_gain=1.5,
    firm=0.2,
    widest=0.85,
    new_least=0.08,
    new_bonus=0.2,
    new_fit=0.4,
    new_shape=0.12,
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


STAGE = Stage(Box(0, 0, 640, 480), CANDIDATE.box)


def held(frames: list[list[Detection]], code: Code = Code.PHONE, usual: Usual | None = None) -> float:
    firmest = thing_held(follow(frames), code, Worn(usual, STAGE) if usual else None, THINGS)
    return firmest.score if firmest else 0.0


def learnt(score: float, place: Box) -> Usual:
    """A seat that has had a thing of this score at a place for as long as it takes to know."""
    usual = Usual()
    for _ in range(round(LEARNING)):
        usual.learn([seen(Label.PHONE, score, place)], STAGE, 1.0)
    return usual


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


def test_a_weak_thing_counts_when_it_stays_longer_and_the_seat_is_known() -> None:
    weak = [seen(Label.PHONE, 0.1, PLACE), CANDIDATE]
    assert held([weak] * 12) == 0.1
    assert held([weak] * 12, usual=Usual()) == 0.1
    assert held([weak] * 12, usual=learnt(0.0, PLACE)) == pytest.approx(0.3)
    assert held([weak] * 8, usual=learnt(0.0, PLACE)) == pytest.approx(0.3)
    assert held([weak] * 7, usual=learnt(0.0, PLACE)) == 0.1


CHEST, SHOULDER, WALL = Box(220, 250, 260, 300), Box(120, 60, 160, 100), Box(560, 100, 580, 130)


@pytest.mark.parametrize(("place", "elsewhere"), [(CHEST, SHOULDER), (WALL, CHEST)])
def test_what_is_always_at_a_place_is_worn_or_hangs_there(place: Box, elsewhere: Box) -> None:
    always = [seen(Label.PHONE, 0.1, place), CANDIDATE]
    assert held([always] * 12, usual=learnt(0.1, place)) == 0.1
    assert held([always] * 12, usual=learnt(0.1, elsewhere)) == pytest.approx(0.3)


@pytest.mark.parametrize(("seconds", "known"), [(round(LEARNING), True), (round(LEARNING) - 1, False)])
def test_what_is_usual_is_known_after_ten_seconds(seconds: int, known: bool) -> None:
    usual = Usual()
    for _ in range(seconds):
        usual.learn([], STAGE, 1.0)
    assert usual.known is known


def test_what_comes_later_becomes_usual_slowly() -> None:
    usual = learnt(0.0, CHEST)
    for _ in range(5):
        usual.learn([seen(Label.PHONE, 0.12, CHEST)], STAGE, 1.0)
    assert usual.score(CHEST, STAGE) < 0.01


def test_a_known_new_thing_has_one_name() -> None:
    known = [seen(Label.PHONE, 0.4, PLACE)]
    beside = seen(Label.LAPTOP, 0.3, Box(0, 300, 90, 450))
    found = [seen(Label.LAPTOP, 0.5, PLACE), seen(Label.PHONE, 0.2, PLACE), beside, CANDIDATE]
    assert settle(found, known, 640, THINGS) == [*known, beside, CANDIDATE]
    assert settle(found, [], 640, THINGS) == found


@pytest.mark.parametrize(("width", "count"), [(543, 1), (544, 0)])
def test_a_thing_as_wide_as_the_picture_is_the_desk(width: float, count: int) -> None:
    found = [seen(Label.LAPTOP, 0.5, Box(0, 300, width, 480))]
    assert len(settle(found, [], 640, THINGS)) == count


def test_a_person_gives_way_to_nothing() -> None:
    wide = replace(CANDIDATE, box=Box(0, 0, 640, 480))
    assert settle([wide], [], 640, THINGS) == [wide]
    assert settle([CANDIDATE], [seen(Label.BOOK, 0.4, CANDIDATE.box)], 640, THINGS)[1:] == [CANDIDATE]


def test_the_packages_own_policy_covers_every_code() -> None:
    rules = load_rules()
    assert set(rules.policies) == set(Code)
    assert rules.policies[Code.SEAT_EMPTY].minimum == 5
    assert rules.policies[Code.CAMERA_LOST].minimum == 10
