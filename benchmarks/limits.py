"""What the product is measured against, served by daphne exactly as `examserver serve` does, with nothing behind it.

`python -m benchmarks.limits PORT`: `/echo/` is a Channels consumer without the thread hop that sends back what it
receives; `/frames/` is a plain ASGI function that reads a frame and answers with a text of a credit's size.
"""

import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examserver.settings")

CREDIT = '{"type":"credit","frames":1,"interval_ms":0}'


def echo_application() -> Any:
    """The bare consumer."""
    from channels.consumer import get_handler_name
    from channels.generic.websocket import AsyncWebsocketConsumer

    class Echo(AsyncWebsocketConsumer):
        """Sends back what it receives."""

        async def dispatch(self, message: dict[str, Any]) -> None:
            await getattr(self, get_handler_name(message))(message)

        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            await self.send(text_data=text_data)

    return Echo.as_asgi()


async def read_frames(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read each frame, answer, do nothing else."""
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send({"type": "websocket.send", "text": CREDIT})


def make_application() -> Any:
    """Both limits, by path."""
    applications = {"/echo/": echo_application(), "/frames/": read_frames}

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await applications[scope["path"]](scope, receive, send)

    return application


def main() -> None:
    """Serve until ended."""
    from daphne.server import Server

    from examserver.commands.serve import HANDSHAKE_SECONDS, _endpoint

    Server(
        make_application(),
        endpoints=[_endpoint("127.0.0.1", int(sys.argv[1]))],
        websocket_handshake_timeout=HANDSHAKE_SECONDS,
    ).run()


if __name__ == "__main__":
    main()
