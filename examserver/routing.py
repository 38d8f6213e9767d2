"""Every socket by its path, each behind the access table."""

import re
from dataclasses import dataclass
from typing import Any

from examserver.access_table import TABLE
from examserver.delivery.consumers import ExamConsumer
from examserver.invigilation.consumers import BoardConsumer
from examserver.invigilation.frames import frame_socket
from examserver.kernel.access import Refusal, decide

Application = Any  # an ASGI application; channels and asgiref type it differently
SIGNED_OUT, NOT_ALLOWED = 4001, 4003


@dataclass(frozen=True, slots=True)
class Socket:
    """A socket's name in the access table, its path, and what answers there."""

    name: str
    path: str
    application: Application


SOCKETS = (
    Socket("ws_exam", r"/ws/exam/", ExamConsumer.as_asgi()),
    Socket("ws_frames", r"/ws/frames/", frame_socket),
    Socket("ws_board", r"/ws/board/(?P<session>\d{1,18})/", BoardConsumer.as_asgi()),
)


async def sockets(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Find the socket, ask the access table, and hand over; a refusal is a close code that the page can read."""
    for socket in SOCKETS:
        match = re.fullmatch(socket.path, scope["path"])
        if match:
            refusal = decide(TABLE, socket.name, scope["actor"])
            if refusal is None:
                route = {"args": (), "kwargs": match.groupdict()}
                await socket.application({**scope, "url_route": route}, receive, send)
                return
            await _refuse(receive, send, SIGNED_OUT if refusal is Refusal.SIGN_IN else NOT_ALLOWED)
            return
    await _refuse(receive, send, NOT_ALLOWED)


async def _refuse(receive: Any, send: Any, code: int) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": code})
