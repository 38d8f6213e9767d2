"""A room of the demo venue in the middle of theory, made through the product's services before a server starts.

`python -m tests.day.venue SEATS` fills the migrated database that the settings name and prints the room as JSON.
"""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting
    from examserver.demo.plan import Place
    from examserver.demo.venue import DayPlan
    from examserver.kernel.access import Actor


def run_module(settings: Mapping[str, str], module: str, *arguments: str) -> bytes:
    """Run one of this folder's modules to its end; returns what it printed, fails with what it complained of."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**settings, "DJANGO_SETTINGS_MODULE": "examserver.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, f"{module}:\n{done.stderr.decode()}"
    return done.stdout


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sits there; `cookie` is that of a workstation session that is open already."""

    sitting: int
    seat_path: str
    ticket: str
    id_tail: str
    cookie: str


class WorkingRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A started theory session."""

    session: int
    seats: list[Seat]


def prepare(settings: Mapping[str, str], seats: int) -> WorkingRoom:
    """Fill the migrated database of a server that is not running yet, in a process of its own."""
    return msgspec.json.decode(run_module(settings, "tests.day.venue", str(seats)), type=WorkingRoom)


def hold(seats: int, now: datetime) -> WorkingRoom:
    """Everybody is in, the signal was given at `now`."""
    from django.db import transaction

    from examserver.delivery.models import Session
    from examserver.delivery.services import sessions
    from examserver.kernel.access import Actor, Role
    from examserver.people.selectors import staff_with

    with transaction.atomic():
        plan, places = schedule(seats, now)
        staff = [Actor("staff", pk, frozenset({Role.INVIGILATOR})) for pk in staff_with(Role.INVIGILATOR)]
        cookies = [bring_in(one.sitting, staff[0], now) for one in places]
        session = Session.objects.get(pk=plan.theory.pk)
        for actor in staff:
            sessions.arrive(session=session, actor=actor, now=now)
        sessions.arm_session(session=session, actor=staff[0], now=now)
        sessions.start_session(session=session, actor=staff[0], now=now)
    pairs = zip(places, cookies, strict=True)
    found = [Seat(one.sitting, one.seat_path, one.ticket, one.id_tail, cookie) for one, cookie in pairs]
    return WorkingRoom(plan.theory.pk, found)


def schedule(seats: int, now: datetime) -> "tuple[DayPlan, list[Place]]":
    """Today's room with the demo's theory paper of 190 items, and who is expected in it."""
    from examserver.delivery.selectors import venue_date
    from examserver.delivery.services import scheduling
    from examserver.demo import invented, venue
    from examserver.kernel.access import Role
    from examserver.people.selectors import staff_with

    venue.add_staff()
    papers = venue.add_papers(now)
    day = scheduling.add_exam_day(day=venue_date(now), title="考试日")
    furnished = venue.furnish("R1", "一号考场", seats)
    plan = venue.schedule(day, furnished, papers["O5"], staff_with(Role.INVIGILATOR))
    source = invented.people()
    expected = venue.Expected("person", simulated=True)
    return plan, [venue.place(plan, index, next(source), expected)[0] for index in range(seats)]


def bring_in(pk: int, staff: "Actor", now: datetime) -> str:
    """Admit, sign in, seat, accept the rules, check the camera; returns the candidate's cookie."""
    from examserver.delivery import selectors
    from examserver.delivery.rules import rules
    from examserver.delivery.services import sittings
    from examserver.people import services as people
    from examserver.people.cookies import session_cookie
    from examserver.people.selectors import candidate_actor

    def sitting() -> "Sitting":
        return selectors.sitting(pk)

    seat, candidate = sitting().seat, sitting().ticket.candidate
    opened = people.open_session(candidate=candidate, workstation=seat.workstation, sitting=pk, now=now)
    actor = candidate_actor(opened.pk)
    sittings.admit(sitting=sitting(), actor=staff, now=now)
    sittings.take_seat(sitting=sitting(), actor=actor, now=now)
    sittings.check_camera(sitting=sitting(), actor=actor, picture_sha256=picture_hash(), now=now)
    sittings.accept_rules(sitting=sitting(), actor=actor, sha256=rules("zh-hans")["sha256"], now=now)
    return session_cookie(opened.pk)


@cache
def picture_hash() -> str:
    """The hash of what every camera shows at the check."""
    from proctor.frames import encode
    from proctor.scenes import scene

    return hashlib.sha256(encode(scene("person", 0.0))).hexdigest()


def main() -> None:
    """Fill the database, print the room."""
    import django

    django.setup()
    from examserver.kernel import clock

    room = hold(int(sys.argv[1]), clock.now())
    sys.stdout.write(msgspec.json.encode(room).decode())


if __name__ == "__main__":
    main()
