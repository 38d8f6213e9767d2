"""A real worker that is given what is no picture, other weights, no disk, or a kill: it counts, says and goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from proctor import models
from proctor.bus import SourceStatus
from proctor.frames import SOS
from tests.proctor.made import jpeg
from tests.proctor.test_bad_input import many_scans
from tests.proctor.working import Room

PERSON, PHONE = jpeg("person"), jpeg("phone")
BAD = {
    "undecodable": b"\xff\xd8 no picture \xff\xd9",
    "damaged": PERSON[: PERSON.index(SOS) + 9000] + b"\xff\xd9",
    "too_many_scans": many_scans(5000),
}


@pytest.fixture
def room(tmp_path: Path, models_dir: Path) -> Iterator[Room]:
    room = Room(tmp_path, models_dir)
    yield room
    room.close()


def accounted(status: SourceStatus) -> int:
    """Frames of which it is known what became of them."""
    ended = status.analysed + status.dropped + status.refused + status.late + status.timed_out
    return ended + status.waiting + status.in_work


def test_each_bad_picture_is_counted_and_named_and_the_good_seat_goes_on(room: Room) -> None:
    shown = dict(enumerate([*BAD.values(), PERSON], start=1))
    room.watch(*shown)
    room.start()
    room.play(shown, lambda: all(room.status(seat).refused >= 3 for seat in (1, 2, 3)))
    assert room.status(4).analysed >= 3
    for seat, code in enumerate(BAD, start=1):
        assert f"of source {seat} came to nothing: {code}" in room.log()
        assert room.status(seat).analysed == 0
    assert all(room.status(seat).received == accounted(room.status(seat)) for seat in shown)


def test_a_seat_that_sent_rubbish_is_looked_at_again_with_its_next_whole_picture(room: Room) -> None:
    room.watch(1)
    room.start()
    room.play({1: BAD["damaged"]}, lambda: room.status(1).refused >= 2)
    room.play({1: PERSON}, lambda: room.status(1).analysed >= 2)
    assert "Traceback" not in room.log()


def test_a_worker_killed_while_it_has_a_frame_leaves_none_uncounted(room: Room) -> None:
    room.watch(1, 2)
    shown = {1: PHONE, 2: PERSON}
    for _ in range(3):
        worker = room.start()
        before = room.status(1).analysed
        room.play(shown, lambda before=before: room.status(1).analysed > before)
        room.send(1, PHONE)
        room.wait(lambda: not room.status(1).waiting)  # taken, and hardly ready yet
        worker.kill()
        worker.wait()
    room.start()
    before = room.status(1).analysed
    room.play(shown, lambda: room.status(1).analysed > before + 2)
    room.wait(lambda: not room.status(1).in_work)
    for seat in shown:
        status = room.status(seat)
        assert status.received == accounted(status)


def test_altered_weights_are_named_with_what_was_expected_and_what_was_found(
    models_dir: Path, tmp_path: Path
) -> None:
    model = models.catalogue()["yolox-nano"]
    mine = tmp_path / "models"
    shutil.copytree(models_dir, mine)
    data = bytearray((mine / model.file).read_bytes())
    data[len(data) // 2] ^= 1
    (mine / model.file).write_bytes(data)
    room = Room(tmp_path, mine)
    worker = room.start()
    assert worker.wait(30) == 1
    said = room.log()
    room.close()
    assert (
        f"{model.file} is not yolox-nano: expected {model.size} bytes, sha256 {model.sha256}; found" in said
    )
    assert said.count("sha256") == 2
    assert "Traceback" not in said


def test_missing_weights_are_named_with_the_command_that_gets_them(models_dir: Path, tmp_path: Path) -> None:
    mine = tmp_path / "models"
    shutil.copytree(models_dir, mine)
    (mine / models.catalogue()["yolox-nano"].file).unlink()
    room = Room(tmp_path, mine)
    code = room.start().wait(30)
    said = room.log()
    room.close()
    assert (
        code,
        models.catalogue()["yolox-nano"].file in said,
        "models pull" in said,
        "Traceback" in said,
    ) == (1, True, True, False)


def test_on_a_full_disk_an_incident_is_still_told_without_its_pictures(room: Room) -> None:
    room.watch(1)
    room.start(most_file_bytes=12_000)
    room.play({1: PHONE}, lambda: "PHONE raised" in room.log())
    [raised] = [one for one in room.reports() if one.phase == "raised"]
    assert (raised.code, [still.jpeg for still in raised.stills]) == ("PHONE", [b""] * len(raised.stills))
    assert raised.stills
    analysed = room.status(1).analysed
    room.play({1: PERSON}, lambda: room.status(1).analysed > analysed + 3)
