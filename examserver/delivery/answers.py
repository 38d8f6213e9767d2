"""From an incoming answer to a row for the writer, and from what became of it to the reply. No I/O."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from examserver.delivery.messages import Answer, AnswerLine
from examserver.delivery.services.responses import Stored, Submitted, Verdict
from itembank.shapes import Shape, check_value

LARGEST_SEQ = 2**31 - 1


def refusal(answer: Answer | AnswerLine, code: str, **more: Any) -> dict[str, Any]:
    """The reply to an answer that is not stored."""
    return {"type": "refused", "item": answer.item, "seq": answer.seq, "code": code, **more}


def fault(answer: Answer | AnswerLine, shapes: Mapping[str, Shape]) -> str | None:
    """Why the answer cannot be one of this paper; None when it can."""
    shape = shapes.get(answer.item)
    if shape is None or (shape.kind == "file" and not shape.interactions):
        return "unknown_item"
    if not 0 < answer.seq <= LARGEST_SEQ:
        return "bad_seq"
    return check_value(shape, answer.value)


def submitted(answer: Answer | AnswerLine, sitting_id: int, now: datetime) -> Submitted:
    """The row for the writer."""
    value = msgspec.json.encode(answer.value).decode()
    return Submitted(sitting_id, answer.item, answer.seq, value, answer.marked, now)


def reply(answer: Answer | AnswerLine, stored: Stored | None) -> dict[str, Any]:
    """What the page is told once the transaction is committed, or has failed (None)."""
    if stored is None:
        return refusal(answer, "busy")
    if stored.verdict is Verdict.SAVED:
        return {"type": "saved", "item": answer.item, "seq": answer.seq}
    more = {"stored_seq": stored.stored_seq} if stored.verdict is Verdict.STALE else {}
    return refusal(answer, stored.verdict.value, **more)
