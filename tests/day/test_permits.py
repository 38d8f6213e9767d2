"""Leaves and devices on real processes: cameras on sockets, a server, a worker, and what comes to the board."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from examserver.demo.venue import PASSWORD
from examserver.simulation.browser import Browser
from proctor.frames import Frame, encode, pack_wire
from proctor.scenes import scene
from tests.day import venue
from tests.day.cameras import Camera, filming
from tests.support.processes import Running
from tests.support.server import COMMAND, ServerProcess

pytestmark = pytest.mark.day

LONG = 60  # seconds in which what must come comes, with other work on the machine
AWAY = 25  # and for which nothing may come: five times what an empty seat needs, more than a phone needs


class Stage(Camera):
    """A camera before which the scene is changed."""

    shown = "person"

    def _frame(self, number: int) -> bytes:
        jpeg = encode(scene(self.shown, number / 2, 1), 75)
        return pack_wire(Frame(0, number, 1_774_659_600.0 + number, 0.0, jpeg))


@contextmanager
def worker(server: ServerProcess) -> Iterator[None]:
    command = [*COMMAND, "proctor", "work", "--bus", f"shared:{server.data / 'bus'}"]
    running = Running.start(command, environment=server.settings, log=server.data / "worker.log")
    try:
        yield
    finally:
        running.stop()


class Board:
    """A member of staff at the room's board."""

    def __init__(self, browser: Browser, session: int) -> None:
        self.browser, self.session = browser, session

    async def objects(self, kind: str) -> list[dict[str, Any]]:
        answer = await self.browser.get(f"/api/board/{self.session}/snapshot")
        found: list[dict[str, Any]] = answer.json()["objects"].get(kind, [])
        return found

    async def seen(self, sitting: int) -> list[str]:
        """The codes of what is on the list of a seat, without the technical ones."""
        cards = await self.objects("incident_card")
        return [one["code"] for one in cards if one["sitting"] == sitting and one["risk"] != "technical"]

    async def act(self, path: str, body: dict[str, Any]) -> None:
        answer = await self.browser.post(path, body)
        assert answer.json() == {"ok": True}, answer.text

    async def comes(self, sitting: int, code: str) -> None:
        """Wait until it is on the list."""
        for _ in range(LONG):
            if code in await self.seen(sitting):
                return
            await asyncio.sleep(1)
        raise AssertionError(f"no {code} at {sitting} within {LONG} s: {await self.objects('incident_card')}")


@asynccontextmanager
async def board(url: str, room: venue.WorkingRoom, username: str) -> AsyncIterator[Board]:
    async with Browser(url) as browser:
        await browser.form("/staff/sign-in/", username=username, password=PASSWORD)
        yield Board(browser, room.session)


def test_what_is_allowed_is_not_on_the_list_and_is_as_soon_as_it_is_allowed_no_longer(
    prepared_server: ServerProcess, models_dir: Path
) -> None:
    server = prepared_server
    room = venue.prepare(server.settings, 3)
    server.start()

    async def play() -> None:
        cameras = [Stage(server.url, seat) for seat in room.seats]
        away, owner, other = (camera.source for camera in cameras)
        async with (
            board(server.url, room, "invigilator1") as staff,
            board(server.url, room, "chief") as chief,
            filming(cameras),
        ):
            await staff.act(f"/api/sittings/{away}/leave", {"minutes": 5, "purpose": "toilet"})
            await chief.act(f"/api/sittings/{owner}/device", {"code": "PHONE", "reason": "血糖仪"})
            await asyncio.sleep(5)  # several pictures of everybody at work
            for camera, scenery in zip(cameras, ("empty", "phone", "phone"), strict=True):
                camera.shown = scenery
            await asyncio.gather(staff.comes(other, "PHONE"), asyncio.sleep(AWAY))
            assert (await staff.seen(away), await staff.seen(owner)) == ([], [])
            [leave], [rule] = await staff.objects("leave_card"), await staff.objects("device_card")
            await staff.act(f"/api/leaves/{leave['id']}/returned", {})
            await chief.act(f"/api/devices/{rule['id']}/revoke", {"reason": "已收起"})
            await asyncio.gather(staff.comes(away, "SEAT_EMPTY"), staff.comes(owner, "PHONE"))

    with worker(server):
        asyncio.run(play())
