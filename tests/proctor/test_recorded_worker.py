"""A real worker is recorded and replayed, whether it ends by itself, is killed, or has no room left to write."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proctor.cli import main
from proctor.runs import find_runs
from tests.proctor.made import jpeg
from tests.proctor.working import Room

PHONE, PERSON = jpeg("phone"), jpeg("person")


@pytest.fixture
def room(tmp_path: Path, models_dir: Path) -> Iterator[Room]:
    room = Room(tmp_path, models_dir)
    yield room
    room.close()


def replayed(
    room: Room, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, object]]:
    code = main(["--models", str(models_dir), "replay", str(room.directory / "rec"), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_workers_that_are_killed_and_follow_each_other_replay_byte_for_byte(
    room: Room, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room.watch(1, 2)
    first = room.start("--record", str(room.directory / "rec"))
    room.play({1: PHONE, 2: PERSON}, lambda: "PHONE raised" in room.log())
    first.kill()
    first.wait()
    second = room.start("--record", str(room.directory / "rec"))
    analysed = room.status(1).analysed
    room.play({1: PERSON, 2: PHONE}, lambda: room.status(1).analysed > analysed + 12)
    second.terminate()
    assert second.wait(20) == 0
    code, told = replayed(room, models_dir, capsys)
    assert (code, told["identical"], len(find_runs(room.directory / "rec"))) == (0, True, 2)
    runs = told["runs"]
    assert isinstance(runs, list)
    assert sum(run["notes"]["counts"]["frame"] for run in runs) >= 20
    assert sum(run["reports"] for run in runs) >= 1


def test_a_disk_that_is_full_ends_the_recording_and_nothing_else(
    room: Room, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room.watch(1)
    room.start("--record", str(room.directory / "rec"), most_file_bytes=400_000)
    room.play({1: PERSON}, lambda: "the recording stops" in room.log())
    assert "File too large" in room.log()
    analysed = room.status(1).analysed
    room.play({1: PERSON}, lambda: room.status(1).analysed > analysed + 4)
    assert replayed(room, models_dir, capsys)[0] == 0


def test_a_place_where_nothing_can_be_written_is_said_at_the_start(room: Room) -> None:
    place = room.directory / "file"
    place.write_text("not a directory")
    worker = room.start("--record", str(place / "rec"))
    assert worker.wait(30) == 1
    assert f"nothing can be recorded in {place}/rec: Not a directory" in room.log()
    assert "Traceback" not in room.log()


def test_nothing_is_recorded_unless_it_is_asked_for(room: Room) -> None:
    room.watch(1)
    room.start()
    room.play({1: PERSON}, lambda: room.status(1).analysed > 2)
    time.sleep(0.1)
    assert not [path for path in room.directory.rglob("*") if path.suffix == ".rec"]
