"""The real network on a real face, altered step by step; one person, so it shows no error rate."""

import importlib.util

import cv2
import numpy as np
import pytest
from skimage.data import astronaut

from proctor.frames import Image
from proctor.identity.describing import Describer, Points, load_describer, widen
from proctor.identity.rules import load_identity_rules
from proctor.identity.verdicts import Obstacle, Outcome, compare
from proctor.identity.weights import verify_identity
from proctor.models import ModelCorrupt, ModelMissing, default_directory

WEIGHTS = default_directory()
RULES = load_identity_rules()


def missing() -> str:
    """What of the optional extra is not here; empty when all of it is."""
    if importlib.util.find_spec("dlib") is None:
        return "dlib is not installed (requirements-identity.txt)"
    try:
        verify_identity(WEIGHTS)
    except (ModelMissing, ModelCorrupt) as error:
        return str(error)
    return ""


pytestmark = pytest.mark.skipif(bool(missing()), reason=f"THE IDENTITY CHECK IS NOT TESTED: {missing()}")
FACE: Image = np.ascontiguousarray(astronaut()[0:340, 80:380, ::-1])


@pytest.fixture(scope="module")
def describer() -> Describer:
    return load_describer(WEIGHTS, RULES)


def obstacle(describer: Describer, image: Image) -> Obstacle | None:
    return describer.describe(image).obstacle


def beside(one: Image, other: Image) -> Image:
    return np.hstack([one, other])


def test_the_same_picture_gives_the_same_numbers(describer: Describer) -> None:
    one, other = describer.describe(FACE).description, describer.describe(FACE.copy()).description
    assert one is not None
    assert other is not None
    assert one.shape == (128,)
    assert np.array_equal(one, other)


def test_a_face_is_itself_lighter_smaller_mirrored_tilted_and_compressed(describer: Describer) -> None:
    tilt = cv2.getRotationMatrix2D((150, 150), 12, 1.0)
    pictures = [
        cv2.convertScaleAbs(FACE, alpha=1.2, beta=15),
        cv2.resize(FACE, None, fx=0.9, fy=0.9),
        np.ascontiguousarray(FACE[:, ::-1]),
        cv2.warpAffine(FACE, tilt, (300, 340), borderMode=cv2.BORDER_REPLICATE),
        cv2.imdecode(cv2.imencode(".jpg", FACE, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR),
    ]
    for picture in pictures:
        found = compare(describer.describe(FACE), [describer.describe(picture)] * 3, RULES)
        assert found.outcome is Outcome.SAME, found


def test_what_stands_in_the_way_is_named(describer: Describer) -> None:
    assert obstacle(describer, np.full((480, 640, 3), 120, np.uint8)) is Obstacle.NO_FACE
    assert obstacle(describer, beside(FACE, FACE)) is Obstacle.MANY_FACES
    assert obstacle(describer, cv2.convertScaleAbs(FACE, alpha=0.15)) is Obstacle.TOO_DARK
    assert obstacle(describer, cv2.GaussianBlur(FACE, (0, 0), 6)) is Obstacle.BLURRED


def test_a_small_face_far_behind_does_not_count_and_is_too_small_alone(describer: Describer) -> None:
    far = cv2.resize(FACE, None, fx=0.3, fy=0.3)
    room = np.full((340, 300, 3), 120, np.uint8)
    room[100 : 100 + far.shape[0], 100 : 100 + far.shape[1]] = far
    assert obstacle(describer, room) is Obstacle.TOO_SMALL
    assert obstacle(describer, beside(FACE, room)) is None


def test_a_portrait_is_not_flattened() -> None:
    assert [widen(np.zeros((h, w, 3), np.uint8)).shape[:2] for h, w in ((800, 400), (400, 800), (400, 500))] == [
        (800, 1000), (640, 800), (400, 500),
    ]  # fmt: skip


def test_a_turned_head_moves_the_nose_from_the_middle_of_the_eyes() -> None:
    eyes = np.array([(0.0, 0.0), (20.0, 0.0), (80.0, 0.0), (60.0, 0.0)])
    for nose, turn in ((40.0, 0.0), (61.0, 0.35), (19.0, 0.35)):
        assert Points(eyes, np.array([nose, 30.0])).turn() == pytest.approx(turn)
