"""What is learnt of one seat: its backdrop, its clear desk, its living picture, and the new things on the desk."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from proctor.detections import Detection, Label
from proctor.detectors.backdrop import LEARNT, Backdrop
from proctor.detectors.cover import cover_score
from proctor.detectors.desk import LEARNING, SETTLED, Desk
from proctor.detectors.frozen import RESAVED, Frozen
from proctor.detectors.quality import lack, poor_score
from proctor.frames import Image, as_image, decode_jpeg, encode
from proctor.geometry import Box, iou
from proctor.glances import glance
from proctor.inspecting import MOST_LOOKS, Inspector
from proctor.policies import load_rules
from proctor.scenes import scene
from proctor.shapes import Novelty, looks_like
from tests.proctor.made import seen

SHAPE = (480, 640)
PERSON = Box(130, 40, 420, 385)
THINGS = load_rules().look.things


def noise(seed: int) -> Image:
    """A picture full of edges that has nothing of the room: a patterned cloth before the lens."""
    rough = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    return as_image(cv2.resize(rough, (640, 480), interpolation=cv2.INTER_NEAREST))


def at_home(pictures: int = LEARNT + 3) -> Backdrop:
    """The backdrop of a seat that was seen in so many pictures."""
    backdrop = Backdrop()
    for number in range(pictures):
        backdrop.learn(glance(scene("person", number / 2)), [PERSON], SHAPE)
    return backdrop


def test_a_room_is_known_after_five_pictures_and_not_before() -> None:
    view = glance(scene("empty", 1.0))
    assert at_home(LEARNT - 1).strangeness(view) is None
    assert at_home(LEARNT).strangeness(view) == 0


def test_a_cloth_before_the_lens_is_strange_and_an_empty_seat_is_not() -> None:
    backdrop = at_home()
    assert cover_score(glance(noise(3))) == 0
    assert backdrop.strangeness(glance(noise(3))) == 1
    assert backdrop.strangeness(glance(scene("empty", 9.0))) == 0


def test_a_dark_room_is_familiar_and_poor_and_a_covered_lens_is_strange() -> None:
    dark = as_image((scene("person", 4.0) * 0.10).astype(np.uint8))
    assert at_home().strangeness(glance(dark)) == 0
    assert poor_score(glance(dark)) >= 0.5
    assert at_home().strangeness(glance(scene("covered", 2.0))) == 1


def test_a_bare_wall_has_nothing_to_be_missed() -> None:
    backdrop = Backdrop()
    for _ in range(LEARNT):
        backdrop.learn(glance(np.full((480, 640, 3), 180, np.uint8)), [], SHAPE)
    assert backdrop.strangeness(glance(noise(1))) is None


def test_a_blurred_picture_is_poor_and_a_sharp_one_is_not() -> None:
    picture = scene("person", 1.0)
    assert poor_score(glance(picture)) == 0
    assert poor_score(glance(as_image(cv2.GaussianBlur(picture, (0, 0), 20)))) >= 0.5


@pytest.mark.parametrize(("value", "expected"), [(60, 0.0), (40, 0.5), (20, 1.0), (90, 0.0), (0, 1.0)])
def test_a_lack_grows_from_enough_down_to_nothing(value: float, expected: float) -> None:
    assert lack(value, 60.0, 20.0) == expected


def test_the_same_picture_again_is_frozen_and_the_next_living_one_is_not() -> None:
    frozen, still = Frozen(), glance(scene("person", 1.0))
    assert frozen.score(still, someone=True) == 0
    assert frozen.score(still, someone=True) == 1
    assert frozen.score(glance(scene("person", 1.5)), someone=True) == 0


def test_a_picture_saved_anew_is_frozen_where_someone_sits() -> None:
    picture = decode_jpeg(encode(scene("person", 1.0), 75))
    first, again = glance(picture), glance(decode_jpeg(encode(picture, 85)))
    for someone, expected in ((True, RESAVED), (False, 0.0)):
        frozen = Frozen()
        frozen.score(first, someone)
        assert frozen.score(again, someone) == expected


def test_a_living_camera_is_never_frozen() -> None:
    frozen = Frozen()
    scores = [frozen.score(glance(scene("person", number / 4)), someone=True) for number in range(20)]
    assert set(scores) == {0.0}


def watch(desk: Desk, name: str, seconds: float, since: float = 0.0) -> list[Box]:
    """The new things after so many seconds of a scene, two pictures a second."""
    found: list[Novelty] = []
    for number in range(round(seconds * 2)):
        found = desk.look(glance(scene(name, since + number / 2)), [PERSON], SHAPE, 0.5)
    return [one.box for one in found]


@pytest.mark.parametrize(
    ("name", "where"), [("book", Box(330, 320, 590, 480)), ("laptop", Box(310, 240, 560, 460))]
)
def test_what_is_laid_on_a_clear_desk_is_new_where_it_lies(name: str, where: Box) -> None:
    desk = Desk()
    assert watch(desk, "person", LEARNING + 4) == []
    found = watch(desk, name, SETTLED + 1, since=20.0)
    assert max(iou(box, where) for box in found) > 0.4


def test_what_lay_there_from_the_beginning_is_not_new() -> None:
    desk = Desk()
    assert watch(desk, "book", LEARNING + 6) == []


def test_a_lamp_makes_nothing_new() -> None:
    desk = Desk()
    watch(desk, "person", LEARNING + 2)
    darker = as_image((scene("person", 30.0) * 0.7).astype(np.uint8))
    for _ in range(4):
        found = desk.look(glance(darker), [PERSON], SHAPE, 0.5)
    assert found == []


class Naming:
    """A detector that calls the middle of every picture the same and counts the pictures."""

    def __init__(self, label: Label, score: float) -> None:
        self.label, self.score, self.asked = label, score, 0

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        self.asked += len(images)
        return [[self._name(image)] for image in images]

    def _name(self, image: Image) -> Detection:
        height, width = image.shape[:2]
        part = 0.25  # half a picture: between the parts that the two zooms show
        box = Box(width * (0.5 - part), height * (0.5 - part), width * (0.5 + part), height * (0.5 + part))
        return Detection(self.label, self.score, box)


PLACE = Box(300, 200, 380, 280)
NEW = Novelty(
    PLACE, part=0.02, top=0.5, aspect=1.0, fill=1.0, apart=1.0, grey=150.0, usual=150.0, texture=60.0
)
PHONE = replace(NEW, aspect=2.0, grey=40.0, texture=10.0)
LAPTOP = replace(NEW, part=0.1, aspect=2.0, texture=10.0)


@pytest.mark.parametrize(("score", "count"), [(0.08, 1), (0.07, 0)])
def test_a_new_thing_is_named_from_the_least_score_on(score: float, count: int) -> None:
    found = Inspector().inspect(
        scene("person", 0.0), [NEW], [seen(Label.PHONE, score, PLACE)], Naming(Label.PHONE, 0.0), THINGS
    )
    assert [(one.label, one.box) for one in found] == [(Label.PHONE, PLACE)] * count


def test_close_looks_outvote_a_flicker_in_the_whole_picture() -> None:
    inspector, closer, picture = Inspector(), Naming(Label.BOOK, 0.5), scene("person", 0.0)
    for number in range(4):
        flicker = [seen(Label.LAPTOP, 0.6, PLACE)] if number == 0 else []
        [one] = inspector.inspect(picture, [NEW], flicker, closer, THINGS)
    assert one.label is Label.BOOK
    assert one.score == pytest.approx(0.5 + THINGS.new_bonus)


def test_a_new_thing_is_looked_at_from_close_by_only_so_often() -> None:
    inspector, closer = Inspector(), Naming(Label.BOOK, 0.5)
    for _ in range(MOST_LOOKS + 5):
        inspector.inspect(scene("person", 0.0), [NEW], [], closer, THINGS)
    assert closer.asked == MOST_LOOKS


def test_a_clear_desk_costs_no_close_look() -> None:
    closer = Naming(Label.BOOK, 0.5)
    assert Inspector().inspect(scene("person", 0.0), [], [], closer, THINGS) == []
    assert closer.asked == 0


@pytest.mark.parametrize(
    ("part", "label"),
    [(0.004, Label.PHONE), (0.0039, None), (0.03, Label.PHONE), (0.031, None), (0.05, Label.LAPTOP)],
)
def test_a_dark_even_thing_is_named_by_its_size(part: float, label: Label | None) -> None:
    assert looks_like(replace(PHONE, part=part)) is label


@pytest.mark.parametrize(
    "other",
    [
        replace(PHONE, grey=90.0),
        replace(PHONE, usual=50.0),
        replace(PHONE, aspect=1.1),
        replace(PHONE, fill=0.5),
        replace(PHONE, texture=30.0),
        replace(PHONE, apart=0.8),
        replace(PHONE, top=0.49),
        replace(LAPTOP, top=0.49),
        replace(LAPTOP, texture=30.0),
        replace(LAPTOP, aspect=1.5),
        replace(LAPTOP, apart=0.4),
    ],
)
def test_what_is_light_patterned_round_or_near_a_person_has_no_telling_shape(other: Novelty) -> None:
    assert looks_like(PHONE) is Label.PHONE
    assert looks_like(LAPTOP) is Label.LAPTOP
    assert looks_like(other) is None


def test_a_shape_alone_names_a_new_thing() -> None:
    inspector, blind = Inspector(), Naming(Label.BOOK, 0.0)
    [one] = inspector.inspect(scene("person", 0.0), [PHONE], [], blind, THINGS)
    assert (one.label, one.score) == (Label.PHONE, THINGS.new_shape + THINGS.new_bonus)


def test_a_covered_lens_changes_all_places_and_an_empty_seat_does_not() -> None:
    desk = Desk()
    watch(desk, "person", LEARNING + 2)
    assert desk.changed(glance(noise(5))) > 0.55
    assert desk.changed(glance(scene("empty", 20.0))) < 0.45
