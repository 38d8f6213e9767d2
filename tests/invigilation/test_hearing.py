"""Whether a page still tells what it notices: no signals and signals that do not work are two answers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from examserver.delivery import presence
from examserver.delivery.services import closing
from examserver.invigilation import telemetry
from examserver.invigilation.clauses import incident_rule
from examserver.invigilation.hearing import LISTENER, Facts, Hearing, Listener, hearing, note_heard
from examserver.invigilation.models import Incident
from examserver.invigilation.routines import ROUTINES
from examserver.invigilation.routines import follow_hearing as routine
from examserver.invigilation.services.hearing import CODE, follow_hearing
from tests.invigilation.room import Room

T0 = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)


def ago(seconds: float | None) -> datetime | None:
    return None if seconds is None else T0 - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("page", "heard", "since", "state"),
    [
        (None, None, 500, Hearing.GONE),
        (15, 1, 500, Hearing.GONE),
        (14.9, 89.9, 500, Hearing.HEARD),
        (1, 90, 500, Hearing.SILENT),
        (1, 90, 89.9, Hearing.STARTING),
        (1, 90, 90, Hearing.SILENT),
        (1, None, 89.9, Hearing.STARTING),
        (1, None, 90, Hearing.NEVER),
    ],
)
def test_a_watch_is_judged_only_where_its_page_is_there(
    page: float | None, heard: float | None, since: float, state: Hearing
) -> None:
    began = T0 - timedelta(seconds=since)
    assert hearing(Facts(ago(page), ago(heard), began), T0) is state


@pytest.fixture
def listener() -> Listener:
    cache.clear()
    return Listener()


def listen(room: Room, listener: Listener, second: float, *, page: bool = True, told: bool = False) -> int:
    """A look at minute 10 and so many seconds, candidate 0's page being there or having told right then."""
    now, sitting = room.at(10 + second / 60), room.theory().pk
    if page:
        presence.note(sitting, presence.Presence(now))
    if told:
        note_heard(sitting, now)
    return follow_hearing(listener=listener, now=now)


def rows() -> list[tuple[str, datetime, datetime | None]]:
    return list(Incident.objects.values_list("code", "started_at", "ended_at"))


def test_a_watch_that_falls_silent_is_a_technical_incident_from_its_last_word(
    room: Room, listener: Listener
) -> None:
    listen(room, listener, 0, told=True)
    assert listen(room, listener, 89) == 0
    assert listen(room, listener, 90) == 1
    assert listen(room, listener, 95) == 0
    assert rows() == [(CODE, room.at(10), None)]
    assert (incident_rule(CODE).risk, incident_rule(CODE).clauses) == ("technical", [])


def test_it_ends_when_the_page_tells_again(room: Room, listener: Listener) -> None:
    listen(room, listener, 0, told=True)
    listen(room, listener, 90)
    assert listen(room, listener, 120, told=True) == 1
    assert rows() == [(CODE, room.at(10), room.at(12))]
    assert listen(room, listener, 209) == 0
    assert listen(room, listener, 210) == 1
    assert [began for _, began, _ in rows()] == [room.at(10), room.at(12)]


def test_a_page_that_goes_away_is_not_silent(room: Room, listener: Listener) -> None:
    listen(room, listener, 0, told=True)
    assert listen(room, listener, 200, page=False) == 0
    assert listen(room, listener, 201) == 0
    assert listen(room, listener, 290) == 0
    assert listen(room, listener, 291) == 1


def test_a_silence_ends_with_the_sitting(room: Room, listener: Listener) -> None:
    listen(room, listener, 0, told=True)
    listen(room, listener, 90)
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    assert listen(room, listener, 1801) == 1
    assert rows()[0][2] == room.at(10 + 1801 / 60)


def test_a_page_that_never_told_is_on_the_board_and_no_incident(room: Room, listener: Listener) -> None:
    listen(room, listener, 0)
    assert listen(room, listener, 90) == 0
    assert listener.state(room.theory().pk) is Hearing.NEVER
    assert rows() == []


def test_a_server_that_starts_again_accuses_no_page(room: Room, listener: Listener) -> None:
    listen(room, listener, 0, told=True)
    assert listen(room, Listener(), 95) == 0
    assert rows() == []


def test_the_board_is_told_of_each_seat(room: Room, listener: Listener) -> None:
    listen(room, LISTENER, 0, told=True)
    routine(room.at(11))
    seats = telemetry.seats(room.first, room.theory().session_id, room.at(11))
    assert seats[str(room.theory().pk)].signals == "gone"
    listen(room, LISTENER, 61)
    seats = telemetry.seats(room.first, room.theory().session_id, room.at(11))
    assert (seats[str(room.theory().pk)].signals, seats[str(room.theory(1).pk)].signals) == ("heard", "gone")
    assert routine in ROUTINES
