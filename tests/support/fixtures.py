"""Where other people's files to test against lie; they are no part of the project, so tests skip without them."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2].parent / "shared" / "fixtures"


def fixtures(folder: str) -> Path:
    """The folder below the fixtures; the test is skipped, and says why, where there is none."""
    root = Path(os.environ.get("EXAMSERVER_FIXTURES", BESIDE))
    found = root / folder
    if not found.is_dir():
        pytest.skip(f"no fixtures at {found}: EXAMSERVER_FIXTURES names their folder")
    return found
