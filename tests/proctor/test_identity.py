"""Whether faces are one person's: the rules on both sides of each boundary, and what is needed and may be missing."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from proctor.cli import main
from proctor.commands.identity import as_line
from proctor.identity.rules import load_identity_rules
from proctor.identity.verdicts import (
    Comparison,
    Description,
    Obstacle,
    Outcome,
    Portrait,
    compare,
    outcome_of,
)
from proctor.identity.weights import identity_catalogue

RULES = load_identity_rules()


def at(distance: float) -> Description:
    """A description that lies so far from the reference."""
    description = np.zeros(128)
    description[0] = distance
    return description


REFERENCE = Portrait(at(0.0))


def judged(*pictures: float | Obstacle) -> Comparison:
    """Pictures at these distances from the reference, or with these obstacles."""
    portraits = [Portrait(None, one) if isinstance(one, Obstacle) else Portrait(at(one)) for one in pictures]
    return compare(REFERENCE, portraits, RULES)


@pytest.mark.parametrize(
    ("distance", "outcome"),
    [
        (0.0, Outcome.SAME),
        (0.50, Outcome.SAME),
        (0.501, Outcome.UNSURE),
        (0.619, Outcome.UNSURE),
        (0.62, Outcome.DIFFERENT),
        (1.4, Outcome.DIFFERENT),
    ],
)
def test_a_median_distance_is_one_of_three_answers(distance: float, outcome: Outcome) -> None:
    assert outcome_of(distance, RULES) is outcome


def test_one_picture_of_three_may_be_wrong_in_either_direction() -> None:
    assert judged(0.3, 0.9, 0.31).outcome is Outcome.SAME
    assert judged(0.9, 0.2, 0.91).outcome is Outcome.DIFFERENT
    assert judged(0.3, 0.55, 0.9).outcome is Outcome.UNSURE


def test_two_pictures_are_too_few_and_an_obstacle_is_not_made_up_for() -> None:
    assert judged(0.3, 0.3) == Comparison(Outcome.CANNOT_VERIFY, None, Obstacle.TOO_FEW, (0.3, 0.3))
    hidden = judged(0.9, Obstacle.TOO_DARK, 0.9)
    assert (hidden.outcome, hidden.obstacle) == (Outcome.CANNOT_VERIFY, Obstacle.TOO_DARK)
    assert judged(0.3, Obstacle.TOO_DARK, 0.3, 0.3).outcome is Outcome.SAME


def test_the_newest_pictures_count_and_the_commonest_obstacle_is_named() -> None:
    assert judged(0.9, 0.9, 0.3, 0.3, 0.3).outcome is Outcome.SAME
    assert judged(Obstacle.TURNED, Obstacle.NO_FACE, Obstacle.NO_FACE).obstacle is Obstacle.NO_FACE
    assert judged().obstacle is Obstacle.TOO_FEW


def test_a_reference_without_a_face_verifies_nobody() -> None:
    found = compare(Portrait(None, Obstacle.MANY_FACES), [Portrait(at(0.1))] * 3, RULES)
    assert (found.outcome, found.obstacle, found.distance) == (
        Outcome.CANNOT_VERIFY, Obstacle.MANY_FACES, None,
    )  # fmt: skip
    assert as_line(found) == "CANNOT_VERIFY (many_faces)"


@pytest.mark.parametrize(
    "change", [{"same": 0.7}, {"same": 0.0}, {"pictures": 2}, {"pictures": 0}, {"width": 0.0}]
)
def test_rules_that_make_no_sense_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"hold|odd|positive"):
        replace(RULES, **change)


def test_a_rules_file_with_a_misspelt_limit_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("sane = 0.5\n", "utf-8")
    with pytest.raises(ValueError, match=r"mine\.toml.*sane"):
        load_identity_rules(path)


def test_the_file_that_is_not_for_commercial_use_is_neither_taken_nor_named() -> None:
    files = {model.file for model in identity_catalogue().values()}
    assert files == {
        "dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat",
    }  # fmt: skip
    assert {model.licence for model in identity_catalogue().values()} == {"CC0-1.0"}


def test_without_the_weights_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--models", str(tmp_path), "identity", "verify"]) == 1
    assert "get it with `proctor identity pull`" in capsys.readouterr().err


def test_an_altered_weight_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dlib_face_recognition_resnet_model_v1.dat").write_bytes(b"nothing")
    assert main(["--models", str(tmp_path), "identity", "verify"]) == 1
    assert "is not dlib-resnet" in capsys.readouterr().err


@pytest.mark.skipif(
    importlib.util.find_spec("dlib") is not None, reason="the identity extra is installed here"
)
def test_without_the_package_the_command_says_that_identity_is_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = str(tmp_path / "a.jpg")
    assert main(["--models", str(tmp_path), "identity", "compare", picture, picture, "--json"]) == 1
    out, err = capsys.readouterr()
    assert (out, "identity is not installed" in err) == ("", True)
