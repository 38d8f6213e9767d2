"""A reply goes out at once and only one that has to wait becomes a task; the layer is heard meanwhile."""

import asyncio
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator

from examserver.kernel.sockets import LeanConsumer, start

pytestmark = pytest.mark.asyncio


async def test_work_that_never_waits_is_done_at_once() -> None:
    done: list[int] = []

    async def work() -> None:
        done.append(1)

    start(work())
    assert done == [1]


async def test_work_that_waits_goes_on_by_itself_and_hears_what_it_waited_for() -> None:
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    done: list[int] = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append(await answer)

    start(work())
    assert done == []
    answer.set_result(7)
    await asyncio.sleep(0.01)
    assert done == [7]


async def test_work_that_fails_before_or_after_a_wait_troubles_nobody() -> None:
    async def work(waits: bool) -> None:
        if waits:
            await asyncio.sleep(0)
        raise ConnectionResetError

    start(work(waits=False))
    start(work(waits=True))
    await asyncio.sleep(0.01)


class Slow(LeanConsumer):
    """Answers the socket only after the layer has spoken."""

    async def connect(self) -> None:
        self.rung = asyncio.Event()
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.post(self.channel_name)
        await self.rung.wait()
        self.post("rung")

    async def ring(self, message: dict[str, Any]) -> None:
        self.rung.set()


async def test_the_layer_is_heard_while_a_message_of_the_socket_is_at_work() -> None:
    from channels.layers import get_channel_layer

    page = WebsocketCommunicator(Slow.as_asgi(), "/")
    assert (await page.connect())[0]
    await page.send_to(text_data="?")
    channel = await page.receive_from()
    await get_channel_layer().send(channel, {"type": "ring"})  # type: ignore[union-attr]
    assert await page.receive_from() == "rung"
    await page.disconnect()
