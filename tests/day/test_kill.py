"""kill -9 in the middle of theory: what was acknowledged is there, the clock is right, candidates recover alone."""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from examserver.kernel import clock
from proctor.bus import open_bus
from tests.day import records, venue
from tests.day.candidates import Restless, all_heard_since, everybody, until
from tests.support.processes import Running
from tests.support.server import COMMAND, DATABASE, ServerProcess, environment

pytestmark = pytest.mark.day

CANDIDATES = 12
THINK_SECONDS = 0.03
MINUTE_MS = 60_000
GRACE = timedelta(seconds=2)


@asynccontextmanager
async def at_work(people: Sequence[Restless]) -> AsyncIterator[None]:
    """Everybody lives in this process meanwhile; nobody is started again."""
    tasks = [asyncio.create_task(one.run()) for one in people]
    yield
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    gave_up = [one for one in ended if one is not None and not isinstance(one, asyncio.CancelledError)]
    assert gave_up == []


async def kill_again_and_again(server: ServerProcess, people: Sequence[Restless], kills: int) -> None:
    """Each time everybody is answering again, at a random moment; at the end the server is dead."""
    chance = random.Random()
    restarted = 0.0
    for _ in range(kills):
        await all_heard_since(people, restarted)
        await asyncio.sleep(chance.random())
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        restarted = time.monotonic()
    await all_heard_since(people, restarted)
    server.kill()


def check_answers(people: Sequence[Restless], found: records.Records) -> None:
    """Nothing acknowledged is lost, older than it was, or another value; the journal holds every bit of it."""
    stored = {(row.sitting, row.item): row for row in found.responses}
    written = {(r.sitting, r.item, r.seq): r.value for r in found.journal if r.outcome == "saved"}
    for one in people:
        sitting = one.seat.sitting
        for (item, seq), value in one.acknowledged.items():
            row = stored[sitting, item]
            assert row.seq >= seq
            assert row.value == one.sent[item, row.seq]
            assert written[sitting, item, seq] == value
        check_refusals(one, stored)


def check_refusals(one: Restless, stored: Mapping[tuple[int, str], records.Row]) -> None:
    """The only refusals are that a later answer to the same item is stored, which it is, and that time was up."""
    assert {refusal["code"] for refusal in one.refused} <= {"stale", "busy", "closed"}
    for refusal in (r for r in one.refused if r["code"] == "stale"):
        assert refusal["seq"] < refusal["stored_seq"] <= stored[one.seat.sitting, refusal["item"]].seq


def check_clocks(people: Sequence[Restless], found: records.Records) -> None:
    """Start and end are what they were; every page was told the same end each time it came back."""
    for one in people:
        sitting = found.sittings[one.seat.sitting]
        assert sitting.state == "IN_PROGRESS"
        assert sitting.started_at is not None
        assert sitting.minutes == 90
        assert sitting.ends_at == sitting.started_at + 90 * MINUTE_MS
        assert one.ends == {sitting.ends_at}


def check_house(found: records.Records) -> None:
    """The file is whole and the audit chain unbroken."""
    assert found.integrity == "ok"
    assert found.entries > 0
    assert found.broken_entries == []


def play_and_kill(server: ServerProcess, kills: int) -> None:
    """The law, on whatever database the server's settings name."""
    room = venue.prepare(server.settings, CANDIDATES)
    people = everybody(server.url, room.seats, THINK_SECONDS)

    async def play() -> None:
        server.start()
        async with at_work(people):
            await kill_again_and_again(server, people, kills)

    asyncio.run(play())
    found = records.read(server.settings)
    check_answers(people, found)
    check_clocks(people, found)
    check_house(found)


def test_no_acknowledged_answer_is_lost_however_often_the_server_is_killed(
    prepared_server: ServerProcess,
) -> None:
    play_and_kill(prepared_server, kills=10)


def test_no_acknowledged_answer_is_lost_on_postgresql_and_redis(
    tmp_path: Path, postgres: str, redis_server: str
) -> None:
    (tmp_path / "venue").mkdir()
    parts = {
        "EXAMSERVER_DATABASE": postgres,
        "EXAMSERVER_REDIS": redis_server,
        "EXAMSERVER_BUS": redis_server,
    }
    server = ServerProcess(tmp_path / "venue", environment(tmp_path / "venue", **parts))
    server.manage("migrate")
    try:
        play_and_kill(server, kills=3)
    finally:
        server.stop()


def start_worker(server: ServerProcess) -> Running:
    """A proctor worker on the server's bus."""
    command = [*COMMAND, "proctor", "work", "--bus", bus_url(server)]
    return Running.start(command, environment=server.settings, log=server.data / "worker.log")


def bus_url(server: ServerProcess) -> str:
    return f"shared:{server.data / 'bus'}"


def test_answers_flow_while_the_proctor_is_dead_and_its_successor_goes_on(
    prepared_server: ServerProcess, models_dir: Path
) -> None:
    server = prepared_server
    room = venue.prepare(server.settings, 4)
    people = everybody(server.url, room.seats, THINK_SECONDS)
    server.start()
    bus, worker = open_bus(bus_url(server)), start_worker(server)

    def analysed() -> list[int]:
        return [bus.status(seat.sitting).analysed for seat in room.seats]

    def all_beyond(before: list[int]) -> bool:
        return all(now > then for now, then in zip(analysed(), before, strict=True))

    async def play() -> None:
        nonlocal worker
        async with at_work(people):
            await until(lambda: all_beyond([0] * 4), seconds=60, what="every seat is analysed")
            worker.kill()
            left = analysed()
            await all_heard_since(people, time.monotonic() + 2)
            assert analysed() == left
            worker = start_worker(server)
            await until(lambda: all_beyond(left), seconds=60, what="every seat is analysed again")
            await all_heard_since(people, time.monotonic())

    try:
        asyncio.run(play())
    finally:
        worker.stop()
        bus.close()


def bring_the_end_near(server: ServerProcess, seconds: float) -> None:
    """Set the end of every sitting `seconds` ahead, behind the server's back."""
    end = clock.now() + timedelta(seconds=seconds)
    texts = [f"{moment:%Y-%m-%d %H:%M:%S.%f}" for moment in (end, end + GRACE)]
    with closing(sqlite3.connect(server.data / DATABASE)) as database, database:
        update = "UPDATE delivery_sitting SET ends_at = ?, accepts_until = ? WHERE state = 'IN_PROGRESS'"
        assert database.execute(update, texts).rowcount > 0


def test_a_sitting_whose_time_ran_out_while_the_server_was_dead_is_closed_by_the_clock(
    prepared_server: ServerProcess,
) -> None:
    server = prepared_server
    room = venue.prepare(server.settings, 4)
    people = everybody(server.url, room.seats, THINK_SECONDS)

    async def play() -> None:
        server.start()
        async with at_work(people):
            await all_heard_since(people, time.monotonic())
            bring_the_end_near(server, 1)
            await asyncio.to_thread(server.kill)
            await asyncio.sleep(4)
            await asyncio.to_thread(server.start)
            await until(
                lambda: all(one.last_state["stage"] == "submitted" for one in people),
                seconds=20,
                what="every page shows that the time is up",
            )

    asyncio.run(play())
    found = records.read(server.settings)
    check_answers(people, found)
    check_house(found)
    for one in people:
        closed, receipt = found.sittings[one.seat.sitting], one.last_state["receipt"]
        answered = {row.item for row in found.responses if row.sitting == one.seat.sitting}
        assert closed.submitted_by == receipt["submitted_by"] == "time"
        assert closed.receipt_sha256 == receipt["sha256"]
        assert closed.receipt_count == receipt["answered"] == len(answered)
