"""Detections at about the same place become one track."""

from proctor.detections import Label
from proctor.geometry import Box
from proctor.tracking import MEMORY, Tracker, is_near
from tests.proctor.made import seen


def box(x: float) -> Box:
    return Box(x, 0, x + 30, 40)  # its diagonal is 50


def test_a_thing_that_moves_by_its_own_diagonal_is_the_same_thing_and_not_further() -> None:
    assert is_near(box(0), box(50))
    assert not is_near(box(0), box(50.5))


def test_a_moving_thing_stays_one_track() -> None:
    tracker = Tracker()
    for x in (0, 20, 45):
        tracks = tracker.update([seen(Label.PHONE, 0.4, box(x))])
    assert [(track.scores, track.box) for track in tracks] == [((0.4, 0.4, 0.4), box(45))]


def test_another_label_at_the_same_place_is_another_track() -> None:
    tracker = Tracker()
    tracker.update([seen(Label.PHONE, 0.4, box(0))])
    tracks = tracker.update([seen(Label.BOOK, 0.3, box(0))])
    assert [(track.label, track.scores) for track in tracks] == [
        (Label.PHONE, (0.4, 0.0)),
        (Label.BOOK, (0.3,)),
    ]


def test_two_things_of_one_label_keep_apart_and_the_firmer_comes_first() -> None:
    tracker = Tracker()
    for _ in range(3):
        tracks = tracker.update([seen(Label.PERSON, 0.5, box(300)), seen(Label.PERSON, 0.9, box(0))])
    assert [track.box for track in tracks] == [box(0), box(300)]


def test_a_track_is_forgotten_when_its_memory_holds_only_misses() -> None:
    tracker = Tracker()
    tracker.update([seen(Label.PHONE, 0.4, box(0))])
    for _ in range(MEMORY - 1):
        assert len(tracker.update([])) == 1
    assert tracker.update([]) == ()
