"""How the things in one picture are read together."""

import pytest

from proctor.detections import Detection, Label
from proctor.geometry import Box
from proctor.observations import SEEN, covered_scores, scene_scores
from proctor.policies import SceneRules, load_rules
from proctor.reports import Code
from proctor.tracking import Tracker
from tests.proctor.made import seen

RULES = SceneRules(least_person_height=0.25, most_person_overlap=0.6, covered=0.5)
CANDIDATE = seen(Label.PERSON, 0.9, Box(100, 50, 400, 480))


def scores(*found: Detection) -> dict[Code, float]:
    return scene_scores(Tracker().update(found), found, 480, RULES)


def test_a_covered_lens_is_evidence_of_nothing_else() -> None:
    assert covered_scores(0.8) == {Code.CAMERA_BLOCKED: 0.8, **dict.fromkeys(SEEN, 0.0)}


def test_an_empty_picture_is_an_empty_seat() -> None:
    assert scores()[Code.SEAT_EMPTY] == 1
    assert scores(CANDIDATE)[Code.SEAT_EMPTY] == pytest.approx(0.1)


def test_a_face_alone_is_somebody() -> None:
    assert scores(seen(Label.FACE, 0.8))[Code.SEAT_EMPTY] == pytest.approx(0.2)


@pytest.mark.parametrize(("height", "expected"), [(120, 0.7), (119, 0.0)])
def test_a_second_person_must_be_big_enough(height: float, expected: float) -> None:
    other = seen(Label.PERSON, 0.7, Box(450, 100, 600, 100 + height))
    assert scores(CANDIDATE, other)[Code.EXTRA_PERSON] == expected


@pytest.mark.parametrize(("left", "expected"), [(310, 0.7), (309, 0.0)])
def test_a_second_person_must_not_be_a_part_of_the_first(left: float, expected: float) -> None:
    # 90 of 150 pixels inside the first one are exactly the part allowed.
    other = seen(Label.PERSON, 0.7, Box(left, 100, left + 150, 400))
    assert scores(CANDIDATE, other)[Code.EXTRA_PERSON] == expected


def test_hits_here_and_there_do_not_add_up_to_a_thing() -> None:
    tracker = Tracker()
    near, far = Box(0, 0, 30, 40), Box(500, 400, 530, 440)
    for place in (near, near, far):
        found = [seen(Label.PHONE, 0.4, place)]
        result = scene_scores(tracker.update(found), found, 480, RULES)
    assert result[Code.PHONE] == 0


def test_one_object_is_one_thing() -> None:
    place = Box(300, 300, 500, 450)
    result = scores(seen(Label.BOOK, 0.5, place), seen(Label.LAPTOP, 0.3, place), CANDIDATE)
    assert (result[Code.BOOK_NOTES], result[Code.LAPTOP_TABLET]) == (0.5, 0.0)
    apart = scores(seen(Label.BOOK, 0.5, place), seen(Label.LAPTOP, 0.3, Box(0, 300, 90, 450)))
    assert apart[Code.LAPTOP_TABLET] == 0.3


def test_the_packages_own_policy_covers_every_code() -> None:
    rules = load_rules()
    assert set(rules.policies) == set(Code)
    assert rules.policies[Code.SEAT_EMPTY].minimum == 15
    assert rules.policies[Code.CAMERA_LOST].minimum == 10
