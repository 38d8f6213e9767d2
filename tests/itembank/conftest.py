"""What the item bank's tests share: a store of their own for materials."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def store(tmp_path: Path, settings: Settings) -> Path:
    """An empty store for materials."""
    settings.MATERIAL_DIR = tmp_path / "store"
    return tmp_path / "store"
