"""What the tests of applications share: an office with its offerings, and a folder for documents."""

from pathlib import Path

import pytest
from pytest_django import Settings

from examserver.registration.services import add_offering
from tests.registration.applications.people import Office


def open_office() -> Office:
    """The offerings O1, O3 and O5 and who works there."""
    for code, name, level in (("O1", "创意策划", 4), ("O3", "视听运营", 3), ("O5", "直播运营", 3)):
        add_offering(code=code, name=f"全媒体运营师（{name}）", name_en=name, level=level)
    return Office()


@pytest.fixture(autouse=True)
def document_folder(tmp_path: Path, settings: Settings) -> Path:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def office(db: None) -> Office:
    return open_office()


@pytest.fixture
def committed_office(transactional_db: None) -> Office:
    """The same with real commits, for tests with several connections."""
    return open_office()
