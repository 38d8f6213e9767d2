"""The closed messages of the exam socket, and of its HTTP twin's bodies."""

from typing import Any

import msgspec


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="answer"):
    """The answer to an item or deliverable as it is now."""

    item: str
    seq: int
    value: Any
    marked: bool = False


class HandIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hand_in"):
    """The candidate has confirmed handing in."""


class NoticeRead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="notice.read"):
    """The candidate pressed "I have read this"."""

    notice: int


class NoticeShown(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="notice.shown"):
    """The notice is on the screen."""

    notice: int


class Hand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hand"):
    """The hand goes up or down."""

    raised: bool


class Ping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="ping"):
    """The page is alive; `sent` is its own number, `unsaved` its outbox's length."""

    sent: float
    unsaved: int = 0


Incoming = Answer | HandIn | NoticeRead | NoticeShown | Hand | Ping
decoder: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)


class AnswerLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer in a batch over HTTP."""

    item: str
    seq: int
    value: Any
    marked: bool = False


class AnswerBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 500 answers over HTTP."""

    answers: list[AnswerLine]


class CameraReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which camera the page uses, and the size of its picture in pixels."""

    label: str
    width: int
    height: int


class HandBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hand goes up or down, over HTTP."""

    raised: bool


class Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hash by which the candidate confirms a file."""

    sha256: str
