"""A room at work for the candidate's pages: seat A01 is ready in theory, seat A02 in the practical.

`python -m tests.browser.candidate_venue` fills the database that the settings name and prints the room.
"""

import sys

import msgspec

PASSWORD = "a long password"


class Place(msgspec.Struct, frozen=True):
    """A seat, and what its candidate types to sign in."""

    path: str
    ticket: str
    id_tail: str
    sitting: int


class Room(msgspec.Struct, frozen=True):
    """The two places."""

    theory: Place
    practical: Place


def fill() -> Room:
    """Both sessions run, the practical with a phone; the second candidate handed in theory with nothing answered."""
    from examserver.delivery.services import closing
    from examserver.kernel import clock
    from itembank.states import Subject
    from tests.delivery.venue import PRACTICAL, build

    now = clock.now()
    PRACTICAL["equipment"] = ["PHONE"]  # this process makes one venue and ends
    venue = build(now, seats=2, start_in_hours=0)
    for index in (0, 1):
        venue.make_ready(index, now)
    venue.start(now)
    closing.hand_in(sitting=venue.sitting(1), actor=venue.candidate(1), now=clock.now())
    venue.make_ready(1, now, Subject.PRACTICAL)
    venue.start(now, Subject.PRACTICAL)

    def place(index: int, subject: Subject) -> Place:
        sitting = venue.sitting(index, subject)
        path = f"/seat/{sitting.seat.workstation}/{venue.keys[index]}/"
        return Place(path, f"T{sitting.seat.label}", venue.people[index].id_number[-6:], sitting.pk)

    return Room(place(0, Subject.THEORY), place(1, Subject.PRACTICAL))


def main() -> None:
    """Fill the database, print the room."""
    import django

    django.setup()
    sys.stdout.write(msgspec.json.encode(fill()).decode())


if __name__ == "__main__":
    main()
