"""Who hears of changes: the channel layer's groups, and the loop on which they are rung. Edges listen by it."""

import asyncio


def group_name(audience: str) -> str:
    """The channel layer's group of an audience such as `session:12` or `sitting:7`."""
    return audience.replace(":", ".")


class _Server:
    """The server's loop: the in-process layer's queues belong to it, so whoever rings from a thread rings there."""

    loop: asyncio.AbstractEventLoop | None = None


def bind_loop(loop: asyncio.AbstractEventLoop) -> None:
    """From now on ring on `loop`."""
    _Server.loop = loop


def server_loop() -> asyncio.AbstractEventLoop | None:
    """The loop of the server in this process, if one runs."""
    return _Server.loop if _Server.loop is not None and _Server.loop.is_running() else None
