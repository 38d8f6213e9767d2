"""The first command a stranger runs finds a Python that fits, or says what to do."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT

FIND = ROOT / "tools" / "find_python"


def find(python: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": python}
    return subprocess.run([str(FIND)], env=environment, capture_output=True, text=True, check=False)


def an_interpreter(folder: Path, *, fits: bool) -> str:
    """A program that answers the question of its version as an old or a new Python would."""
    path = folder / f"python-{fits}"
    path.write_text(f"#!/bin/sh\nexit {0 if fits else 1}\n")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_fits_is_named() -> None:
    found = find(sys.executable)
    assert (found.returncode, found.stdout.strip()) == (0, sys.executable)


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    old, new = an_interpreter(tmp_path, fits=False), an_interpreter(tmp_path, fits=True)
    assert find(f"{old} {new}").stdout.strip() == new


def test_without_one_it_says_what_to_install(tmp_path: Path) -> None:
    found = find(an_interpreter(tmp_path, fits=False))
    assert found.returncode == 1
    assert "3.11" in found.stderr
    assert "python3-venv" in found.stderr
