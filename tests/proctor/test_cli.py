"""The commands print what was asked and say what went wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from proctor.cli import main
from tests.proctor.made import jpeg


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "phone.jpg"
    path.write_bytes(jpeg("phone"))
    return path


def test_detect_tells_size_labels_scores_and_boxes(
    picture: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--models", str(models_dir), "detect", str(picture), "--json"]) == 0
    [entry] = json.loads(capsys.readouterr().out)
    assert (entry["file"], entry["width"], entry["height"]) == (str(picture), 640, 480)
    found = {one["label"]: one for one in entry["detections"]}
    assert {"person", "phone"} <= set(found)
    x1, y1, x2, y2 = found["phone"]["box"]
    assert 0 <= x1 < x2 <= 640
    assert 0 <= y1 < y2 <= 480


def test_a_picture_that_cannot_be_read_is_an_error_and_the_others_are_printed(
    picture: Path, models_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    asked = [str(path) for path in (text, tmp_path / "missing.jpg", picture)]
    assert main(["--models", str(models_dir), "detect", *asked, "--json"]) == 1
    bad, missing, good = json.loads(capsys.readouterr().out)
    assert (bad["error"], missing["error"]) == ("undecodable", "No such file or directory")
    assert good["detections"]


def test_detect_for_people_prints_a_line_for_each_thing(
    picture: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--models", str(models_dir), "detect", str(picture), "--least", "0.5"]
    assert main(asked) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith("phone.jpg: 640x480")
    assert {line.split()[0] for line in lines} == {"person", "phone"}


def test_missing_weights_are_an_error_that_names_the_command(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--models", str(tmp_path), "detect", str(picture)]) == 1
    assert main(["--models", str(tmp_path), "models", "verify"]) == 1
    assert capsys.readouterr().err.count("proctor models pull") == 2


def test_models_verify_says_where_each_one_is(models_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--models", str(models_dir), "models"]) == 0
    assert "yolox-nano: " in capsys.readouterr().out


def test_work_with_an_address_that_is_none_ends_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["work", "--bus", "nothing"]) == 2
    assert capsys.readouterr().err


def test_the_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "proctor", "--help"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "detect" in done.stdout) == (0, True)
