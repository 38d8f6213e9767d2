"""A real server whose volume of evidence is full: every answer is stored, every incident is there and says so."""

import asyncio
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from examserver.kernel import clock
from proctor.bus import Bus, open_bus
from proctor.buses.shared import SharedBus
from proctor.reports import Code, IncidentReport, make_still
from tests.day import records, venue
from tests.day.candidates import all_heard_since, everybody, until
from tests.day.test_kill import at_work, bus_url, check_answers, check_house
from tests.invigilation.pictures import KILOBYTE, clip, padded
from tests.support.server import DATABASE, ServerProcess
from tests.support.volumes import small_volume

pytestmark = pytest.mark.day

SEATS, INCIDENTS = 3, 9


def report_everything(bus: Bus, sitting: int, at: float) -> None:
    """An incident a second, each with a still of 250 kB and then a clip of 600 kB."""
    for number in range(INCIDENTS):
        began = at + number
        picture = make_still(began, padded(10 + number, 250 * KILOBYTE), ())
        uid = f"{sitting}-PHONE-{round(began * 1000)}"
        told = IncidentReport(uid, sitting, Code.PHONE, "raised", began, began + 3, 0.9, (picture,))
        bus.send(told)
        film = replace(
            told, phase="filmed", at=began + 13, stills=(), clip=clip(100 + number, 600 * KILOBYTE)
        )
        bus.send(film)


def pieces(server: ServerProcess) -> list[tuple[str, str, int]]:
    """Kind, why it is gone, and size of every piece of evidence."""
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        return list(database.execute("SELECT kind, gone, size FROM invigilation_evidence ORDER BY id"))


def test_a_full_volume_of_evidence_costs_pictures_and_no_answer(
    tmp_path: Path, migrated_database: Path
) -> None:
    with small_volume(tmp_path / "evidence", megabytes=2) as volume:
        told = {"EXAMSERVER_EVIDENCE": str(volume), "EXAMSERVER_EVIDENCE_FLOOR_MB": "-1000000"}
        server = ServerProcess.prepare(tmp_path / "venue", database=migrated_database, **told)
        try:
            fill_it_up(server)
        finally:
            server.stop()
        kept = [size for _, gone, size in pieces(server) if not gone]
        assert sum(kept) <= 2 * 1024 * KILOBYTE
        assert sorted(path.stat().st_size for path in volume.glob("*/*")) == sorted(kept)


def fill_it_up(server: ServerProcess) -> None:
    room = venue.prepare(server.settings, SEATS)
    people = everybody(server.url, room.seats, 0.03)
    server.start()
    bus = open_bus(bus_url(server))

    async def play() -> None:
        async with at_work(people):
            await all_heard_since(people, time.monotonic())
            report_everything(bus, room.seats[0].sitting, clock.now().timestamp())
            await until(
                lambda: len(pieces(server)) == 2 * INCIDENTS, seconds=30, what="every picture is named"
            )
            await all_heard_since(people, time.monotonic())

    try:
        asyncio.run(play())
    finally:
        SharedBus(server.data / "bus").discard()
        bus.close()
    assert {"", "no_room"} == {gone for _, gone, _ in pieces(server)}
    server.kill()
    found = records.read(server.settings)
    check_answers(people, found)
    check_house(found)
