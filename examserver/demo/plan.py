"""What the demo venue tells people and simulated people: accounts, seats, who sits where; kept as JSON."""

from pathlib import Path

import msgspec


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of staff who can sign in."""

    username: str
    password: str
    display_name: str
    roles: list[str]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A candidate, and the seat with the address that binds its browser. `scene` is what the camera shows."""

    sitting: int
    ticket: str
    id_tail: str
    name: str
    workstation: str
    seat_path: str
    scene: str
    simulated: bool


class RoomPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A session of the demo day and who is expected in it."""

    session: int
    room: str
    subject: str
    places: list[Place]


class DemoPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole demo."""

    accounts: list[Account]
    rooms: list[RoomPlan]


def write(plan: DemoPlan, path: Path) -> None:
    """Keep `plan` at `path`, readable by its owner only: it holds passwords."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(plan), indent=1))
    path.chmod(0o600)


def read(path: Path) -> DemoPlan:
    """The plan at `path`."""
    return msgspec.json.decode(path.read_bytes(), type=DemoPlan)
