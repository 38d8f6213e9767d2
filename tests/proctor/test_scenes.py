"""Composed pictures differ from moment to moment and are the same for the same seed."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from proctor.scenes import HEIGHT, WIDTH, names, scene, write_mjpeg


@pytest.mark.parametrize("name", names())
def test_a_scene_is_a_camera_picture_that_never_stands_still(name: str) -> None:
    first, later = scene(name, 1.0), scene(name, 1.5)
    assert first.shape == (HEIGHT, WIDTH, 3)
    assert first.dtype == np.uint8
    assert (first != later).any()
    assert (scene(name, 1.0) == first).all()
    assert (scene(name, 1.0, seed=2) != first).any()


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        scene("nowhere", 0.0)


def test_a_film_holds_each_scene_for_its_seconds(tmp_path: Path) -> None:
    path = tmp_path / "film.mjpeg"
    assert write_mjpeg(path, [("person", 1.0), ("covered", 0.5)], fps=4) == 6
    data = path.read_bytes()
    pictures = [b"\xff\xd8" + part for part in data.split(b"\xff\xd8")[1:]]
    decoded = [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR) for one in pictures]
    brightness = [float(one.mean()) > 60 for one in decoded if one is not None]
    assert brightness == [True] * 4 + [False] * 2
