"""A browser's end of a socket, spoken to the whole ASGI application in this process."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from channels.testing import WebsocketCommunicator

from examserver.kernel.access import Actor
from examserver.people.cookies import COOKIE, session_cookie
from tests.invigilation.room import Room

HOST = b"localhost"
SECONDS = 5


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous scenario; what it does to the database happens in the test's own thread."""
    async_to_sync(scenario)()


def cookie_of(room: Room, actor: Actor) -> str:
    """The cookie header of a signed-in person's browser."""
    if actor.kind == "candidate":
        return f"{COOKIE}={session_cookie(actor.session)}"
    return "; ".join(f"{name}={one.value}" for name, one in room.client(actor).cookies.items())


class Socket:
    """One open socket; messages are taken in the order in which they came."""

    def __init__(self, path: str, cookie: str = "", language: str = "zh-hans") -> None:
        from examserver.asgi import application

        headers = [
            (b"host", HOST),
            (b"origin", b"http://" + HOST),
            (b"cookie", cookie.encode()),
            (b"accept-language", language.encode()),
        ]
        self.wire = WebsocketCommunicator(application, path, headers=headers)

    @classmethod
    async def open(cls, room: Room, path: str, actor: Actor | None, language: str = "zh-hans") -> "Socket":
        """Connect as `actor`, or as a stranger."""
        cookie = await sync_to_async(cookie_of)(room, actor) if actor else ""
        socket = cls(path, cookie, language)
        connected, _ = await socket.wire.connect(SECONDS)
        assert connected
        return socket

    async def say(self, message: Any) -> None:
        """Send an object as JSON, text as it is, or bytes."""
        if isinstance(message, bytes):
            await self.wire.send_input({"type": "websocket.receive", "bytes": message})
        else:
            await self.wire.send_to(text_data=message if isinstance(message, str) else json.dumps(message))

    async def hear(self, kind: str | None = None) -> dict[str, Any]:
        """The next message, or the next one of type `kind`; a close comes as {"type": "close", "code": n}."""
        while True:
            message = self._read(await self.wire.receive_output(SECONDS))
            if kind is None or message["type"] == kind:
                return message

    @staticmethod
    def _read(output: dict[str, Any]) -> dict[str, Any]:
        if output["type"] == "websocket.close":
            return {"type": "close", "code": output["code"]}
        if output.get("bytes") is not None:
            return {"type": "bytes", "data": output["bytes"]}
        read: dict[str, Any] = json.loads(output["text"])
        return read

    async def leave(self) -> None:
        """Close the page."""
        await self.wire.disconnect(timeout=SECONDS)
