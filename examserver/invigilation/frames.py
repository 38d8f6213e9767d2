"""The frame socket, plain ASGI: check the seat, read the header, hand over. Nothing in the loop waits for anybody.

Channels' consumers hop to a thread a message; this function does not, and the bus takes a frame without waiting.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from channels.db import database_sync_to_async
from channels.layers import BaseChannelLayer, get_channel_layer

from examserver.delivery import selectors as delivery
from examserver.invigilation.bus import frame_bus, interval_ms
from examserver.invigilation.pace import FIRST_CREDITS, Pace
from examserver.kernel import clock
from examserver.kernel.access import Actor
from examserver.kernel.audience import group_name
from examserver.people import selectors as people
from proctor.bus import Bus
from proctor.frames import HEADER, BadFrame, parse_wire

log = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

SIGNED_OUT, TOO_FAST, TOO_MANY_BAD = 4001, 4008, 4009
MOST_BAD_MESSAGES = 50
MOST_WITHOUT_CREDIT = 20
LOOK_AGAIN_SECONDS = 30.0


def sitting_of(actor: Actor) -> int | None:
    """The sitting whose seat the actor's camera shows; None for anybody but a signed-in candidate."""
    if actor.kind != "candidate" or not people.is_open(actor.session):
        return None
    sitting = delivery.sitting_of_session(actor.session)
    return sitting.pk if sitting is not None else None


async def frame_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One page's camera, from connecting to disconnecting."""
    await receive()
    await send({"type": "websocket.accept"})
    actor: Actor = scope["actor"]
    source = await database_sync_to_async(sitting_of)(actor)
    if source is None:
        await send({"type": "websocket.close", "code": SIGNED_OUT})
        return
    pace = Pace(interval_ms() / 1000, asyncio.get_running_loop().time())
    seat = Seat(source, send, frame_bus(), pace)
    guard = asyncio.create_task(close_when_signed_out(actor, source, send))
    try:
        await seat.grant(FIRST_CREDITS)
        await seat.take_frames(receive)
    finally:
        guard.cancel()


@dataclass(slots=True)
class Seat:
    """The camera of one sitting: what it may send, and where it goes."""

    source: int
    send: Send
    bus: Bus
    pace: Pace
    bad_messages: int = 0
    without_credit: int = 0

    async def take_frames(self, receive: Receive) -> None:
        """Until the page goes, or has earned to be closed."""
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("bytes")
            code = await self.take_frame(data) if data is not None else await self.refuse_text()
            if code:
                await self.send({"type": "websocket.close", "code": code})
                return

    async def take_frame(self, data: bytes) -> int:
        """Hand one frame over or say why not; returns the code to close with, 0 to go on."""
        in_time = self.pace.allows(asyncio.get_running_loop().time())
        fault = self.hand_over(data) if in_time else "no_credit"
        if fault:
            log.warning("sitting %s: frame refused: %s", self.source, fault)
            await self.tell({"type": "refused", "seq": seq_of(data), "code": fault})
        self.without_credit += not in_time
        if self.without_credit >= MOST_WITHOUT_CREDIT:
            return TOO_FAST
        await self.grant(1)
        return 0

    def hand_over(self, data: bytes) -> str:
        """Put the frame on the bus; what is wrong with it, or nothing."""
        try:
            self.bus.put(parse_wire(data, self.source, clock.now().timestamp()))
        except BadFrame as bad:
            return bad.code
        except Exception:  # the bus is full or away: the camera is not to blame, and goes on
            log.exception("sitting %s: the bus took no frame", self.source)
            return "busy"
        return ""

    async def refuse_text(self) -> int:
        """Text has no meaning here."""
        self.bad_messages += 1
        log.warning("sitting %s: text on the frame socket", self.source)
        await self.tell({"type": "error", "code": "bad_message", "about": ""})
        return TOO_MANY_BAD if self.bad_messages >= MOST_BAD_MESSAGES else 0

    async def grant(self, frames: int) -> None:
        """Say that so many more frames will be read."""
        await self.tell({"type": "credit", "frames": frames, "interval_ms": interval_ms()})

    async def tell(self, message: dict[str, Any]) -> None:
        """Send one message as JSON text."""
        await self.send({"type": "websocket.send", "text": msgspec.json.encode(message).decode()})


def seq_of(data: bytes) -> int:
    """The frame's number as its header states it; 0 where there is no whole header."""
    return int(HEADER.unpack_from(data)[1]) if len(data) >= HEADER.size else 0


async def close_when_signed_out(actor: Actor, source: int, send: Send) -> None:
    """Close the socket when the candidate's session ends: on the sitting's ring, and for lost rings now and then."""
    layer = cast(BaseChannelLayer, get_channel_layer())
    group = group_name(delivery.audience(source))
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    try:
        while await database_sync_to_async(people.is_open)(actor.session):
            await next_ring(layer, channel)
        await send({"type": "websocket.close", "code": SIGNED_OUT})
    finally:
        await layer.group_discard(group, channel)


async def next_ring(layer: BaseChannelLayer, channel: str) -> None:
    """Wait until something about the sitting changes, half a minute at most."""
    try:
        await asyncio.wait_for(layer.receive(channel), LOOK_AGAIN_SECONDS)
    except TimeoutError:
        return
