"""The detectors see what is in composed pictures, and two runtimes agree on it."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from proctor.detections import Detection, Label
from proctor.detectors import devices, faces
from proctor.detectors.cover import cover_score
from proctor.detectors.devices import SIDE, Candidates, Devices, letterbox, make_memory, suppress
from proctor.detectors.faces import Faces
from proctor.detectors.presence import Presence
from proctor.frames import Image, decode_jpeg
from proctor.geometry import Box, containment, iou
from proctor.glances import glance
from proctor.loading import load_scene
from proctor.runtime import Session, Tensor
from proctor.scenes import names, scene
from tests.proctor.made import jpeg, seen


@pytest.fixture(scope="module")
def presence(models_dir: Path) -> Presence:
    return load_scene(models_dir)


def picture(name: str, t: float = 0.0) -> Image:
    return decode_jpeg(jpeg(name, t))


def best(found: Sequence[Detection], label: Label) -> float:
    return max((one.score for one in found if one.label is label), default=0.0)


def test_devices_agree_between_onnxruntime_and_opencv(models_dir: Path) -> None:
    path = models_dir / "yolox-nano.onnx"
    net = cv2.dnn.readNetFromONNX(str(path))

    def by_opencv(tensor: Tensor) -> Sequence[Tensor]:
        net.setInput(tensor)
        output: Tensor = np.asarray(net.forward(), np.float32)
        return [output]

    image = picture("phone")
    ours = Devices(Session(devices.open_dimensions(path.read_bytes())), floor=0.1).detect([image])[0]
    theirs = Devices(by_opencv, floor=0.1).detect([image])[0]
    assert [one.label for one in ours] == [one.label for one in theirs] != []
    for one, other in zip(ours, theirs, strict=True):
        assert iou(one.box, other.box) > 0.98
        assert one.score == pytest.approx(other.score, abs=0.01)


def test_faces_agree_between_onnxruntime_and_opencv(models_dir: Path) -> None:
    path = models_dir / "centerface.onnx"
    net = cv2.dnn.readNetFromONNX(str(path))

    def by_opencv(tensor: Tensor) -> Sequence[Tensor]:
        net.setInput(tensor)
        outputs = net.forward(["537", "538", "539", "540"])
        return [np.asarray(output, np.float32) for output in outputs]

    image = picture("second")
    ours = Faces(Session(faces.open_dimensions(path.read_bytes()))).detect([image])[0]
    theirs = Faces(by_opencv).detect([image])[0]
    assert len(ours) == len(theirs) == 2
    assert all(iou(one.box, other.box) > 0.98 for one, other in zip(ours, theirs, strict=True))


@pytest.mark.parametrize(
    ("name", "label", "least"),
    [
        ("person", Label.PERSON, 0.8),
        ("phone", Label.PHONE, 0.4),
        ("phone_on_desk", Label.PHONE, 0.4),
        ("book", Label.BOOK, 0.3),
        ("laptop", Label.LAPTOP, 0.6),
    ],
)
def test_what_a_scene_shows_is_found_at_every_moment(
    presence: Presence, name: str, label: Label, least: float
) -> None:
    scores = [best(presence.detect([picture(name, t)])[0], label) for t in (0.0, 1.5, 3.5, 8.0)]
    assert min(scores) >= least


def test_a_phone_is_found_where_it_was_drawn(presence: Presence) -> None:
    phones = [one for one in presence.detect([picture("phone")])[0] if one.label is Label.PHONE]
    assert containment(phones[0].box, Box(350, 170, 530, 370)) > 0.95


def test_a_person_alone_shows_no_thing(presence: Presence) -> None:
    for t in (0.0, 2.0, 5.0):
        found = presence.detect([picture("person", t)])[0]
        assert max(best(found, label) for label in (Label.PHONE, Label.BOOK, Label.LAPTOP)) < 0.2


def test_nobody_is_found_in_an_empty_seat(presence: Presence) -> None:
    found = presence.detect([picture("empty")])[0]
    assert max(best(found, Label.PERSON), best(found, Label.FACE)) < 0.35


class Counting:
    """A detector that says the same of every picture and counts the pictures."""

    def __init__(self, *says: Detection) -> None:
        self.says, self.asked = list(says), 0

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        self.asked += len(images)
        return [list(self.says) for _ in images]


@pytest.mark.parametrize(("score", "asked"), [(0.35, 0), (0.34, 1)])
def test_the_face_detector_is_asked_only_where_no_person_is_sure(score: float, asked: int) -> None:
    faces = Counting(seen(Label.FACE, 0.9))
    found = Presence(Counting(seen(Label.PERSON, score)), faces).detect([picture("person")])[0]
    assert faces.asked == asked
    assert len(found) == 1 + asked


def test_each_detector_answers_for_every_picture_of_any_size(presence: Presence) -> None:
    pictures = [picture("person"), np.zeros((33, 7, 3), np.uint8), np.full((700, 90, 3), 90, np.uint8)]
    assert len(presence.detect(pictures)) == 3
    assert presence.detect([]) == []


def test_letterboxing_keeps_the_shape_at_the_top_left() -> None:
    tensor, scale = letterbox(np.full((240, 320, 3), 7, np.uint8), make_memory())
    assert (tensor.shape, scale) == ((1, 3, 320, SIDE), SIDE / 320)
    assert (tensor[0, :, :312] == 7).all()
    assert (tensor[0, :, 312:] == 114).all()


@pytest.mark.parametrize(
    ("height", "width", "shape"),
    [(416, 416, (416, 416)), (320, 416, (320, 416)), (321, 416, (352, 416)), (700, 90, (416, 64))],
)
def test_a_picture_is_filled_up_to_the_next_multiple_of_32(
    height: int, width: int, shape: tuple[int, int]
) -> None:
    tensor, _ = letterbox(np.zeros((height, width, 3), np.uint8), make_memory())
    assert tensor.shape[2:] == shape
    assert tensor.flags.c_contiguous


def test_suppression_keeps_the_best_of_each_class_and_what_lies_apart() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [0, 0, 10, 10], [50, 50, 60, 60]], np.float32)
    scores = np.array([0.5, 0.9, 0.4, 0.3], np.float32)
    assert suppress(Candidates(boxes, scores, np.array([0, 0, 1, 0])), 0.45) == [1, 2, 3]
    assert suppress(Candidates(boxes, scores, np.array([0, 0, 1, 0])), 0.95) == [1, 0, 2, 3]


def test_only_the_known_network_can_have_its_dimensions_opened() -> None:
    with pytest.raises(ValueError, match="not the CenterFace file"):
        faces.open_dimensions(b"another network")
    with pytest.raises(ValueError, match="not the YOLOX file"):
        devices.open_dimensions(b"another network")


@pytest.mark.parametrize("name", [name for name in names() if name != "covered"])
def test_a_picture_that_shows_something_is_not_covered(name: str) -> None:
    assert cover_score(glance(picture(name))) == 0


def test_dark_and_evenly_lit_pictures_are_covered() -> None:
    dark, grey = scene("covered", 2.0, 5), np.full((480, 640, 3), 180, np.uint8)
    for image in (dark, grey):
        assert cover_score(glance(image)) > 0.9
