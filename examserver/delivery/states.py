"""The states of sessions and sittings, and the moves between them. Pure."""

from enum import StrEnum


class SessionState(StrEnum):
    """A subject in a room on a day, from setting up to closing."""

    PREPARING = "PREPARING"
    ARMED = "ARMED"
    RUNNING = "RUNNING"
    CLOSED = "CLOSED"


SESSION_MOVES: dict[SessionState, frozenset[SessionState]] = {
    SessionState.PREPARING: frozenset({SessionState.ARMED}),
    SessionState.ARMED: frozenset({SessionState.RUNNING, SessionState.PREPARING}),
    SessionState.RUNNING: frozenset({SessionState.CLOSED}),
    SessionState.CLOSED: frozenset(),
}


class SittingState(StrEnum):
    """One candidate in one subject, as requirements A.5 draws it."""

    EXPECTED = "EXPECTED"
    CHECKED_IN = "CHECKED_IN"
    SEATED = "SEATED"
    IN_PROGRESS = "IN_PROGRESS"
    PAUSED = "PAUSED"
    SUBMITTED = "SUBMITTED"
    ABSENT = "ABSENT"
    NOT_ADMITTED = "NOT_ADMITTED"
    TERMINATED = "TERMINATED"
    SCORED = "SCORED"
    RELEASED = "RELEASED"
    VOID_SUBJECT = "VOID_SUBJECT"
    VOID_ALL = "VOID_ALL"


_VOID = frozenset({SittingState.VOID_SUBJECT, SittingState.VOID_ALL})
# Conduct may end or void a sitting at any moment from check-in to long after release; 四 may follow 二.
_CONDUCT = _VOID | {SittingState.TERMINATED}

SITTING_MOVES: dict[SittingState, frozenset[SittingState]] = {
    SittingState.EXPECTED: frozenset(
        {SittingState.CHECKED_IN, SittingState.ABSENT, SittingState.NOT_ADMITTED, SittingState.VOID_ALL}
    ),
    SittingState.CHECKED_IN: frozenset({SittingState.SEATED, SittingState.ABSENT}) | _CONDUCT,
    SittingState.SEATED: frozenset({SittingState.IN_PROGRESS, SittingState.ABSENT}) | _CONDUCT,
    SittingState.IN_PROGRESS: frozenset({SittingState.PAUSED, SittingState.SUBMITTED}) | _CONDUCT,
    SittingState.PAUSED: frozenset({SittingState.IN_PROGRESS, SittingState.SUBMITTED}) | _CONDUCT,
    SittingState.SUBMITTED: frozenset({SittingState.SCORED}) | _VOID,
    SittingState.ABSENT: frozenset({SittingState.CHECKED_IN, SittingState.VOID_ALL}),
    SittingState.NOT_ADMITTED: frozenset({SittingState.CHECKED_IN, SittingState.VOID_ALL}),
    SittingState.TERMINATED: frozenset({SittingState.SCORED}) | _VOID,
    SittingState.SCORED: frozenset({SittingState.RELEASED}) | _VOID,
    SittingState.RELEASED: _VOID,
    SittingState.VOID_SUBJECT: frozenset({SittingState.VOID_ALL}),
    SittingState.VOID_ALL: frozenset(),
}

# What an appeal may give back: never work under way, for a void has ended it; 三 may become 二. Only `restore_sitting`
# reads this table, so that nobody comes in by it who is kept out.
_GIVEN_BACK = frozenset(SittingState) - _VOID - {SittingState.IN_PROGRESS, SittingState.PAUSED}
RESTORE_MOVES: dict[SittingState, frozenset[SittingState]] = {
    SittingState.VOID_SUBJECT: _GIVEN_BACK,
    SittingState.VOID_ALL: _GIVEN_BACK | {SittingState.VOID_SUBJECT},
}

VOID_STATES = _VOID
OPEN_STATES = frozenset({SittingState.IN_PROGRESS, SittingState.PAUSED})
BEFORE_START = frozenset({SittingState.EXPECTED, SittingState.CHECKED_IN, SittingState.SEATED})


class TimeAct(StrEnum):
    """What staff may do to a sitting's clock."""

    EXTRA = "EXTRA"
    PAUSE = "PAUSE"
    RESUME = "RESUME"


class NoticeKind(StrEnum):
    """What staff put on a candidate's screen: a reminder covers the work, a message stands beside it."""

    REMINDER = "REMINDER"
    MESSAGE = "MESSAGE"


class UploadState(StrEnum):
    """A work file on its way in; only a confirmed one counts, and of those the last."""

    RECEIVING = "RECEIVING"
    RECEIVED = "RECEIVED"
    CONFIRMED = "CONFIRMED"


UPLOAD_MOVES: dict[UploadState, frozenset[UploadState]] = {
    UploadState.RECEIVING: frozenset({UploadState.RECEIVED}),
    UploadState.RECEIVED: frozenset({UploadState.CONFIRMED}),
    UploadState.CONFIRMED: frozenset(),
}
