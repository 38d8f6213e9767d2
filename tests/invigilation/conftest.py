"""A running room, with a bus and an evidence folder of the test's own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from examserver.invigilation.bus import frame_bus
from proctor.buses.shared import SharedBus
from tests.delivery.conftest import START
from tests.delivery.venue import build
from tests.invigilation.room import Room, running_room


@pytest.fixture
def bus(settings: Settings, tmp_path: Path) -> Iterator[SharedBus]:
    """The server's own bus, in this test's folder."""
    settings.FRAME_BUS = f"shared:{tmp_path / 'bus'}"
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    # Nobody types a password here, and five slow hashes a test are most of its time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    opened = frame_bus()
    assert isinstance(opened, SharedBus)
    yield opened
    opened.discard()


@pytest.fixture
def room(db: None, bus: SharedBus) -> Room:
    """The theory has begun at 09:00 on 2026-03-28 in Shanghai; candidates 0 and 1 are at work."""
    return running_room(build(START - timedelta(hours=1)), START)


@pytest.fixture
def committed_room(transactional_db: None, bus: SharedBus) -> Room:
    """The same with real commits, so that events are really sent."""
    return running_room(build(START - timedelta(hours=1)), START)
