"""What a worker hands on of a seat's desk, so that what lies there is neither forgotten nor told anew."""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from proctor.bus import Watch, open_bus
from proctor.detections import Detection, Label
from proctor.detectors.desk import LEARNING, SHAPE, Desk
from proctor.frames import Frame, Image, as_image
from proctor.geometry import Box
from proctor.glances import glance
from proctor.keeping import SAVE_EVERY, Keeper, forget_desks
from proctor.leaving import Left, read_left, write_left
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.remembering import EVERY, NOTHING_KNOWN, Remembered, recall_desk, recall_usual, remember
from proctor.reports import Code
from proctor.usual import LEARNING as USUAL_AFTER
from proctor.usual import Stage, Usual
from proctor.worker import Worker
from tests.proctor.conftest import Opener
from tests.proctor.made import jpeg, seen
from tests.proctor.test_seat_memory import PERSON, Naming, watch
from tests.proctor.test_worker_parts import EPISODE, LEFT, Sink

WHOLE = Box(0, 0, 640, 480)
MOST = 26 * 1024
WATCH = Watch(1, 0.0)


def known(desk: str = "A", levels: tuple[float, ...] = ()) -> Remembered:
    return Remembered(desk, levels)


def learnt() -> Remembered:
    desk = Desk()
    watch(desk, "person", LEARNING + 2)
    return remember(desk, Usual())


def test_a_desk_is_handed_on_once_it_is_known() -> None:
    desk = Desk()
    watch(desk, "person", LEARNING)
    assert not remember(desk, Usual())
    watch(desk, "person", 0.5, since=LEARNING)
    assert remember(desk, Usual())


def test_what_lies_there_is_new_to_the_next_worker_too() -> None:
    assert watch(recall_desk(learnt()), "book", 2.0, since=20.0)
    assert watch(recall_desk(learnt()), "person", 2.0, since=20.0) == []
    assert watch(recall_desk(NOTHING_KNOWN), "book", LEARNING + 4, since=20.0) == []


def test_a_reference_is_bounded_whatever_the_camera_shows() -> None:
    desk, chance = Desk(), np.random.default_rng(4)
    for _ in range(20):
        rough = as_image(chance.integers(0, 255, (480, 640, 3), dtype=np.uint8))
        desk.look(glance(rough), [], (480, 640), 0.5)
    assert 0 < len(write_left(Left(remembered=remember(desk, Usual())))) <= MOST


PIXELS = 4 * SHAPE[0] * SHAPE[1]


@pytest.mark.parametrize(
    "desk",
    [
        "§",
        "AAAA",
        base64.b64encode(zlib.compress(bytes(PIXELS - 1))).decode(),
        base64.b64encode(zlib.compress(bytes(PIXELS + 1))).decode(),
        base64.b64encode(zlib.compress(bytes(10**7))).decode(),
    ],
)
def test_a_reference_that_is_none_is_refused(desk: str) -> None:
    with pytest.raises(ValueError, match=r"reference|ASCII"):
        recall_desk(known(desk))
    sink = Sink()
    sink.saved[5] = write_left(replace(LEFT, remembered=known(desk)))
    assert Keeper(sink).load(5) == Left()


def test_what_is_usual_comes_back_as_it_was() -> None:
    usual, stage = Usual(), Stage(WHOLE, PERSON)
    usual.learn([seen(Label.PHONE, 0.41, Box(200, 200, 220, 240))], stage, USUAL_AFTER)
    again = recall_usual(known(levels=usual.levels))
    place = Box(205, 205, 225, 245)
    assert again.known
    assert usual.score(place, stage) > 0
    assert again.score(place, stage) == pytest.approx(usual.score(place, stage), abs=1e-4)
    assert not recall_usual(NOTHING_KNOWN).known


@pytest.mark.parametrize("levels", [(0.5,) * 72, (0.5,) * 74, (float("nan"),) * 73])
def test_levels_of_another_kind_are_refused(levels: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="levels"):
        recall_usual(known(levels=levels))


def test_a_calm_seat_is_saved_when_there_is_more_to_know_of_it() -> None:
    sink = Sink()
    keeper, calm = Keeper(sink), Left(remembered=learnt())
    keeper.keep(5, calm, 100.0)
    assert read_left(sink.saved[5]) == calm
    sink.saved.clear()
    keeper.keep(5, calm, 100.0 + 9 * SAVE_EVERY)
    assert sink.saved == {}
    keeper.keep(5, Left(), 105.0)
    assert sink.saved == {5: b""}


def test_what_an_older_worker_left_can_still_be_read() -> None:
    assert read_left(b'{"episodes": [], "samples": {}, "untold": []}') == Left()


class Sitting:
    """A detector that sees somebody sit there, and nothing else."""

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [[seen(Label.PERSON, 0.9, PERSON)] for _ in images]


class Show:
    """One seat in front of a pipeline, two pictures a second, from a time on."""

    def __init__(self, left: Left | None = None, at: float = 0.0) -> None:
        self.pipeline = Pipeline(Detectors(Sitting(), Naming(Label.PHONE, 0.6)), load_rules())
        self.at, self.told = at, list[tuple[Code, str]]()
        if left is not None:
            self.pipeline.adopt(1, left)

    def play(self, name: str, seconds: float) -> list[tuple[Code, str]]:
        """What is told of the scene, by code and phase; clips aside."""
        told = []
        for _ in range(round(2 * seconds)):
            self.at += 0.5
            frame = Frame(1, round(2 * self.at), self.at, self.at, jpeg(name, self.at % 3))
            told += self.pipeline.analyse(frame, WATCH).reports
        return [(one.code, one.phase) for one in told if one.phase != "filmed"]


@pytest.fixture(scope="module")
def left() -> Left:
    """A phone was laid on a clear desk and told, and then the worker was gone."""
    show = Show()
    assert show.play("person", LEARNING + 2) == []
    assert show.play("phone_on_desk", 8) == [(Code.PHONE, "raised")]
    return read_left(write_left(show.pipeline.left(1)))


GONE_FOR = 2.0


def test_a_phone_on_the_desk_is_neither_told_anew_nor_forgotten_after_a_takeover(left: Left) -> None:
    show = Show(left, at=LEARNING + 10 + GONE_FOR)
    assert set(show.play("phone_on_desk", 20)) == {(Code.PHONE, "updated")}
    assert show.play("person", 12) == [(Code.PHONE, "ended")]


def test_without_the_reference_it_would_be_part_of_the_desk(left: Left) -> None:
    show = Show(replace(left, remembered=NOTHING_KNOWN), at=LEARNING + 10 + GONE_FOR)
    assert show.play("phone_on_desk", 20) == [(Code.PHONE, "ended")]


def test_the_reference_is_looked_at_now_and_then(left: Left) -> None:
    show = Show(left)
    show.play("person", EVERY - 1)
    before = show.pipeline.left(1).remembered
    show.play("person", EVERY)
    assert show.pipeline.left(1).remembered != before


@pytest.mark.parametrize(("raised", "now", "lost"), [(False, 500.0, 1), (True, 10.9, 1), (True, 11.0, 0)])
def test_clips_that_lost_their_beginning_are_counted(raised: bool, now: float, lost: int) -> None:
    assert Left((replace(EPISODE, raised=raised),)).without_pre_roll(now) == lost


def test_desks_of_silent_seats_are_forgotten_and_their_episodes_are_not(opener: Opener) -> None:
    bus, kept = opener(), Left((EPISODE,), remembered=learnt())
    for source, at in ((5, 100.0), (6, 300.0), (7, 100.0)):
        bus.put(Frame(source, 1, at, at, jpeg()))
        bus.save_open(source, write_left(kept))
    bus.watch(Watch(7, 50.0))
    assert forget_desks(bus, 200.0) == 1
    assert [bool(read_left(bus.load_open(source)).remembered) for source in (5, 6, 7)] == [False, True, True]
    assert read_left(bus.load_open(5)).episodes == (EPISODE,)
    assert forget_desks(bus, 200.0) == 0


def test_the_next_worker_goes_on_from_the_desk_and_counts_what_is_lost(
    opener: Opener, left: Left, caplog: pytest.LogCaptureFixture
) -> None:
    bus, now = opener(), [16.5]
    for source, kept in ((1, left), (2, replace(left, episodes=()))):
        bus.save_open(source, write_left(kept))
        bus.watch(Watch(source, 0.0))
    show = Show()
    worker = Worker(bus, show.pipeline, lambda: now[0], 77)
    worker.turn()
    assert [show.pipeline.left(source).remembered for source in (1, 2)] == [left.remembered] * 2
    assert worker.counts["pre-rolls lost"] == 1
    assert "source 1: 1 clips begin only now" in caplog.text


def test_what_is_left_of_seats_is_for_the_workers_user_alone(shared_url: str) -> None:
    bus = open_bus(shared_url)
    folder = Path(shared_url.removeprefix("shared:")) / "open"
    assert folder.stat().st_mode & 0o777 == 0o700
    bus.close()
