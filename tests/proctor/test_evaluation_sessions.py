"""Manifests are read or refused by name, and their pictures are played as a seat would send them."""

import json
import re
from pathlib import Path
from typing import Any

import cv2
import psutil
import pytest

from proctor.cli import main
from proctor.evaluating.films import BadFilm, Film
from proctor.evaluating.manifest import ManifestError, read_manifest
from proctor.evaluating.running import Machine, PlayerDied, run
from proctor.scenes import scene, write_mjpeg
from tests.proctor.made import jpeg

Row = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight pictures of a person, twelve with a phone, eight without."""
    plan = ["person"] * 8 + ["phone"] * 12 + ["person"] * 8
    (tmp_path / "one").mkdir()
    for number, name in enumerate(plan):
        (tmp_path / "one" / f"{number:06d}.jpg").write_bytes(jpeg(name, number % 8 / 2))
    return tmp_path


def written(folder: Path, *rows: Row) -> Path:
    plain = {"id": "s", "fps": 2, "frames": "one", "truth": [{"code": "PHONE", "start": 4.0, "end": 10.0}]}
    path = folder / "manifest.json"
    path.write_text(json.dumps({"sessions": [{**plain, **row} for row in rows]}))
    return path


def test_a_session_is_played_and_told_in_the_stated_form(
    folder: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {"code": "OTHER", "start": 0, "end": 1}
    path = written(folder, {"truth": [{"code": "PHONE", "start": 4, "end": 10}, other]})
    assert main(["--models", str(models_dir), "evaluate", str(path), "--json", "--curve"]) == 0
    out = capsys.readouterr()
    result = json.loads(out.out)
    phone = result["codes"]["PHONE"]
    assert (phone["events"], phone["found"], phone["false_alarms"]) == (1, 1, 0)
    assert 0 < phone["delay_p50"] == phone["delay_p95"] <= 6
    assert (result["codes"]["OTHER"]["found"], result["time"]["coverage"]) == (0, 1.0)
    assert set(result["hashes"]) == {"program", "models", "policy", "manifest", "frames"}
    assert result["curves"]["PHONE"]["points"][0]["events"] == 1
    assert "1/1 s: 14 s" in out.err


def test_several_processes_say_the_same_as_one(
    folder: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(folder, {"id": "a"}, {"id": "b"})
    told = []
    for jobs in ("1", "2"):
        assert main(["--models", str(models_dir), "evaluate", str(path), "--json", "--jobs", jobs]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert main(["--models", str(models_dir), "evaluate", str(path), "--session", "a"]) == 0
    assert re.search(r"^PHONE +1 +1 +0 +0", capsys.readouterr().out, re.M)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"fps": 0}, "session s, fps"),
        ({"fps": "2"}, "session s, fps"),
        ({"frames": "nowhere"}, "session s, frames"),
        ({"frames": None}, "session s, frames"),
        ({"truth": None}, "session s, truth"),
        ({"truth": [{"code": "PHONE", "start": 5, "end": 5}]}, "session s, truth[0]"),
        ({"truth": [{"code": "PHONE", "start": 5}]}, "session s, truth[0].end"),
        ({"truth": [{"start": 5, "end": 6}]}, "session s, truth[0].code"),
        ({"unclear": [3]}, "session s, unclear[0]"),
        ({"distinct_minutes": "many"}, "session s, distinct_minutes"),
        ({"id": 7}, "session number 1, id"),
    ],
)
def test_a_wrong_manifest_is_refused_with_session_and_field(
    folder: Path, row: Row, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(written(folder, row))]) == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[]", '{"sessions": []}', '{"sessions": [3]}'])
def test_what_is_no_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    assert main(["evaluate", str(folder / "manifest.json")]) == 2
    assert main(["evaluate", str(folder / "missing.json")]) == 2


def test_an_id_that_stands_twice_or_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(ManifestError, match="more than once"):
        read_manifest(written(folder, {}, {}))
    with pytest.raises(ManifestError, match="no session t"):
        read_manifest(written(folder, {}), ["t"])


def test_a_picture_that_cannot_be_decoded_is_counted_and_costs_coverage(
    folder: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20, 28):
        (folder / "one" / f"{number:06d}.jpg").write_bytes(b"\xff\xd8nothing\xff\xd9")
    asked = ["--models", str(models_dir), "evaluate", str(written(folder, {})), "--json"]
    assert main(asked) == 0
    [session] = json.loads(capsys.readouterr().out)["sessions"]
    assert sum(session["refused"].values()) == 8
    assert session["coverage"] == pytest.approx((9.5 + 2) / 14, abs=1e-3)


def test_a_film_gives_the_pictures_that_are_due_by_its_own_clock(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (640, 480))
    for number in range(30):
        writer.write(scene("person", number / 10))
    writer.release()
    assert len(list(Film(path, 10.0).jpegs())) == 30
    assert len(list(Film(path, 2.0).jpegs())) == 6
    with pytest.raises(BadFilm, match="fewer than"):
        list(Film(path, 25.0).jpegs())


def test_a_stream_of_jpegs_is_cut_into_them(tmp_path: Path) -> None:
    count = write_mjpeg(tmp_path / "film.mjpeg", [("person", 2.0)], fps=3)
    parts = list(Film(tmp_path / "film.mjpeg", 3.0).jpegs())
    assert len(parts) == count
    assert all(part[:2] == b"\xff\xd8" and part[-2:] == b"\xff\xd9" for part in parts)
    assert b"".join(parts) == (tmp_path / "film.mjpeg").read_bytes()


def test_a_film_that_is_none_is_refused_by_name(
    folder: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "film.mp4").write_bytes(b"nothing")
    asked = ["--models", str(models_dir), "evaluate", str(written(folder, {"frames": "film.mp4"}))]
    assert main(asked) == 2
    assert "session s, frames" in capsys.readouterr().err


def test_a_player_that_is_killed_is_named_and_nothing_hangs(folder: Path, models_dir: Path) -> None:
    sessions = read_manifest(written(folder, *({"id": str(number)} for number in range(6))))

    def kill(_told: str) -> None:
        for child in psutil.Process().children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.kill()

    with pytest.raises(PlayerDied, match="a process that played sessions ended"):
        run(sessions, Machine(models_dir, jobs=2), kill)
