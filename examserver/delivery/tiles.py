"""What a room board shows of a session and of each sitting: closed wire objects."""

import msgspec

from examserver.kernel.events import WireObject


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice on a candidate's screen, and whether it was shown and read. Times in ms since the epoch."""

    id: int
    kind: str
    clause: str
    body: str
    issued_at: int
    shown_at: int | None
    read_at: int | None


class SessionHeader(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The board's top bar. Times in ms since the epoch; `on_duty` holds display names."""

    room: str
    subject: str
    date: str
    state: str
    scheduled_start: int
    started_at: int | None
    ends_at: int | None
    late_cutoff: int | None
    on_duty: list[str]
    enough_staff: bool


class SittingTile(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One seat of the board. Times in ms since the epoch; `items` is how many answers the paper asks for.

    `equipment` names the devices that the paper itself allows at the seat.
    """

    seat: str
    row: int
    column: int
    name: str
    ticket: str
    masked_id: str
    offering: str
    state: str
    items: int
    equipment: list[str]
    late_minutes: int
    started_at: int | None
    ends_at: int | None
    paused: bool
    rules_accepted: bool
    camera_checked: bool
    hand_raised_at: int | None
    submitted_at: int | None
    notices: list[NoticeLine]
