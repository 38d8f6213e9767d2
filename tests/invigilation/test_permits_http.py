"""Leaves and device rules over HTTP, on the bus, and the whole of S30: absence, reminder, absence, case."""

import json
from typing import Any

import pytest
from django.test import Client

from examserver.invigilation.models import Case, DeviceRule, Incident, LeavePermit, Reminder
from examserver.invigilation.services.incidents import record_incident
from examserver.invigilation.services.permits import NewLeave, follow_leaves, grant_leave
from examserver.invigilation.states import LeavePurpose
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.people.services import add_staff
from proctor.reports import Code
from tests.invigilation.room import Room


def post(client: Client, path: str, body: object) -> tuple[int, Any]:
    """The status, and the error's code or the answer."""
    answer = client.post(path, data=json.dumps(body), content_type="application/json")
    given = answer.json()
    return answer.status_code, given.get("error", {}).get("code", given)


DONE = (200, {"ok": True})
LEAVE = {"minutes": 5, "purpose": "toilet"}


def test_a_leave_from_the_word_to_the_return(room: Room) -> None:
    client, path = room.client(room.first), f"/api/sittings/{room.theory().pk}/leave"
    assert post(client, path, LEAVE) == DONE
    leave = LeavePermit.objects.get()
    assert (leave.until - leave.begins_at).total_seconds() == 300
    assert post(client, path, LEAVE) == (409, "already_away")
    assert post(client, f"/api/leaves/{leave.pk}/returned", {}) == DONE
    assert post(client, f"/api/leaves/{leave.pk}/revoke", {}) == (409, "illegal_move")
    assert LeavePermit.objects.get().state == "RETURNED"


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"minutes": 11, "purpose": "toilet"}, (409, "bad_leave_minutes")),
        ({"minutes": "5", "purpose": "toilet"}, (400, "bad_message")),
        ({"minutes": 5, "purpose": "lunch"}, (400, "bad_message")),
        ({"minutes": 5}, (400, "bad_message")),
        ({**LEAVE, "until": 1}, (400, "bad_message")),
    ],
)
def test_a_leave_is_asked_for_strictly(room: Room, body: object, answer: tuple[int, str]) -> None:
    assert post(room.client(room.first), f"/api/sittings/{room.theory().pk}/leave", body) == answer
    assert not LeavePermit.objects.exists()


def test_a_device_from_the_word_to_its_end(room: Room) -> None:
    client, path = room.client(room.venue.chief), f"/api/sittings/{room.theory().pk}/device"
    assert post(client, path, {"code": "EARPHONE", "reason": "助听器"}) == DONE
    assert post(client, path, {"code": "EARPHONE", "reason": "助听器"}) == (409, "already_allowed")
    assert post(client, path, {"code": "DRONE", "reason": "x"}) == (400, "bad_message")
    revoke = f"/api/devices/{DeviceRule.objects.get().pk}/revoke"
    assert post(client, revoke, {"reason": ""}) == (409, "reason_needed")
    assert post(client, revoke, {"reason": "已收起"}) == DONE
    assert room.client(room.first).post(path, "{}", content_type="application/json").status_code == 404


def test_what_is_anothers_is_not_there(room: Room) -> None:
    leave = grant_leave(
        sitting_id=room.theory().pk, actor=room.first, new=NewLeave(5, LeavePurpose.WATER), now=room.at(10)
    )
    roles = frozenset({Role.INVIGILATOR})
    made = add_staff(username="other", display_name="other", password="a long one", roles=roles)
    stranger = room.client(Actor("staff", made.pk, roles))
    candidate = room.candidate_client(room.sign_in())
    for path in (f"/api/sittings/{room.theory().pk}/leave", f"/api/leaves/{leave.pk}/returned"):
        assert post(stranger, path, LEAVE if "sittings" in path else {})[0] == 404
        assert candidate.post(path, "{}", content_type="application/json").status_code == 404
    assert post(room.client(room.first), "/api/leaves/999999/revoke", {}) == (404, "not_found")


def absent(room: Room, at: float, lasted: float = 15) -> Incident:
    """The proctor has seen nobody at candidate 0's seat for so many seconds."""
    report = room.report(Code.SEAT_EMPTY, minutes=at, lasted=lasted)
    found = record_incident(report=report, now=room.at(at + lasted / 60))
    assert found is not None
    ended = room.report(Code.SEAT_EMPTY, "ended", minutes=at, lasted=lasted + 20)
    record_incident(report=ended, now=room.at(at + (lasted + 20) / 60))
    return Incident.objects.get(pk=found.pk)


def test_s30_absence_reminder_absence_and_case(room: Room) -> None:
    first, second, sitting = room.client(room.first), room.client(room.second), room.theory().pk
    seen = absent(room, 10)
    assert (seen.clauses, seen.ended_at is not None) == (["二.2"], True)
    assert post(first, f"/api/sittings/{sitting}/remind", {"clause": "二.2", "incident": seen.pk}) == DONE
    reminder = Reminder.objects.get()
    Reminder.objects.update(issued_at=room.at(11))  # the buttons carry the hour of today
    again = absent(room, 20)
    assert post(first, f"/api/reminders/{reminder.pk}/not_complied", {"note": ""}) == DONE
    report = {"clause": "二.2", "note": "再次离座", "incident": again.pk, "reminder": reminder.pk}
    assert post(first, f"/api/sittings/{sitting}/case", report) == DONE
    confirm = f"/api/cases/{Case.objects.get().pk}/confirm"
    assert post(first, confirm, {"note": ""}) == (409, "second_person_needed")
    assert post(second, confirm, {"note": "属实"}) == DONE
    assert (room.theory().state, room.practical().state) == ("VOID_SUBJECT", "EXPECTED")


def test_s30_without_the_second_absence_there_is_nothing_to_confirm(room: Room) -> None:
    absent(room, 10)
    reminder = room.remind("二.2", minutes=11)
    room.refuse(reminder, minutes=12, note="")
    with pytest.raises(NotAllowed, match="reminder_required"):
        room.confirm(room.propose("二.2", reminder=reminder))
    absent(room, 20)
    room.confirm(Case.objects.get(), minutes=25)
    assert room.theory().state == "VOID_SUBJECT"


def test_s30_who_had_leave_and_came_late_after_a_reminder_may_be_reported(room: Room) -> None:
    room.remind("二.2", minutes=5)
    room.refuse(Reminder.objects.get(), minutes=6, note="")
    new = NewLeave(5, LeavePurpose.TOILET)
    grant_leave(sitting_id=room.theory().pk, actor=room.first, new=new, now=room.at(10))
    case = room.propose("二.2", reminder=Reminder.objects.get(), minutes=12)
    with pytest.raises(NotAllowed, match="reminder_required"):
        room.confirm(case, minutes=14)
    follow_leaves(now=room.at(15))
    room.confirm(case, minutes=16)
    assert (Incident.objects.get().code, room.theory().state) == ("LATE_RETURN", "VOID_SUBJECT")
