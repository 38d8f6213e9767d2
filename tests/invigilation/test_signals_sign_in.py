"""A second sign-in during the work and tries at another seat stand on the board, read from the audit chain."""

import pytest

from examserver.delivery.models import Seat
from examserver.delivery.services import admission
from examserver.invigilation.models import Case, Incident
from examserver.invigilation.services.sign_ins import SignInReader
from examserver.kernel.models import LogEntry
from tests.invigilation.room import Room


def sign_in(room: Room, index: int = 0, seat: Seat | None = None, minutes: float = 10) -> None:
    """Candidate `index` signs in, at another seat if one is given."""
    sitting = room.theory(index)
    typed = admission.Credentials(f"T{sitting.seat.label}", room.venue.people[index].id_number[-6:])
    admission.sign_in(credentials=typed, seat=seat or sitting.seat, now=room.at(minutes))


def misplace(room: Room, minutes: float = 10, index: int = 0) -> None:
    with pytest.raises(admission.SignInRefused):
        sign_in(room, index, room.theory(1).seat, minutes)


def found(code: str) -> list[Incident]:
    return list(Incident.objects.filter(code=code).order_by("pk"))


@pytest.fixture
def reader() -> SignInReader:
    return SignInReader()


def test_a_second_sign_in_during_the_work_is_technical(room: Room, reader: SignInReader) -> None:
    sign_in(room, minutes=1)
    reader.read(now=room.at(2))
    assert Incident.objects.count() == 0
    sign_in(room, minutes=10)
    reader.read(now=room.at(11))
    [incident] = found("SECOND_LOGIN")
    assert (incident.sitting_id, incident.started_at, incident.ended_at) == (
        room.theory().pk,
        room.at(10),
        room.at(10),
    )


def test_a_second_sign_in_before_the_start_is_nothing(room: Room, reader: SignInReader) -> None:
    for minutes in (1, 2):
        sign_in(room, index=2, minutes=minutes)
    reader.read(now=room.at(3))
    assert Incident.objects.count() == 0


def test_s20_a_try_at_another_seat_is_an_incident_until_the_right_one_is_taken(
    room: Room, reader: SignInReader
) -> None:
    misplace(room, 10)
    reader.read(now=room.at(11))
    assert found("WRONG_SEAT")[0].ended_at is None
    misplace(room, 12)
    sign_in(room, minutes=13)
    reader.read(now=room.at(14))
    [incident] = found("WRONG_SEAT")
    assert (incident.ended_at, incident.clauses, Case.objects.count()) == (room.at(13), ["二.2", "四.4"], 0)


def test_a_later_try_at_another_seat_is_another_incident(room: Room, reader: SignInReader) -> None:
    misplace(room, 10)
    sign_in(room, minutes=11)
    misplace(room, 12)
    reader.read(now=room.at(13))
    assert [one.ended_at for one in found("WRONG_SEAT")] == [room.at(11), None]


def test_a_restarted_server_reads_the_chain_again_and_notes_nothing_twice(room: Room) -> None:
    for minutes in (10, 12, 14):
        misplace(room, minutes)
        sign_in(room, minutes=minutes + 1)
    SignInReader().read(now=room.at(16))
    before = LogEntry.objects.count()
    SignInReader().read(now=room.at(17))
    assert LogEntry.objects.count() == before
    assert len(found("WRONG_SEAT")) == 3
    assert len(found("SECOND_LOGIN")) == 2


def test_a_second_reading_costs_no_entry(room: Room, reader: SignInReader) -> None:
    misplace(room)
    reader.read(now=room.at(11))
    before = LogEntry.objects.count()
    reader.read(now=room.at(12))
    assert (LogEntry.objects.count(), len(found("WRONG_SEAT"))) == (before, 1)


def test_yesterdays_sessions_are_not_read(room: Room, reader: SignInReader) -> None:
    misplace(room)
    reader.read(now=room.at(24 * 60))
    assert Incident.objects.count() == 0
