"""Twenty cameras, workers on one core that are killed again and again: no frame and no second is uncounted."""

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from proctor.bus import Bus, SourceStatus, open_bus
from proctor.buses.shared import SharedBus
from proctor.coverage import SPACING
from tests.day import venue
from tests.day.cameras import Camera, filming
from tests.day.candidates import until
from tests.support.processes import Running
from tests.support.server import COMMAND, DATABASE, ServerProcess

pytestmark = pytest.mark.day

SEATS = 20
WORKERS = 2
STEADY_SECONDS = 25
KILLS = 4
WRITTEN_AFTER = 13  # a second is certain six seconds later, and written within five more
ALONE_SECONDS = 4
WANTED = 0.995


@dataclass(frozen=True)
class Row:
    """A span as it is stored."""

    sitting: int
    began: float
    ended: float
    cause: str

    def within(self, began: float, ended: float) -> float:
        """How many of its seconds lie in a time."""
        return max(0.0, min(self.ended, ended) - max(self.began, began))


class Crew:
    """The workers, all on one core."""

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self.core = max(os.sched_getaffinity(0))
        self.running = [self.start() for _ in range(WORKERS)]

    @property
    def url(self) -> str:
        return f"shared:{self._server.data / 'bus'}"

    def start(self) -> Running:
        command = [*COMMAND, "proctor", "work", "--bus", self.url]
        worker = Running.start(
            command, environment=self._server.settings, log=self._server.data / "worker.log"
        )
        os.sched_setaffinity(worker.process.pid, {self.core})
        put_first(worker)
        return worker

    def kill(self, places: range) -> None:
        """kill -9, and another one each; where nobody is left, after whole seconds without a worker."""
        for place in places:
            self.running[place].kill()
        if len(places) == WORKERS:
            time.sleep(ALONE_SECONDS)
        for place in places:
            self.running[place] = self.start()

    def stop(self) -> None:
        for worker in self.running:
            worker.stop()


def put_first(running: Running) -> None:
    """Before whatever else this machine does meanwhile, where that is allowed."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, running.process.pid, -10)


@contextmanager
def at_work(server: ServerProcess) -> Iterator[tuple[Crew, Bus]]:
    crew = Crew(server)
    bus = open_bus(crew.url)
    try:
        yield crew, bus
    finally:
        crew.stop()
        bus.close()


def spans(server: ServerProcess) -> list[Row]:
    """The ledger as it is in the database."""
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        rows = database.execute(
            "SELECT sitting_id, began_at, ended_at, cause FROM invigilation_coveragespan ORDER BY 1, 2"
        ).fetchall()
    return [Row(sitting, moment(began), moment(ended), cause) for sitting, began, ended, cause in rows]


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def accounted(status: SourceStatus) -> int:
    ends = status.analysed + status.refused + status.late + status.timed_out
    return ends + status.dropped


def share(rows: list[Row], began: float, ended: float) -> float:
    """The analysed part of all seats' seconds in a time."""
    seconds = sum(row.within(began, ended) for row in rows)
    assert seconds == pytest.approx(SEATS * (int(ended) - int(began)), abs=SEATS)
    return sum(row.within(began, ended) for row in rows if row.cause == "analysed") / seconds


def check_frames(cameras: list[Camera], bus: Bus) -> dict[str, int]:
    """What was sent is what was received, and all of that came to some end; returns the sums."""
    statuses = {camera.source: bus.status(camera.source) for camera in cameras}
    for camera in cameras:
        status = statuses[camera.source]
        assert camera.sent == status.received + camera.refused
        assert status.received == accounted(status)
    names = ("received", "analysed", "dropped", "refused", "late", "timed_out")
    return {name: sum(getattr(status, name) for status in statuses.values()) for name in names}


def check_seconds(rows: list[Row]) -> None:
    """The spans of a seat follow each other without a hole and without an overlap."""
    for one, two in pairwise(rows):
        assert one.began < one.ended
        assert one.sitting != two.sitting or one.ended == two.began


def test_no_frame_and_no_second_is_uncounted_while_workers_are_killed(
    prepared_server: ServerProcess, models_dir: Path
) -> None:
    server = prepared_server
    room = venue.prepare(server.settings, SEATS)
    server.start()
    if server.running is not None:
        put_first(server.running)
    times: list[float] = []

    async def play(crew: Crew, bus: Bus) -> list[Camera]:
        cameras = [Camera(server.url, seat) for seat in room.seats]

        def all_since(then: float) -> bool:
            return all(one.analysed_at > then for one in bus.statuses([c.source for c in cameras]).values())

        async def everybody(then: float, what: str) -> None:
            await until(lambda: all_since(then), seconds=40, what=what)

        async with filming(cameras):
            await everybody(time.time(), "every seat is analysed")
            times.append(time.time() + 1)
            await asyncio.sleep(STEADY_SECONDS)
            # A second is analysed when a frame after it is, up to two seconds later: the kills must not end it.
            times.append(time.time() - 1 - SPACING)
            cameras[0].rubbish_every = cameras[1].rubbish_every = 3
            for kill in range(KILLS):
                await asyncio.to_thread(
                    crew.kill, range(WORKERS) if kill == 0 else range(kill % 2, kill % 2 + 1)
                )
                await everybody(time.time(), "every seat is analysed again")
            await asyncio.sleep(WRITTEN_AFTER)
        await until(lambda: not unfinished(bus, cameras), seconds=20, what="no frame waits")
        return cameras

    with at_work(server) as (crew, bus):
        cameras = asyncio.run(play(crew, bus))
        sums = check_frames(cameras, bus)
        rows = spans(server)
        check_seconds(rows)
        steady = share(rows, *times)
        logging.getLogger(__name__).info("coverage %.4f of %d seats, frames %s", steady, SEATS, sums)
        missing = [row for row in rows if row.within(*times) and row.cause != "analysed"]
        assert steady >= WANTED, (times, missing)
        assert sums["refused"] > 0
        assert sums["timed_out"] <= KILLS + 1
        later = {row.cause: row.ended - row.began for row in rows if row.began > times[1]}
        assert "worker_down" in later, (later, times, rows)
        if isinstance(bus, SharedBus):
            bus.frames_path.unlink()


def unfinished(bus: Bus, cameras: list[Camera]) -> list[int]:
    statuses = bus.statuses([camera.source for camera in cameras])
    return [source for source, one in statuses.items() if one.waiting or one.in_work]
