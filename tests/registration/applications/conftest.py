"""What the tests of applications share: an office with its offerings, and a folder for documents."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.registration.applications.people import Office
from tests.registration.catalogue.notices import load


def open_office() -> Office:
    """The notice of 2026 and who works there."""
    load()
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
