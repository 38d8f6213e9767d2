"""A phone before a real worker and server: the clip arrives and holds, also when the worker is killed meanwhile."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from examserver.kernel import clock
from proctor.bus import Bus, open_bus
from proctor.buses.shared import SharedBus
from proctor.clips import read_clip
from proctor.frames import Frame, encode
from proctor.scenes import scene
from tests.day import venue
from tests.day.test_kill import bus_url, start_worker
from tests.support.server import DATABASE, ServerProcess

pytestmark = pytest.mark.day

SECONDS, AT = 60, 0.5


def show(bus: Bus, sitting: int, name: str, number: int) -> None:
    """A frame of a scene, now."""
    now = clock.now().timestamp()
    bus.put(Frame(sitting, number, now, now, encode(scene(name, number / 2 % 3))))


def clips(server: ServerProcess) -> list[tuple[str, str]]:
    """Path and state of every clip."""
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        return list(database.execute("SELECT path, gone FROM invigilation_evidence WHERE kind = 'CLIP'"))


def raised(server: ServerProcess) -> int:
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        return int(database.execute("SELECT count(*) FROM invigilation_incident").fetchone()[0])


@pytest.mark.parametrize("kill", [False, True])
def test_a_phone_is_filmed_and_the_house_verifies_it(
    prepared_server: ServerProcess, models_dir: Path, kill: bool
) -> None:
    server = prepared_server
    sitting = venue.prepare(server.settings, 1).seats[0].sitting
    server.start()
    bus, worker = open_bus(bus_url(server)), start_worker(server)
    try:
        for number in range(round(SECONDS / AT)):
            show(bus, sitting, "person" if number < 16 else "phone", number)
            time.sleep(AT)
            if kill and raised(server):
                worker.kill()
                worker, kill = start_worker(server), False
            if clips(server):
                break
    finally:
        worker.stop()
        SharedBus(server.data / "bus").discard()
        bus.close()
    assert not kill
    [(path, gone), *_] = clips(server)
    frames = read_clip((server.data / "evidence" / path).read_bytes())
    assert (gone, len(frames) > 5) == ("", True)
    assert "0 do not hold" in server.manage("evidence", "verify")
