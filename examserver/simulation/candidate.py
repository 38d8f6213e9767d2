"""A simulated candidate: signs in at the seat, accepts the rules, shows a camera picture, answers, hands in."""

import asyncio
import contextlib
import json
import logging
import random
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed, WebSocketException

from examserver.simulation.browser import Browser, ClientConnection
from examserver.simulation.pictures import Camera

log = logging.getLogger(__name__)
HEADER = struct.Struct(">BIQ")
OK, SIGNED_OUT = 200, 4001
LOOK_SECONDS = 1.0
MOST_LOOKS = 60
PING_SECONDS = 5.0
WATCH_SECONDS = 30.0
# What a server that goes away in the middle of anything looks like.
BROKEN = (WebSocketException, httpx.TransportError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a candidate works: seconds for an answer, and whether to hand in when everything is answered."""

    think_seconds: float = 4.0
    hands_in: bool = False


@dataclass(slots=True)
class Ledger:
    """What the server has acknowledged to this candidate: item -> (seq, value)."""

    sent: dict[str, tuple[int, Any]] = field(default_factory=dict)
    saved: dict[str, tuple[int, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits where: the address that binds the workstation, ticket, last six, what the camera shows."""

    seat_path: str
    ticket: str
    id_tail: str
    scene: str = "person"


class Candidate:
    """One person at one workstation."""

    def __init__(self, base: str, person: Person, habits: Habits | None = None) -> None:
        self.browser, self.person, self.habits = Browser(base), person, habits or Habits()
        self.camera, self.ledger = Camera(person.scene), Ledger()
        self.chance = random.Random(person.ticket)
        self.began = time.monotonic()

    async def run(self) -> None:
        """Live through the sitting; a server that goes away is asked again."""
        async with self.browser:
            await self.sign_in()
            frames = asyncio.create_task(self._forever(self._stream))
            try:
                await self._forever(self._sit)
            finally:
                frames.cancel()

    async def sign_in(self) -> None:
        """Bind the seat and type the two fields; RuntimeError with the page's answer when it is refused."""
        await self.browser.get(self.person.seat_path)
        answer = await self.browser.form(
            "/exam/sign-in/", ticket=self.person.ticket, id_tail=self.person.id_tail
        )
        if answer.status_code != OK:
            raise RuntimeError(f"{self.person.ticket}: sign-in answered {answer.status_code}")

    async def _forever(self, part: Callable[[], Awaitable[None]]) -> None:
        """A part of life that starts again when the connection breaks, and ends when it returns."""
        while True:
            try:
                await part()
                return
            except BROKEN as problem:
                if _is_signed_out(problem):
                    return
                log.info("%s: %r, trying again", self.person.ticket, problem)
                await asyncio.sleep(1 + self.chance.random())

    async def _sit(self) -> None:
        async with self.browser.socket("/ws/exam/") as socket:
            alive = [asyncio.create_task(self._ping(socket)), asyncio.create_task(self._watch())]
            try:
                await self._listen(socket)
            finally:
                for one in alive:
                    one.cancel()

    async def _listen(self, socket: ClientConnection) -> None:
        """Do what each message asks for, until the sitting is over."""
        working: asyncio.Task[None] | None = None
        try:
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "state":
                    working = await self._at_stage(message, socket, working)
                    if message["stage"] in ("submitted", "ended"):
                        return
                elif message["type"] == "saved":
                    self._note_saved(message)
        finally:
            if working is not None:
                working.cancel()

    async def _ping(self, socket: ClientConnection) -> None:
        """Say every five seconds that the page is alive."""
        while True:
            unsaved = len(self.ledger.sent.keys() - self.ledger.saved.keys())
            await socket.send(json.dumps({"type": "ping", "sent": time.monotonic(), "unsaved": unsaved}))
            await asyncio.sleep(PING_SECONDS)

    async def _watch(self) -> None:
        """Say every half minute that nothing was noticed, as a page does whose watch works."""
        while True:
            with contextlib.suppress(*BROKEN):
                await self.browser.post("/api/exam/signals", [])
            await asyncio.sleep(WATCH_SECONDS)

    def _note_saved(self, message: dict[str, Any]) -> None:
        seq, value = self.ledger.sent[message["item"]]
        if seq == message["seq"]:
            self.ledger.saved[message["item"]] = (seq, value)

    async def _at_stage(
        self, state: dict[str, Any], socket: ClientConnection, working: "asyncio.Task[None] | None"
    ) -> "asyncio.Task[None] | None":
        for notice in state["notices"]:
            if notice["read_at"] is None:
                await socket.send(json.dumps({"type": "notice.read", "notice": notice["id"]}))
        stage = state["stage"]
        if stage == "confirm":
            await self.browser.form("/exam/confirm/", answer="yes")
        elif stage == "rules":
            await self.browser.form("/exam/rules/", accepted="on")
        elif stage == "camera":
            await self._check_camera()
        elif stage == "working" and (working is None or working.done()):
            return asyncio.create_task(self._work(socket))
        return working

    async def _check_camera(self) -> None:
        """Ask until a frame of this seat has arrived."""
        body = {"label": "Simulated camera", "width": 640, "height": 480}
        for _ in range(MOST_LOOKS):
            if (await self.browser.post("/api/exam/camera", body)).status_code != 409:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _work(self, socket: ClientConnection) -> None:
        """Answer what has no answer yet; a broken line closes the socket, so that the candidate comes back."""
        try:
            await self._answer_everything(socket)
        except BROKEN:
            await socket.close()

    async def _answer_everything(self, socket: ClientConnection) -> None:
        answer = await self.browser.get("/api/exam/paper")
        if answer.status_code != OK:
            return
        paper = answer.json()
        for item, value in answers(paper, self.chance):
            if item not in paper["responses"]:
                await self._pause_to_think()
                await self.answer(socket, item, value)
        if self.habits.hands_in:
            await socket.send(json.dumps({"type": "hand_in"}))

    async def _pause_to_think(self) -> None:
        await asyncio.sleep(self.habits.think_seconds * (0.5 + self.chance.random()))

    async def answer(self, socket: ClientConnection, item: str, value: Any) -> None:
        """Send an answer with the next seq of its item."""
        seq = self.ledger.sent.get(item, (0, None))[0] + 1
        self.ledger.sent[item] = (seq, value)
        await socket.send(json.dumps({"type": "answer", "item": item, "seq": seq, "value": value}))

    async def _stream(self) -> None:
        """Send frames as the server grants credit for them."""
        credit, seq = asyncio.Semaphore(0), 0
        async with self.browser.socket("/ws/frames/") as socket:
            reader = asyncio.create_task(self._read_credit(socket, credit))
            try:
                while True:
                    await credit.acquire()
                    seq += 1
                    await socket.send(self.frame(seq))
                    await asyncio.sleep(self._interval)
            finally:
                reader.cancel()

    _interval = 0.5

    async def _read_credit(self, socket: ClientConnection, credit: asyncio.Semaphore) -> None:
        async for text in socket:
            message = json.loads(text)
            if message["type"] == "credit":
                self._interval = message["interval_ms"] / 1000
                for _ in range(message["frames"]):
                    credit.release()

    def frame(self, seq: int) -> bytes:
        """The header and the JPEG that the camera shows now."""
        header = HEADER.pack(1, seq, round(time.time() * 1000))
        return header + self.camera.shoot(time.monotonic() - self.began)


def _is_signed_out(problem: Exception) -> bool:
    """Whether the server has closed the socket because somebody signed in after us."""
    return (
        isinstance(problem, ConnectionClosed) and problem.rcvd is not None and problem.rcvd.code == SIGNED_OUT
    )


def answers(paper: dict[str, Any], chance: random.Random) -> list[tuple[str, Any]]:
    """Something to answer for every item or deliverable of a paper, files apart."""
    if paper["subject"] == "theory":
        items = [item for section in paper["sections"] for item in section["items"]]
        return [(item["id"], [chance.choice(item["options"])["id"]]) for item in items]
    parts = [part for task in paper["tasks"] for part in task["deliverables"]]
    return [(part["id"], _work_for(part, chance)) for part in parts if part["kind"] != "file"]


def _work_for(part: dict[str, Any], chance: random.Random) -> Any:
    if part["kind"] == "text":
        return {"text": f"作答 {chance.random():.3f}"}
    return {"rows": [[f"{chance.randint(1, 99)}" for _ in part["columns"]] for _ in range(3)]}
