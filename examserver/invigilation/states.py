"""The states of incidents, reminders and cases, and the moves between them. Pure."""

from enum import StrEnum


class IncidentState(StrEnum):
    """What staff have done about something the machine noticed."""

    RAISED = "RAISED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    DISMISSED = "DISMISSED"
    ATTACHED = "ATTACHED"


# A person who decides at once has looked at it; only a decision is final.
INCIDENT_MOVES: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.RAISED: frozenset(
        {IncidentState.ACKNOWLEDGED, IncidentState.DISMISSED, IncidentState.ATTACHED}
    ),
    IncidentState.ACKNOWLEDGED: frozenset({IncidentState.DISMISSED, IncidentState.ATTACHED}),
    IncidentState.DISMISSED: frozenset(),
    IncidentState.ATTACHED: frozenset(),
}


class DismissReason(StrEnum):
    """Why staff found nothing in an incident; kept for the detector's statistics."""

    WRONG_OBJECT = "wrong_object"
    ALLOWED = "allowed"
    STAFF = "staff"
    TECHNICAL = "technical"
    OTHER = "other"


class Gone(StrEnum):
    """Why a piece of evidence has no file; a card says it in place of the picture."""

    HERE = ""
    NO_ROOM = "no_room"
    SHED = "shed"
    EXPIRED = "expired"


class ReminderState(StrEnum):
    """A reminder on its way to the candidate, and what came of it."""

    ISSUED = "ISSUED"
    SHOWN = "SHOWN"
    READ = "READ"
    COMPLIED = "COMPLIED"
    NOT_COMPLIED = "NOT_COMPLIED"
    UNDELIVERABLE = "UNDELIVERABLE"


_DECISIONS = frozenset({ReminderState.COMPLIED, ReminderState.NOT_COMPLIED})

# UNDELIVERABLE (spoken instead, a second member of staff named) is entered by a later act; its moves stand ready.
REMINDER_MOVES: dict[ReminderState, frozenset[ReminderState]] = {
    ReminderState.ISSUED: _DECISIONS | {ReminderState.SHOWN, ReminderState.READ, ReminderState.UNDELIVERABLE},
    ReminderState.SHOWN: _DECISIONS | {ReminderState.READ},
    ReminderState.READ: _DECISIONS,
    ReminderState.UNDELIVERABLE: _DECISIONS,
    ReminderState.COMPLIED: frozenset(),
    ReminderState.NOT_COMPLIED: frozenset(),
}
DECIDED_REMINDERS = _DECISIONS
OPEN_REMINDERS = frozenset(ReminderState) - _DECISIONS


class CaseState(StrEnum):
    """A finding on its way from a report to its end, as requirements A.5 draw it."""

    OPEN = "OPEN"
    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    DECIDED = "DECIDED"
    NOTIFIED = "NOTIFIED"
    APPEALED = "APPEALED"
    UPHELD = "UPHELD"
    CHANGED = "CHANGED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


# From CONFIRMED on it is the office's: the written decision, the candidate told, an appeal. One whose appeal is decided
# stays in the state that says how; CLOSED is one whose window passed without an appeal.
CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.PROPOSED, CaseState.WITHDRAWN}),
    CaseState.PROPOSED: frozenset({CaseState.CONFIRMED, CaseState.WITHDRAWN}),
    CaseState.CONFIRMED: frozenset({CaseState.DECIDED}),
    CaseState.DECIDED: frozenset({CaseState.NOTIFIED}),
    CaseState.NOTIFIED: frozenset({CaseState.APPEALED, CaseState.CLOSED}),
    CaseState.APPEALED: frozenset({CaseState.UPHELD, CaseState.CHANGED, CaseState.WITHDRAWN}),
    CaseState.UPHELD: frozenset({CaseState.CLOSED}),
    CaseState.CHANGED: frozenset({CaseState.CLOSED}),
    CaseState.WITHDRAWN: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
}
OPEN_CASES = frozenset({CaseState.OPEN, CaseState.PROPOSED})
# Reached only through CONFIRMED: two people have signed.
CONFIRMED_CASES = frozenset(
    {
        CaseState.CONFIRMED,
        CaseState.DECIDED,
        CaseState.NOTIFIED,
        CaseState.APPEALED,
        CaseState.UPHELD,
        CaseState.CHANGED,
    }
)


# How an appeal ends.
RULINGS = (CaseState.UPHELD, CaseState.CHANGED, CaseState.WITHDRAWN)


class ToldBy(StrEnum):
    """How the candidate was told of a decision; the window for an appeal begins that day."""

    IN_PERSON = "IN_PERSON"
    LETTER = "LETTER"
    MESSAGE = "MESSAGE"


class Severity(StrEnum):
    """How grave a case of tier 四 is; the other tiers have none."""

    NONE = ""
    MINOR = "MINOR"
    SERIOUS = "SERIOUS"


class Risk(StrEnum):
    """How soon staff should look at an incident; nothing follows from it."""

    ACT_NOW = "act_now"
    ATTENTION = "attention"
    TECHNICAL = "technical"


class LeaveState(StrEnum):
    """A permission to leave the seat: the person is away, too long away, back, never went, or the sitting ended."""

    AWAY = "AWAY"
    OVERDUE = "OVERDUE"
    RETURNED = "RETURNED"
    REVOKED = "REVOKED"
    LAPSED = "LAPSED"


LEAVE_MOVES: dict[LeaveState, frozenset[LeaveState]] = {
    LeaveState.AWAY: frozenset(
        {LeaveState.OVERDUE, LeaveState.RETURNED, LeaveState.REVOKED, LeaveState.LAPSED}
    ),
    LeaveState.OVERDUE: frozenset({LeaveState.RETURNED, LeaveState.LAPSED}),
    LeaveState.RETURNED: frozenset(),
    LeaveState.REVOKED: frozenset(),
    LeaveState.LAPSED: frozenset(),
}
OPEN_LEAVES = frozenset({LeaveState.AWAY, LeaveState.OVERDUE})


class LeavePurpose(StrEnum):
    """What a candidate leaves the seat for."""

    TOILET = "toilet"
    WATER = "water"
    UNWELL = "unwell"
    EQUIPMENT = "equipment"
    OTHER = "other"


class Device(StrEnum):
    """What a candidate may be allowed to have; the first three are also what the proctor looks for."""

    PHONE = "PHONE"
    LAPTOP_TABLET = "LAPTOP_TABLET"
    BOOK_NOTES = "BOOK_NOTES"
    EARPHONE = "EARPHONE"
    WATCH = "WATCH"


class FaceOutcome(StrEnum):
    """What the comparison at the desk says; only a person draws conclusions."""

    MATCH = "MATCH"
    NO_MATCH = "NO_MATCH"
    CANNOT_VERIFY = "CANNOT_VERIFY"


class FaceState(StrEnum):
    """A check of the face at the desk: clear, to be looked at by eye, or held for a second person."""

    CLEAR = "CLEAR"
    TO_LOOK = "TO_LOOK"
    HELD = "HELD"
    REPORTED = "REPORTED"
    RELEASED = "RELEASED"


# A check may be made again until the machine has said NO_MATCH: from there only a second person goes on.
FACE_MOVES: dict[FaceState, frozenset[FaceState]] = {
    FaceState.TO_LOOK: frozenset({FaceState.CLEAR, FaceState.TO_LOOK, FaceState.HELD}),
    FaceState.CLEAR: frozenset({FaceState.CLEAR, FaceState.TO_LOOK, FaceState.HELD}),
    FaceState.HELD: frozenset({FaceState.REPORTED, FaceState.RELEASED}),
    FaceState.REPORTED: frozenset({FaceState.RELEASED}),
    FaceState.RELEASED: frozenset(),
}
HOLDING = frozenset({FaceState.HELD, FaceState.REPORTED})
