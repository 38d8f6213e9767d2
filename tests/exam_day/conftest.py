"""The server, the proctor worker and the films of the played day."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.exam_day import film
from tests.exam_day.venue import PlayedVenue
from tests.support.processes import Running
from tests.support.server import COMMAND, ServerProcess

CAMERA_PLAN = [("person", 24), ("empty", 24), ("person", 4), ("phone", 40)]


@pytest.fixture
def played(prepared_server: ServerProcess) -> Iterator[tuple[ServerProcess, PlayedVenue]]:
    """A filled venue with its server and a proctor worker running."""
    prepared_server.settings["EXAMSERVER_HAND_IN_AFTER_MINUTES"] = "0"
    printed = prepared_server.run_module("tests.exam_day.venue")
    prepared_server.start()
    bus = f"shared:{prepared_server.data / 'bus'}"
    command = [*COMMAND, "proctor", "work", "--bus", bus]
    worker = Running.start(
        command, environment=prepared_server.settings, log=prepared_server.data / "worker.log"
    )
    yield prepared_server, msgspec.json.decode(printed, type=PlayedVenue)
    worker.stop()


@pytest.fixture(scope="session")
def person_empty_phone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera that sees a person, then an empty seat, then the person with a phone."""
    return film.make(tmp_path_factory.mktemp("film") / "person_empty_phone.mjpeg", CAMERA_PLAN)


@pytest.fixture
def keep_pictures(tmp_path: Path) -> Path:
    """Where a failed day leaves its screenshots."""
    folder = Path(os.environ.get("KEEP_PICTURES", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
