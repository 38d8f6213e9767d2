"""A small venue at work: `python -m tests.delivery.running theory|practical [waiting]` fills a database for one.

Two candidates sit the subject named, or wait for the start signal; a third is only admitted.
"""

import sys
from datetime import timedelta

import msgspec


class Desk(msgspec.Struct, frozen=True):
    """A candidate's sitting, its session, and the cookie of their workstation session."""

    sitting: int
    session: int
    cookie: str


def fill(subject_name: str, stage: str = "working") -> list[Desk]:
    """The venue with the subject started a minute ago, or not yet."""
    from examserver.kernel import clock
    from examserver.people import services as people
    from examserver.people.cookies import session_cookie
    from itembank.states import Subject
    from tests.delivery.venue import build

    now = clock.now()
    subject = Subject(subject_name)
    venue = build(now, seats=3, start_in_hours=0)
    for index in (0, 1):
        venue.make_ready(index, now, subject)
    if stage == "working":
        venue.start(now - timedelta(minutes=1), subject)
    desks = []
    for index in range(3):
        sitting = venue.sitting(index, subject)
        session = people.open_session(
            candidate=sitting.ticket.candidate,
            workstation=sitting.seat.workstation,
            sitting=sitting.pk,
            now=now,
        )
        desks.append(Desk(sitting.pk, sitting.session_id, session_cookie(session.pk)))
    return desks


def main() -> None:
    """Fill the database, print the desks."""
    import django

    django.setup()
    sys.stdout.write(msgspec.json.encode(fill(*sys.argv[1:])).decode())


if __name__ == "__main__":
    main()
