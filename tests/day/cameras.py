"""Simulated cameras on real sockets that count every frame they send."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from itertools import count

from examserver.simulation.browser import Browser, ClientConnection
from proctor.frames import Frame, encode, pack_wire
from proctor.scenes import scene
from tests.day.venue import Seat

PICTURES = 8
FIRST_CREDITS = 2
RUBBISH = b"\xff\xd8 no picture at all \xff\xd9"


@cache
def picture(number: int) -> bytes:
    """A person at a desk as a camera of a venue sends it."""
    return encode(scene("person", number / 2, 1), 75)


class Camera:
    """One seat's camera; every `rubbish_every`-th frame is no picture (0: all are pictures)."""

    def __init__(self, url: str, seat: Seat) -> None:
        self.source = seat.sitting
        self.rubbish_every = 0
        self._browser = Browser(url)
        self._browser.http.cookies.set("candidate", seat.cookie)
        self._credits = 0
        self._interval = 0.5
        self._credited = asyncio.Event()
        self.sent = self.refused = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Send as fast as is allowed until `stop`; returns when the server has read every frame."""
        async with self._browser as browser, browser.socket("/ws/frames/") as socket:
            hearing = asyncio.create_task(self._hear(socket))
            for number in count():
                await self._until_credit()
                if stop.is_set():
                    break
                self._credits -= 1
                self.sent += 1
                await socket.send(self._frame(number))
                await asyncio.sleep(self._interval)
            while self._credits < FIRST_CREDITS:
                await self._until_more()
            hearing.cancel()

    def _frame(self, number: int) -> bytes:
        rubbish = self.rubbish_every and number % self.rubbish_every == 0
        jpeg = RUBBISH if rubbish else picture((number + self.source) % PICTURES)
        return pack_wire(Frame(0, number, 1_774_659_600.0 + number, 0.0, jpeg))

    async def _hear(self, socket: ClientConnection) -> None:
        async for data in socket:
            message = json.loads(data)
            self.refused += message["type"] == "refused"
            if message["type"] == "credit":
                self._credits += message["frames"]
                self._interval = message["interval_ms"] / 1000
                self._credited.set()

    async def _until_credit(self) -> None:
        while not self._credits:
            await self._until_more()

    async def _until_more(self) -> None:
        self._credited.clear()
        await asyncio.wait_for(self._credited.wait(), 20)


@asynccontextmanager
async def filming(cameras: Sequence[Camera]) -> AsyncIterator[None]:
    """All cameras run meanwhile; afterwards every frame they sent was read by the server."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(camera.run(stop)) for camera in cameras]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)
