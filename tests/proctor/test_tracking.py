"""Detections at about the same place become one track, which knows for how long it held which score."""

import pytest

from proctor.detections import Label
from proctor.geometry import Box
from proctor.tracking import MEMORY, Track, Tracker, is_near
from tests.proctor.made import seen


def box(x: float) -> Box:
    return Box(x, 0, x + 30, 40)  # its diagonal is 50


def follow(*scores: float, step: float = 0.5) -> Track:
    """A phone with these scores, one after another; 0 is not being seen."""
    tracker = Tracker()
    for number, score in enumerate(scores):
        tracks = tracker.update([seen(Label.PHONE, score, box(0))] if score else [], number * step, step)
    return tracks[0]


def test_a_thing_that_moves_by_its_own_diagonal_is_the_same_thing_and_not_further() -> None:
    assert is_near(box(0), box(50))
    assert not is_near(box(0), box(50.5))


def test_a_moving_thing_stays_one_track() -> None:
    tracker = Tracker()
    for number, x in enumerate((0, 20, 45)):
        [track] = tracker.update([seen(Label.PHONE, 0.4, box(x))], number, 1.0)
    assert ([moment.score for moment in track.moments], track.box) == ([0.4, 0.4, 0.4], box(45))


def test_another_label_at_the_same_place_is_another_track() -> None:
    tracker = Tracker()
    tracker.update([seen(Label.PHONE, 0.4, box(0))], 0.0, 1.0)
    tracks = tracker.update([seen(Label.BOOK, 0.3, box(0))], 1.0, 1.0)
    assert [(track.label, track.score) for track in tracks] == [(Label.PHONE, 0.0), (Label.BOOK, 0.3)]


def test_two_things_of_one_label_keep_apart_and_the_firmer_comes_first() -> None:
    tracker = Tracker()
    for at in (0.0, 1.0, 2.0):
        people = [seen(Label.PERSON, 0.5, box(300)), seen(Label.PERSON, 0.9, box(0))]
        tracks = tracker.update(people, at, 1.0)
    assert [track.box for track in tracks] == [box(0), box(300)]


def test_a_track_is_forgotten_when_its_memory_holds_only_misses() -> None:
    tracker = Tracker()
    tracker.update([seen(Label.PHONE, 0.4, box(0))], 0.0, 1.0)
    assert len(tracker.update([], MEMORY, MEMORY)) == 1
    assert tracker.update([], MEMORY + 0.1, 0.1) == ()


@pytest.mark.parametrize(("count", "held"), [(5, 0.4), (4, 0.0)])
def test_a_score_is_held_from_the_stated_share_of_the_window_on(count: int, held: float) -> None:
    # Four fifths of 3 s are 2.4 s: five frames of half a second each, and not four.
    assert follow(*[0.4] * count).held(3.0, 0.8) == held


def test_one_strong_frame_holds_nothing_and_one_weak_frame_takes_little_away() -> None:
    assert follow(0.9).held(3.0, 0.8) == 0
    assert follow(0.4, 0.4, 0.1, 0.4, 0.5, 0.4).held(3.0, 0.8) == 0.4
    assert follow(0.4, 0.4, 0.1, 0.1, 0.5, 0.4).held(3.0, 0.8) == 0.1


@pytest.mark.parametrize("step", [0.25, 0.5, 1.0])
def test_what_is_held_does_not_depend_on_the_pace(step: float) -> None:
    steady = [0.3] * round(3.0 / step)
    assert follow(*steady, step=step).held(3.0, 0.8) == 0.3
    assert follow(*steady[: len(steady) // 2], step=step).held(3.0, 0.8) == 0


def test_a_track_knows_since_when_it_was_seen() -> None:
    track = follow(0.02, 0.3, 0.0, 0.4)
    assert (track.since(0.1), track.since(0.9)) == (0.5, 1.5)
