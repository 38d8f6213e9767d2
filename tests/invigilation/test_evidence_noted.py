"""What the server itself notices at a seat becomes an incident like any other, once."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from examserver.invigilation.clauses import UnknownIncident
from examserver.invigilation.models import Incident
from examserver.invigilation.services.incidents import BadUid, ForeignReport, Noted, note_incident
from examserver.kernel.models import LogEntry
from tests.invigilation.room import Room


def note(room: Room, minutes: float = 12, **more: Any) -> Incident:
    """The server notices a wrong seat at candidate 0's."""
    told: dict[str, Any] = {
        "sitting_id": room.theory().pk,
        "code": "WRONG_SEAT",
        "uid": "wrong-seat-1",
        "began": room.at(10),
        "ended": None,
        "facts": {"workstation": 7},
    }
    return note_incident(noted=Noted(**{**told, **more}), now=room.at(minutes))


def test_what_is_noted_stands_in_the_row_and_with_its_facts_in_the_audit(room: Room) -> None:
    incident = note(room)
    entry = LogEntry.objects.get(action="incident.raised")
    assert (incident.code, incident.started_at, incident.ended_at) == ("WRONG_SEAT", room.at(10), None)
    assert incident.clauses == ["二.2", "四.4"]
    assert (entry.subject, entry.data["facts"]) == (f"incident:{incident.pk}", {"workstation": 7})


def test_noted_again_it_changes_nothing(room: Room) -> None:
    first, second = note(room), note(room, 13)
    assert first.pk == second.pk
    assert LogEntry.objects.filter(action__startswith="incident.").count() == 1


def test_noted_again_with_an_end_it_ends_once(room: Room) -> None:
    note(room)
    ended = [note(room, 14, ended=room.at(13)), note(room, 15, ended=room.at(14))]
    assert [one.ended_at for one in ended] == [room.at(13)] * 2
    assert LogEntry.objects.filter(action="incident.ended").count() == 1


def test_an_end_before_the_beginning_is_the_beginning(room: Room) -> None:
    assert note(room, ended=room.at(9)).ended_at == room.at(10)


@pytest.mark.parametrize("uid", ["", "x" * 65])
def test_a_name_that_no_row_can_carry_is_refused(room: Room, uid: str) -> None:
    with pytest.raises(BadUid):
        note(room, uid=uid)


def test_an_unknown_code_and_an_unknown_sitting_leave_nothing(room: Room) -> None:
    with pytest.raises(UnknownIncident):
        note(room, code="NONSENSE")
    with pytest.raises(ObjectDoesNotExist):
        note(room, sitting_id=999_999)
    assert Incident.objects.count() == 0


def test_a_name_that_belongs_to_another_seat_is_refused(room: Room) -> None:
    note(room)
    with pytest.raises(ForeignReport):
        note(room, sitting_id=room.theory(1).pk)
