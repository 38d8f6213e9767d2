"""What requests of staff carry: strict shapes, so that a misspelt field is refused and not lost."""

import msgspec

from examserver.invigilation.states import DismissReason, Severity

DONE = {"ok": True}


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{}`."""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why."""

    reason: str


class OptionalReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why, where the act may do without."""

    reason: str = ""


class MessageBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a message to candidates."""

    body: str


class ExtraTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many more minutes, and why."""

    minutes: int
    reason: str


class Remind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which clause, and on which occasion."""

    clause: str
    incident: int | None = None


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case against a candidate."""

    clause: str
    note: str = ""
    severity: Severity = Severity.NONE
    incident: int | None = None
    reminder: int | None = None


class Dismissal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is nothing in an incident."""

    reason: DismissReason


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person who decides wants to be kept."""

    note: str = ""
