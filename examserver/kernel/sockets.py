"""What a socket that many messages pass through costs per message: nothing but its own work.

Channels makes a task for every message, waits for it beside the layer's next one, and hops to a thread to look after
database connections: more than decoding an answer, queueing it and replying take together.
"""

import asyncio
import logging
import types
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer

log = logging.getLogger(__name__)
Message = dict[str, Any]


class LeanConsumer(AsyncWebsocketConsumer):
    """A consumer whose handlers touch the database only through `database_sync_to_async`.

    Messages of the socket are handled in order, and so are those of the layer; the two do not wait for each other.
    """

    channel_layer: Any
    base_send: Callable[[Message], Coroutine[Any, Any, None]]  # type: ignore[assignment]  # what the stubs do not say

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Handle the connection first, then what comes from the socket and from the layer, until the socket closes."""
        self.scope, self.base_send = scope, send
        self.channel_layer = get_channel_layer(self.channel_layer_alias)
        self.channel_name = await self.channel_layer.new_channel()
        try:
            await self.dispatch(await receive())
            async with asyncio.TaskGroup() as group:
                group.create_task(self._hear_layer())
                while True:
                    await self.dispatch(await receive())
        except* StopConsumer:
            pass

    async def _hear_layer(self) -> None:
        while True:
            await self.dispatch(await self.channel_layer.receive(self.channel_name))

    async def dispatch(self, message: Message) -> None:
        """Call the handler of the message's type."""
        await getattr(self, get_handler_name(message))(message)

    def post(self, text: str) -> None:
        """Send `text` from anywhere in the loop; to a page that has gone it is lost without harm."""
        start(self.base_send({"type": "websocket.send", "text": text}))


def start(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` up to where it first waits, at once; only what does wait becomes a task. daphne's send never waits."""
    try:
        awaited = work.send(None)
    except StopIteration:
        return
    except Exception as problem:
        log.debug("not sent: %s", problem)
        return
    asyncio.create_task(_finish(work, awaited)).add_done_callback(_note_failure)


async def _finish(work: Coroutine[Any, Any, None], awaited: Any) -> None:
    await _rest(work, awaited)


@types.coroutine
def _rest(work: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    """The rest of a coroutine that waits for `awaited` already."""
    try:
        while True:
            try:
                answer = yield awaited
            except BaseException as error:
                awaited = work.throw(error)
            else:
                awaited = work.send(answer)
    except StopIteration:
        return


def _note_failure(task: "asyncio.Future[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        log.debug("not sent: %s", task.exception())
