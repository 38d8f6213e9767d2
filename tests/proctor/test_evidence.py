"""The pictures kept are the ones that prove an incident, and never more than a few."""

import hashlib

from proctor.evidence import RECENT, Evidence, Shot
from proctor.frames import Frame
from proctor.reports import Code
from tests.proctor.made import small_jpeg


def shot(at: float, score: float) -> Shot:
    return Shot(Frame(1, int(at), at, at, small_jpeg(int(at), 50)), (), {Code.PHONE: score})


def kept(scores: list[float], since: float) -> list[float]:
    """When the stills of an episode since `since` were captured; the scores came once a second."""
    evidence = Evidence()
    for at, score in enumerate(scores):
        going_on = {Code.PHONE: since} if at >= since + 1 else {}
        evidence.keep(shot(at, score), going_on)
    return [still.captured_at for still in evidence.pick(Code.PHONE)]


def test_the_frame_that_began_it_the_strongest_and_the_last_are_picked() -> None:
    assert kept([0, 0, 0.3, 0.9, 0.4, 0.5], since=2) == [2, 3, 5]


def test_a_frame_that_is_two_of_them_is_picked_once() -> None:
    assert kept([0, 0, 0.9, 0.4], since=2) == [2, 3]


def test_the_beginning_is_kept_however_long_it_lasts() -> None:
    assert kept([0, 0, 0.3] + [0.2] * 60 + [0.8] + [0.2] * 60, since=2) == [2, 63, 123]


def test_without_an_episode_the_last_frame_is_what_there_is() -> None:
    evidence = Evidence()
    assert evidence.pick(Code.CAMERA_LOST) == ()
    for at in range(3 * RECENT):
        evidence.keep(shot(at, 0.0), {})
    assert [still.captured_at for still in evidence.pick(Code.CAMERA_LOST)] == [3 * RECENT - 1]


def test_a_still_carries_the_hash_of_its_bytes() -> None:
    evidence = Evidence()
    evidence.keep(shot(4, 0.5), {})
    still = evidence.pick(Code.PHONE)[0]
    assert still.sha256 == hashlib.sha256(still.jpeg).hexdigest()
