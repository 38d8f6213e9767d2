"""The browser that a person names is taken or refused, never replaced; otherwise the first that starts."""

from pathlib import Path

import pytest

from tools import chromium


def a_browser(folder: Path, name: str, *, says: str) -> Path:
    """A program that answers `--version` as `says`."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_the_one_that_the_variable_names_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = a_browser(tmp_path, "mine", says="Chromium 156.0")
    monkeypatch.setenv(chromium.VARIABLE, str(named))
    assert chromium.find() == named


def test_one_that_is_named_and_does_not_start_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_browser(tmp_path, "chromium", says="Chromium 156.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "missing"))
    with pytest.raises(chromium.NoChromium, match="missing"):
        chromium.find()


def test_a_placeholder_on_the_path_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_browser(tmp_path, "chromium", says="install me with snap")
    real = a_browser(tmp_path, "google-chrome", says="Google Chrome 156.0")
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert chromium.find() == real
