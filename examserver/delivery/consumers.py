"""The exam socket: from message to service and back."""

import logging
from typing import Any, cast

import msgspec
from channels.db import database_sync_to_async

from examserver.delivery import answers, pages, presence, selectors
from examserver.delivery.messages import (
    Answer,
    Hand,
    HandIn,
    Incoming,
    NoticeRead,
    NoticeShown,
    Ping,
    decoder,
)
from examserver.delivery.services import closing, notices, sittings
from examserver.delivery.services.responses import Stored, Submitted, store_responses
from examserver.delivery.writer import GroupWriter
from examserver.kernel import clock
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.audience import group_name
from examserver.kernel.sockets import LeanConsumer
from examserver.kernel.transitions import IllegalMove
from examserver.people import selectors as people
from itembank.selectors import AnswerSheet, answer_sheet

log = logging.getLogger(__name__)
SIGNED_OUT, TOO_MANY_BAD = 4001, 4009
MOST_BAD_MESSAGES = 50

writer: GroupWriter[Submitted, Stored] = GroupWriter(store_responses)


class ExamConsumer(LeanConsumer):
    """One candidate's page. Answers go to the writer without a thread hop; everything else to a service."""

    actor: Actor
    sitting_id: int
    sheet: AnswerSheet
    bad_messages = 0

    async def connect(self) -> None:
        """Accept a signed-in candidate with a sitting, join before reading so that no ring is lost, send the state."""
        self.actor = cast(Any, self.scope)["actor"]
        sitting_id = await database_sync_to_async(people.session_sitting)(self.actor.session)
        await self.accept()
        if sitting_id is None:
            await self.close(SIGNED_OUT)
            return
        self.sitting_id = sitting_id
        await self.channel_layer.group_add(group_name(selectors.audience(sitting_id)), self.channel_name)
        self.sheet, state = await database_sync_to_async(self._open)()
        self._post(state)

    def _open(self) -> tuple[AnswerSheet, dict[str, Any]]:
        """What answers are read by, and the state, in one visit to the database."""
        sitting = selectors.sitting(self.sitting_id)
        return answer_sheet(sitting.paper, sitting.seed), pages.state(sitting, clock.now())

    async def disconnect(self, code: int) -> None:
        """Leave the candidate's group."""
        if hasattr(self, "sitting_id"):
            await self.channel_layer.group_discard(
                group_name(selectors.audience(self.sitting_id)), self.channel_name
            )

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Decode one message and hand it on; what cannot be read is answered and counted."""
        try:
            message = decoder.decode(text_data if text_data is not None else b"")
        except msgspec.ValidationError:
            await self._bad("bad_message", text_data)
        except msgspec.DecodeError:
            await self._bad("bad_json", text_data)
        else:
            await self._take(message)

    async def _take(self, message: Incoming) -> None:
        if isinstance(message, Answer):
            if not self.sheet.shapes:  # the page was connected before the start signal opened the paper
                self.sheet, _ = await database_sync_to_async(self._open)()
            self._take_answer(message)
        elif isinstance(message, Ping):
            await self._pong(message)
        else:
            await self._act(message)

    def _take_answer(self, answer: Answer) -> None:
        try:
            row = answers.submitted(answer, self.sheet, self.sitting_id, clock.now())
        except answers.NotTaken as fault:
            log.warning("sitting %s: answer to %r refused: %s", self.sitting_id, answer.item[:40], fault.code)
            self._post(answers.refusal(answer, fault.code))
            return
        writer.submit(row, lambda stored: self._post(answers.reply(answer, stored)))

    def _post(self, reply: dict[str, Any]) -> None:
        self.post(msgspec.json.encode(reply).decode())

    async def _pong(self, ping: Ping) -> None:
        now = clock.now()
        presence.note(self.sitting_id, presence.Presence(now, ping.unsaved))
        self._post({"type": "pong", "sent": ping.sent, "now": clock.wire(now)})

    async def _act(self, message: HandIn | NoticeRead | NoticeShown | Hand) -> None:
        try:
            await database_sync_to_async(self._perform)(message)
        except (NotAllowed, IllegalMove) as refusal:
            code = getattr(refusal, "code", "illegal_move")
            self._post({"type": "error", "code": code, "about": type(message).__struct_config__.tag})

    def _perform(self, message: HandIn | NoticeRead | NoticeShown | Hand) -> None:
        """Call the message's service; the change rings, and the ring sends the new state."""
        sitting, now = selectors.sitting(self.sitting_id), clock.now()
        if isinstance(message, HandIn):
            closing.hand_in(sitting=sitting, actor=self.actor, now=now)
        elif isinstance(message, NoticeRead):
            notices.mark_read(sitting=sitting, notice_id=message.notice, now=now)
        elif isinstance(message, NoticeShown):
            notices.mark_shown(sitting=sitting, notice_id=message.notice, now=now)
        else:
            sittings.raise_hand(sitting=sitting, actor=self.actor, raised=message.raised, now=now)

    async def _bad(self, code: str, text: str | None) -> None:
        self.bad_messages += 1
        log.warning("sitting %s: %s: %.200r", self.sitting_id, code, text)
        self._post({"type": "error", "code": code, "about": ""})
        if self.bad_messages >= MOST_BAD_MESSAGES:
            await self.close(TOO_MANY_BAD)

    async def state_changed(self, message: dict[str, Any]) -> None:
        """Something about this sitting has changed: send it whole, or close when the session is no longer ours."""
        if await database_sync_to_async(people.is_open)(self.actor.session):
            await self._send_state()
        else:
            await self.close(SIGNED_OUT)

    async def _send_state(self) -> None:
        self._post(await database_sync_to_async(self._state)())

    def _state(self) -> dict[str, Any]:
        return pages.state(selectors.sitting(self.sitting_id), clock.now())
