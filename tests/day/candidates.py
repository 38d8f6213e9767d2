"""Simulated candidates who answer without rest, change their answers, and write down what was acknowledged to them."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

from examserver.simulation.browser import ClientConnection
from examserver.simulation.candidate import Candidate, Habits, Person, answers
from tests.day.venue import Seat

COOKIE = "candidate"
ITEMS = 40  # so few that every item is answered again and again
BROKEN = (WebSocketException, httpx.TransportError, OSError, TimeoutError)
Answered = dict[tuple[str, int], Any]


class Restless(Candidate):
    """One who is signed in already and works until the sitting is closed."""

    def __init__(self, base: str, seat: Seat, habits: Habits) -> None:
        super().__init__(base, Person(seat.seat_path, seat.ticket, seat.id_tail), habits)
        self.seat = seat
        self.sent: Answered = {}
        self.acknowledged: Answered = {}
        self.refused: list[dict[str, Any]] = []
        self.ends: set[int] = set()
        self.heard_at = 0.0
        self.last_state: dict[str, Any] = {}

    async def sign_in(self) -> None:
        """The cookie of the session that the preparation has opened."""
        self.browser.http.cookies.set(COOKIE, self.seat.cookie)

    async def _forever(self, part: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await part()
            except BROKEN:
                await asyncio.sleep(0.2 + 0.5 * self.chance.random())

    async def _sit(self) -> None:
        working: asyncio.Task[None] | None = None
        async with self.browser.socket("/ws/exam/") as socket:
            try:
                async for text in socket:
                    message = json.loads(text)
                    working = await self._take(message, socket, working)
                    if self.last_state["stage"] != "working":
                        return
            finally:
                if working is not None:
                    working.cancel()

    async def _take(
        self, message: dict[str, Any], socket: ClientConnection, working: "asyncio.Task[None] | None"
    ) -> "asyncio.Task[None] | None":
        if message["type"] == "saved":
            self._note_saved(message)
        elif message["type"] == "refused":
            self.refused.append(message)
        elif message["type"] == "state":
            self.last_state = message
            self.ends.add(message["ends_at"])
            return await self._at_stage(message, socket, working)
        return working

    def _note_saved(self, message: dict[str, Any]) -> None:
        key = message["item"], message["seq"]
        self.acknowledged[key] = self.sent[key]
        self.heard_at = time.monotonic()
        super()._note_saved(message)

    async def _work(self, socket: ClientConnection) -> None:
        """First what the broken connection left open, then on and on."""
        try:
            paper = (await self.browser.get("/api/exam/paper")).json()
            for item, (seq, value) in self.ledger.sent.items():
                if self.ledger.saved.get(item, (0, None))[0] < seq:
                    await self._send(socket, item, seq, value)
            while True:
                item, value = self.chance.choice(answers(paper, self.chance)[:ITEMS])
                await self._pause_to_think()
                await self.answer(socket, item, value)
        except BROKEN:
            await socket.close()

    async def answer(self, socket: ClientConnection, item: str, value: Any) -> None:
        """Send an answer with the next seq of its item, and remember it before it is on its way."""
        seq = self.ledger.sent.get(item, (0, None))[0] + 1
        self.ledger.sent[item] = (seq, value)
        await self._send(socket, item, seq, value)

    async def _send(self, socket: ClientConnection, item: str, seq: int, value: Any) -> None:
        self.sent[item, seq] = value
        await socket.send(json.dumps({"type": "answer", "item": item, "seq": seq, "value": value}))


def everybody(base: str, seats: Sequence[Seat], think_seconds: float) -> list[Restless]:
    """A candidate at every seat."""
    return [Restless(base, seat, Habits(think_seconds)) for seat in seats]


async def until(holds: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Return when `holds()` is true; AssertionError, naming `what`, after `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds:g} s"
        await asyncio.sleep(0.02)


async def all_heard_since(people: Sequence[Restless], moment: float) -> None:
    """Until every candidate has been acknowledged an answer after `moment` of the monotonic clock."""
    await until(
        lambda: all(one.heard_at > moment for one in people), seconds=60, what="everybody answers again"
    )
