"""Signs a candidate in at a workstation: ticket number, last six characters of the ID, the assigned seat."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from examserver.delivery import selectors
from examserver.delivery.models import Seat, Sitting
from examserver.delivery.services.changes import Change, sitting_changed
from examserver.delivery.states import OPEN_STATES
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people import services as people
from examserver.people.identity import normalise, tail_matches
from examserver.people.selectors import open_session
from examserver.registration.selectors import ticket as ticket_by_number


class SignInRefused(Exception):
    """Why nobody was signed in; `right_seat` is where a person at the wrong seat belongs."""

    def __init__(self, code: str, right_seat: str = "") -> None:
        super().__init__(code)
        self.code, self.right_seat = code, right_seat


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the candidate typed."""

    ticket: str
    id_tail: str


def sign_in(*, credentials: Credentials, seat: Seat, now: datetime) -> int:
    """Open a session for the candidate at `seat` and return its key; SignInRefused with the reason otherwise.

    Codes: unknown_ticket, wrong_id_tail, not_today, wrong_seat. A wrong seat is put on record for the staff.
    """
    sitting = _sitting(credentials, now)
    if sitting.seat_id != seat.pk:
        _note_wrong_seat(sitting, seat, now)
        raise SignInRefused("wrong_seat", f"{sitting.session.room.name} {sitting.seat.label}")
    with transaction.atomic():
        facts = {"workstation": seat.workstation, "replaces": _at_work_elsewhere(sitting)}
        session = people.open_session(
            candidate=sitting.ticket.candidate, workstation=seat.workstation, sitting=sitting.pk, now=now
        )
        actor = Actor("candidate", sitting.ticket.candidate_id, frozenset({Role.CANDIDATE}), session.pk)
        sitting_changed(sitting, Change("sitting.signed_in", actor, now, facts))
    return session.pk


def _at_work_elsewhere(sitting: Sitting) -> str:
    """The workstation of the session that is still open for the sitting's work; empty when there is none."""
    older = open_session(sitting.ticket.candidate_id)
    at_work = older is not None and older.sitting == sitting.pk and sitting.state in OPEN_STATES
    return older.workstation if older is not None and at_work else ""


def _sitting(credentials: Credentials, now: datetime) -> Sitting:
    ticket = ticket_by_number(normalise(credentials.ticket))
    if ticket is None:
        raise SignInRefused("unknown_ticket")
    if not tail_matches(ticket.candidate.id_number, normalise(credentials.id_tail)):
        raise SignInRefused("wrong_id_tail")
    sitting = selectors.current_sitting(ticket.pk)
    if sitting is None or sitting.session.exam_day.date != selectors.venue_date(now):
        raise SignInRefused("not_today")
    return sitting


@transaction.atomic
def _note_wrong_seat(sitting: Sitting, seat: Seat, now: datetime) -> None:
    data = {"at": seat.workstation, "assigned": sitting.seat.workstation}
    sitting_changed(sitting, Change("sitting.wrong_seat", SYSTEM, now, data))
