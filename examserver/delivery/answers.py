"""From an incoming answer to a row for the writer, and from what became of it to the reply. No I/O."""

from datetime import datetime
from typing import Any

import msgspec

from examserver.delivery.messages import Answer, AnswerLine
from examserver.delivery.services.responses import Stored, Submitted, Verdict
from itembank.interactions.aliases import UnknownAlias
from itembank.selectors import AnswerSheet
from itembank.shapes import BAD_VALUE, check_value

LARGEST_SEQ = 2**31 - 1


def refusal(answer: Answer | AnswerLine, code: str, **more: Any) -> dict[str, Any]:
    """The reply to an answer that is not stored."""
    return {"type": "refused", "item": answer.item, "seq": answer.seq, "code": code, **more}


class NotTaken(ValueError):
    """The answer cannot be one of this paper; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def submitted(answer: Answer | AnswerLine, sheet: AnswerSheet, sitting_id: int, now: datetime) -> Submitted:
    """The row for the writer, in the authors' ids; NotTaken."""
    shape = sheet.shapes.get(answer.item)
    if shape is None or (shape.kind == "file" and not shape.interactions):
        raise NotTaken("unknown_item")
    if not 0 < answer.seq <= LARGEST_SEQ:
        raise NotTaken("bad_seq")
    value = _meant(answer, sheet)
    if fault := check_value(shape, value):
        raise NotTaken(fault)
    text = msgspec.json.encode(value).decode()
    return Submitted(sitting_id, answer.item, answer.seq, text, answer.marked, now)


def _meant(answer: Answer | AnswerLine, sheet: AnswerSheet) -> Any:
    aliases = sheet.aliases.get(answer.item)
    if aliases is None:
        return answer.value
    try:
        return aliases.meant(answer.value)
    except UnknownAlias as error:
        raise NotTaken(BAD_VALUE) from error


def reply(answer: Answer | AnswerLine, stored: Stored | None) -> dict[str, Any]:
    """What the page is told once the transaction is committed, or has failed (None)."""
    if stored is None:
        return refusal(answer, "busy")
    if stored.verdict is Verdict.SAVED:
        return {"type": "saved", "item": answer.item, "seq": answer.seq}
    more = {"stored_seq": stored.stored_seq} if stored.verdict is Verdict.STALE else {}
    return refusal(answer, stored.verdict.value, **more)
