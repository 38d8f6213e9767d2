"""Composed sessions repeat themselves to the byte, hold what their manifest says, and can be evaluated."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctor.cli import main
from proctor.compose.alone import before_grey
from proctor.compose.camera import make_camera
from proctor.compose.chance import Chance
from proctor.compose.covers import COVERS
from proctor.compose.drawing import away, make_thing
from proctor.compose.plan import APART, FPS, PASSES_BY, QUIET, SECONDS, Happening, make_script
from proctor.compose.things import ALLOWED, BOOKS, COMPUTERS, PHONES
from proctor.reports import Code
from proctor.scenes import HEIGHT, WIDTH


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """Two sessions."""
    folder = tmp_path_factory.mktemp("composed") / "set"
    asked = ["--models", str(models_dir), "compose", str(folder), "--sessions", "2", "--seed", "7"]
    assert main(asked) == 0
    return folder


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def rows(folder: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text())["sessions"]
    return told


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    composed: Path, tmp_path: Path, models_dir: Path
) -> None:
    for seed, same in (("7", True), ("8", False)):
        folder = tmp_path / seed
        asked = ["--models", str(models_dir), "compose", str(folder), "--sessions", "2", "--seed", seed]
        assert main(asked) == 0
        assert (digest(folder) == digest(composed)) is same


def test_the_manifest_says_that_it_is_composed_and_of_what(composed: Path) -> None:
    told = json.loads((composed / "manifest.json").read_text())
    assert told["composed"] is True
    assert (told["made"]["seed"], set(told["made"]["known_by"])) == (7, {"yolox-nano", "centerface"})
    assert "astronaut" in told["made"]["material"]
    for row in told["sessions"]:
        pictures = len(list((composed / row["frames"]).glob("*.jpg")))
        assert all(event["end"] * FPS <= pictures for event in row["truth"] + row["unclear"])


def test_only_a_frozen_camera_gives_a_picture_twice(composed: Path) -> None:
    for row in rows(composed):
        frames = [path.read_bytes() for path in sorted((composed / row["frames"]).glob("*.jpg"))]
        frozen = [one for one in row["truth"] if one["variant"] == "same bytes"]
        expected = sum(round((one["end"] - one["start"]) * FPS) for one in frozen)
        assert len(frames) - len(set(frames)) == expected


def test_a_composed_set_is_evaluated_as_composed(
    composed: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(composed / "manifest.json")
    assert main(["--models", str(models_dir), "evaluate", path, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["time"]["composed_sessions"] == 2
    assert set(result["codes"]) >= {event["code"] for row in rows(composed) for event in row["truth"]}


def test_what_the_detector_does_not_know_alone_is_unclear_and_never_an_event(composed: Path) -> None:
    for row in rows(composed):
        assert all(one.get("alone", 1.0) >= 0.25 for one in row["truth"])
        assert all(one["alone"] < 0.25 and one["code"] == "" for one in row["unclear"])


@given(st.integers(0, 10_000), st.integers(0, 200))
def test_events_keep_their_lengths_and_distances(seed: int, number: int) -> None:
    script = make_script(seed, number)
    assert script == make_script(seed, number)
    events = [one for one in script.happenings if one.code is not None]
    for one in events:
        low, high = SECONDS[one.code or Code.PHONE]
        assert low - 0.5 <= one.end - one.start <= high + 0.5
    starts = [one.start for one in script.happenings]
    ends = [0.0, *(one.end for one in script.happenings[:-1])]
    assert starts[0] >= QUIET - 0.5
    assert all(later - earlier >= APART - 0.5 for earlier, later in zip(ends[1:], starts[1:], strict=True))
    assert script.seconds >= script.happenings[-1].end


def test_somebody_who_passes_by_is_there_for_less_than_three_seconds() -> None:
    quiet = [one for number in range(60) for one in make_script(3, number).happenings if one.code is None]
    passing = [one for one in quiet if one.variant == PASSES_BY]
    assert passing
    assert all(one.end - one.start <= 2 for one in passing)


@pytest.mark.parametrize(
    ("t", "expected"),
    [(8.4, 0.0), (9.25, 0.5), (10.0, 1.0), (20.0, 1.0), (20.75, 0.5), (21.6, 0.0)],
)
def test_who_leaves_is_gone_from_the_start_to_the_end_of_the_event(t: float, expected: float) -> None:
    gone = Happening(Code.SEAT_EMPTY, "leaves left", 10.0, 20.0)
    assert away(gone, t) == pytest.approx(expected)


@pytest.mark.parametrize("name", COVERS)
def test_a_cover_fills_the_picture(name: str) -> None:
    cover = COVERS[name](Chance(1))
    assert cover.shape == (HEIGHT, WIDTH, 3)
    assert cover.dtype == np.uint8
    assert (cover == COVERS[name](Chance(1))).all()


@pytest.mark.parametrize("name", [*PHONES, *BOOKS, *COMPUTERS, *ALLOWED])
def test_every_thing_covers_some_of_its_canvas_and_not_all(name: str) -> None:
    drawing = {**PHONES, **BOOKS, **COMPUTERS, **ALLOWED}[name](Chance(1))
    covered = float((drawing.mask > 0).mean())
    assert 0.15 < covered < 0.95
    assert (before_grey(drawing.turned(10, 0.5)) != 150).any()


def test_another_attempt_draws_the_same_kind_of_thing_differently() -> None:
    scripts = [make_script(1, number) for number in range(40)]
    script, number = next(
        (script, number)
        for script in scripts
        for number, one in enumerate(script.happenings)
        if one.variant in PHONES
    )
    first, second = (make_thing(script, number, attempt) for attempt in (0, 1))
    assert (first.degrees, first.scale) != (second.degrees, second.scale)
    assert (first.drawing.image != second.drawing.image).any()


def test_a_camera_never_gives_the_same_picture_twice_and_darkens_with_the_light() -> None:
    camera = make_camera((1, 2))
    scene = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    first, second, dark = (
        camera.shoot(scene, 0, 0.0),
        camera.shoot(scene, 1, 0.0),
        camera.shoot(scene, 2, 0, 0.1),
    )
    assert (first != second).any()
    assert (camera.shoot(scene, 0, 0.0) == first).all()
    assert dark.mean() < first.mean() / 3


@pytest.mark.parametrize("wrong", [["--sessions", "0"], ["--seed", "-1"]])
def test_numbers_that_make_no_sense_are_refused(tmp_path: Path, wrong: list[str]) -> None:
    assert main(["compose", str(tmp_path / "new"), *wrong]) == 2


def test_a_folder_with_something_in_it_is_left_alone(composed: Path) -> None:
    assert main(["compose", str(composed)]) == 2
