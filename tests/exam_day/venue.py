"""The venue of the played day: the small one of the delivery tests, with graders and an officer.

`python -m tests.exam_day.venue` fills the database that the settings name and prints where everybody goes.
"""

import sys

import msgspec

PASSWORD = "a long password"


class Chair(msgspec.Struct, frozen=True):
    """Where a candidate sits, and what they type to sign in."""

    path: str
    ticket: str
    id_tail: str
    name: str


class PlayedVenue(msgspec.Struct, frozen=True):
    """The two sessions and the two candidates of the day."""

    theory: int
    practical: int
    chairs: list[Chair]


def fill() -> PlayedVenue:
    """Build it an hour before now."""
    from examserver.delivery.selectors import sittings_of
    from examserver.kernel import clock
    from examserver.kernel.access import Role
    from examserver.people.services import add_staff
    from tests.delivery.venue import build

    venue = build(clock.now(), seats=2, start_in_hours=0)
    for name, role in (
        ("grader1", Role.GRADER),
        ("grader2", Role.GRADER),
        ("officer", Role.OFFICER),
    ):
        add_staff(username=name, display_name=name, password=PASSWORD, roles=[role])
    seats = [sitting.seat for sitting in sittings_of(venue.theory)]
    chairs = [
        Chair(f"/seat/{seat.workstation}/{key}/", f"T{seat.label}", person.id_number[-6:], person.name)
        for seat, key, person in zip(seats, venue.keys, venue.people, strict=True)
    ]
    return PlayedVenue(venue.theory.pk, venue.practical.pk, chairs)


def main() -> None:
    """Fill the database, print the venue."""
    import django

    django.setup()
    sys.stdout.write(msgspec.json.encode(fill()).decode())


if __name__ == "__main__":
    main()
