"""The board socket: a snapshot, then numbered events as they come, telemetry, and bundles of pictures on request."""

import asyncio
import logging
from typing import Any, Literal, cast

import msgspec
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.core.exceptions import ObjectDoesNotExist

from examserver.delivery.selectors import sessions_for, stream
from examserver.invigilation import pictures, telemetry
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.cards import in_language
from examserver.invigilation.language import scope_language
from examserver.invigilation.selectors import Snapshot, snapshot
from examserver.kernel import clock
from examserver.kernel.access import Actor
from examserver.kernel.audience import group_name

log = logging.getLogger(__name__)
NOT_ALLOWED, TOO_MANY_BAD = 4003, 4009
MOST_BAD_MESSAGES = 50
TELEMETRY_SECONDS = 2.0


class SnapshotWanted(msgspec.Struct, frozen=True, tag="snapshot.wanted", forbid_unknown_fields=True):
    """The board has missed a number and wants the whole again."""


class FramesWanted(msgspec.Struct, frozen=True, tag="frames.wanted", forbid_unknown_fields=True):
    """The board has drawn the last pictures and wants the next."""

    size: Literal["thumbnail", "full"]
    sittings: list[int]


_decoder = msgspec.json.Decoder(SnapshotWanted | FramesWanted)


class BoardConsumer(AsyncWebsocketConsumer):
    """One open board of one session."""

    actor: Actor
    language: str
    allowed = False
    number = 0
    bad_messages = 0
    telling: "asyncio.Task[None] | None" = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without Channels' thread hop a message: what reads the database here brings its own."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Accept who may see the session; join before the snapshot, so that no event is lost between them."""
        scope = cast(dict[str, Any], self.scope)
        self.actor = scope["actor"]
        self.session = int(scope["url_route"]["kwargs"]["session"])
        self.language = scope_language(scope)
        self.sittings: frozenset[int] = frozenset()
        await self.accept()
        self.allowed = await database_sync_to_async(self.may_see)()
        if not self.allowed:
            await self.close(NOT_ALLOWED)
            return
        await self.channel_layer.group_add(group_name(stream(self.session)), self.channel_name)
        if await self.send_snapshot():
            self.telling = asyncio.create_task(self.tell_telemetry())

    def may_see(self) -> bool:
        """Whether the session is there for the actor."""
        return sessions_for(self.actor).filter(pk=self.session).exists()

    async def turn_away(self) -> None:
        """The session is no longer the actor's: say nothing more of it."""
        self.allowed = False
        await self.close(NOT_ALLOWED)

    async def disconnect(self, code: int) -> None:
        """Leave the session's group."""
        if self.telling is not None:
            self.telling.cancel()
        await self.channel_layer.group_discard(group_name(stream(self.session)), self.channel_name)

    async def send_snapshot(self) -> bool:
        """The whole board; closes the socket when the session is not, or no longer, the actor's."""
        try:
            taken = await database_sync_to_async(snapshot)(self.actor, self.session, self.language)
        except ObjectDoesNotExist:
            await self.turn_away()
            return False
        self.number = taken.number
        self.sittings = frozenset(tile["id"] for tile in taken.objects["sitting_tile"])
        await self.tell(snapshot_message(taken))
        return True

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Decode one message; what cannot be read is answered and counted."""
        try:
            message = _decoder.decode(text_data if text_data is not None else b"")
        except msgspec.ValidationError:
            await self.refuse("bad_message")
        except msgspec.DecodeError:
            await self.refuse("bad_message" if bytes_data is not None else "bad_json")
        else:
            await self.answer(message)

    async def answer(self, message: SnapshotWanted | FramesWanted) -> None:
        """Send what is wanted."""
        if isinstance(message, SnapshotWanted):
            await self.send_snapshot()
        elif self.sittings.issuperset(message.sittings):
            wanted = dict.fromkeys(message.sittings)
            bundle = await asyncio.to_thread(pictures.bundle, frame_bus(), list(wanted), message.size)
            await self.send(bytes_data=bundle)
        else:
            await self.tell({"type": "error", "code": "not_found", "about": "frames.wanted"})

    async def refuse(self, code: str) -> None:
        """Name the error and count it."""
        self.bad_messages += 1
        log.warning("board of session %s, %s: %s", self.session, self.actor, code)
        await self.tell({"type": "error", "code": code, "about": ""})
        if self.bad_messages >= MOST_BAD_MESSAGES:
            await self.close(TOO_MANY_BAD)

    async def board_event(self, message: dict[str, Any]) -> None:
        """Pass an event on in the board's language; one that the snapshot already holds is not sent."""
        event = message["event"]
        if self.allowed and event["number"] > self.number:
            self.number = event["number"]
            await self.tell({**event, "objects": in_language(event["objects"], self.language)})

    async def tell_telemetry(self) -> None:
        """Every two seconds; a failure is logged and the next one comes anyway."""
        while True:
            try:
                await self.send_telemetry()
            except ObjectDoesNotExist:
                await self.turn_away()
                return
            except Exception:
                log.exception("telemetry of session %s failed", self.session)
            await asyncio.sleep(TELEMETRY_SECONDS)

    async def send_telemetry(self) -> None:
        """The whole of it, with the number of the newest event, so that a lost last one is noticed."""
        now = clock.now()
        seats = await database_sync_to_async(telemetry.read)(self.actor, self.session, now)
        await self.tell({"type": "telemetry", "now": clock.wire(now), **seats})

    async def tell(self, message: Any) -> None:
        """Send one message as JSON text."""
        await self.send(text_data=msgspec.json.encode(message).decode())


def snapshot_message(taken: Snapshot) -> dict[str, Any]:
    """The protocol's `snapshot` message."""
    return {
        "type": "snapshot",
        "number": taken.number,
        "now": clock.wire(clock.now()),
        "objects": taken.objects,
    }
