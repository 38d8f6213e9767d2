"""Leave permits: who may go, what an empty seat means meanwhile, and what happens at the minute they should be back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from examserver.delivery.services import closing, sittings, time
from examserver.invigilation.models import Incident, LeavePermit
from examserver.invigilation.permits import ignored_codes
from examserver.invigilation.services.permits import (
    NewLeave,
    follow_leaves,
    grant_leave,
    return_leave,
    revoke_leave,
)
from examserver.invigilation.states import LEAVE_MOVES, LeavePurpose, LeaveState
from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from tests.invigilation.boards import Board
from tests.invigilation.room import Room

SECOND = 1 / 60


def grant(room: Room, minutes: int = 10, actor: Actor | None = None, **more: float) -> LeavePermit:
    """Candidate 0 may go, ten minutes after the start."""
    index, at = int(more.get("index", 0)), more.get("at", 10)
    new = NewLeave(minutes, LeavePurpose.TOILET)
    sitting = room.theory(index).pk
    return grant_leave(sitting_id=sitting, actor=actor or room.first, new=new, now=room.at(at))


def ignored(room: Room, at: float) -> frozenset[str]:
    return ignored_codes(room.theory().pk, room.at(at))


def test_s29_an_empty_seat_is_ignored_from_the_leave_to_its_last_moment_and_no_longer(room: Room) -> None:
    grant(room)
    assert [ignored(room, at) for at in (10 - SECOND, 10, 15, 20 - SECOND, 20)] == [
        frozenset(), {"SEAT_EMPTY"}, {"SEAT_EMPTY"}, {"SEAT_EMPTY"}, frozenset(),
    ]  # fmt: skip
    assert ignored_codes(room.theory(1).pk, room.at(15)) == frozenset()


def test_s29_who_is_not_back_at_the_end_is_noted_once(room: Room) -> None:
    leave = grant(room)
    assert follow_leaves(now=room.at(20 - SECOND)) == 0
    assert (follow_leaves(now=room.at(20)), follow_leaves(now=room.at(21))) == (1, 0)
    incident = Incident.objects.get()
    assert (incident.code, incident.started_at, incident.ended_at) == ("LATE_RETURN", leave.until, None)
    assert (incident.clauses, LeavePermit.objects.get().state) == (["二.2"], "OVERDUE")
    return_leave(leave=LeavePermit.objects.get(), actor=room.first, now=room.at(22))
    assert Incident.objects.get().ended_at == room.at(22)
    assert LeavePermit.objects.get().state == "RETURNED"


@pytest.mark.parametrize(("back", "noted"), [(15.0, 0), (20.0, 0), (20 + SECOND, 1)])
def test_who_is_back_in_time_is_not_noted_and_later_is_even_if_the_server_slept(
    room: Room, back: float, noted: int
) -> None:
    leave = grant(room)
    return_leave(leave=leave, actor=room.second, now=room.at(back))
    follow_leaves(now=room.at(30))
    assert Incident.objects.count() == noted
    assert (leave.state, leave.returned_at, leave.closed_by_id) == ("RETURNED", room.at(back), room.second.id)


def test_absence_counts_again_as_soon_as_the_candidate_is_back_or_did_not_go(room: Room) -> None:
    leave = grant(room)
    return_leave(leave=leave, actor=room.first, now=room.at(12))
    assert ignored(room, 12) == frozenset()
    revoke_leave(leave=grant(room, at=13), actor=room.first, now=room.at(14))
    assert ignored(room, 14) == frozenset()
    assert not Incident.objects.exists()


def test_the_sittings_clock_goes_on(room: Room) -> None:
    before = room.theory().ends_at
    return_leave(leave=grant(room), actor=room.first, now=room.at(18))
    assert (room.theory().ends_at, room.theory().state) == (before, "IN_PROGRESS")


@pytest.mark.parametrize("minutes", [0, -1, 11])
def test_a_leave_is_one_to_ten_minutes(room: Room, minutes: int) -> None:
    with pytest.raises(NotAllowed, match="bad_leave_minutes"):
        grant(room, minutes)
    grant(room, 1)


def test_only_staff_of_the_room_let_somebody_go(room: Room) -> None:
    for actor in (SYSTEM, room.venue.candidate(0), room.officer):
        with pytest.raises(NotAllowed, match="staff_only"):
            grant(room, actor=actor)
    assert not LeavePermit.objects.exists()


def test_one_leave_a_candidate_and_one_candidate_a_room_but_the_chief_may_let_another_go(room: Room) -> None:
    first = grant(room)
    with pytest.raises(NotAllowed, match="already_away"):
        grant(room, actor=room.venue.chief, at=11)
    with pytest.raises(NotAllowed, match="room_has_leave"):
        grant(room, index=1, at=11)
    assert LeavePermit.objects.count() == LogEntry.objects.filter(action="leave.granted").count() == 1
    grant(room, index=1, actor=room.venue.chief, at=12)
    return_leave(leave=first, actor=room.first, now=room.at(13))
    with pytest.raises(NotAllowed, match="room_has_leave"):
        grant(room, at=14)


def test_two_may_be_away_where_the_venue_says_so(room: Room, settings: Settings) -> None:
    settings.LEAVES_AT_ONCE = 2
    grant(room)
    grant(room, index=1)
    assert LeavePermit.objects.filter(state="AWAY").count() == 2


@pytest.mark.parametrize("index", [2, 3])
def test_who_is_not_at_work_needs_no_leave(room: Room, index: int) -> None:
    with pytest.raises(NotAllowed, match="not_open"):
        grant(room, index=index)


def test_nobody_is_late_while_the_clock_stands_still(room: Room) -> None:
    grant(room)
    time.pause_sitting(sitting=room.theory(), actor=room.first, reason="停电", now=room.at(15))
    assert follow_leaves(now=room.at(25)) == 0
    time.resume_sitting(sitting=room.theory(), actor=room.first, reason="来电", now=room.at(30))
    assert follow_leaves(now=room.at(30)) == 1
    assert Incident.objects.get().started_at == room.at(30)


def test_who_comes_back_during_a_pause_was_not_late(room: Room) -> None:
    leave = grant(room)
    time.pause_sitting(sitting=room.theory(), actor=room.first, reason="停电", now=room.at(15))
    return_leave(leave=leave, actor=room.first, now=room.at(25))
    time.resume_sitting(sitting=room.theory(), actor=room.first, reason="来电", now=room.at(30))
    follow_leaves(now=room.at(31))
    assert not Incident.objects.exists()


@pytest.mark.parametrize("ending", ["handed_in", "terminated"])
def test_a_leave_ends_with_its_sitting_and_is_nobodys_fault(room: Room, ending: str) -> None:
    leave = grant(room, at=40)
    if ending == "handed_in":
        closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(41))
    else:
        end = {"sitting": room.theory(), "actor": room.venue.chief, "reason": "违纪", "now": room.at(41)}
        sittings.terminate_sitting(**end)
    assert follow_leaves(now=room.at(41)) == 1
    leave.refresh_from_db()
    assert (leave.state, Incident.objects.count(), follow_leaves(now=room.at(60))) == ("LAPSED", 0, 0)


def test_a_late_return_ends_with_the_sitting(room: Room) -> None:
    grant(room, at=40)
    follow_leaves(now=room.at(50))
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(55))
    follow_leaves(now=room.at(55))
    assert (Incident.objects.get().ended_at, LeavePermit.objects.get().state) == (room.at(55), "LAPSED")


def test_a_leave_that_is_over_stays_over(room: Room) -> None:
    leave = grant(room)
    return_leave(leave=leave, actor=room.first, now=room.at(12))
    for act in (return_leave, revoke_leave):
        with pytest.raises(IllegalMove):
            act(leave=LeavePermit.objects.get(), actor=room.first, now=room.at(13))
    grant(room, at=14)
    follow_leaves(now=room.at(24))
    with pytest.raises(IllegalMove):
        revoke_leave(leave=LeavePermit.objects.get(state="OVERDUE"), actor=room.first, now=room.at(25))


def test_two_who_press_the_same_button_do_it_once(room: Room) -> None:
    first, second = grant(room), LeavePermit.objects.get()
    return_leave(leave=first, actor=room.first, now=room.at(12))
    with pytest.raises(IllegalMove):
        return_leave(leave=second, actor=room.second, now=room.at(12))
    assert LogEntry.objects.filter(action="leave.returned").count() == 1


def test_every_state_has_its_moves_and_what_is_over_has_none() -> None:
    assert set(LEAVE_MOVES) == set(LeaveState)
    ended = {state for state, moves in LEAVE_MOVES.items() if not moves}
    assert ended == {LeaveState.RETURNED, LeaveState.REVOKED, LeaveState.LAPSED}


def test_the_database_itself_knows_one_open_leave_and_no_unsigned_return(room: Room) -> None:
    leave = grant(room)
    for broken in (
        {"until": leave.begins_at},
        {"state": "RETURNED"},
        {"returned_at": room.at(12)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeavePermit.objects.filter(pk=leave.pk).update(**broken)
    leave.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        leave.save()


def test_every_step_is_in_the_audit_and_on_the_board(
    room: Room, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    board = Board(room.officer, room.venue.theory.pk, "en")
    with django_capture_on_commit_callbacks(execute=True):
        leave = grant(room)
        follow_leaves(now=room.at(20))
        leave.refresh_from_db()
        return_leave(leave=leave, actor=room.first, now=room.at(21))
    board.hear()
    board.close()
    card = board.objects["leave_card"][leave.pk]
    assert (card["state"], card["purpose"], card["granted_by"]) == ("RETURNED", "toilet", "first")
    assert card["until"] - card["begins_at"] == timedelta(minutes=10).total_seconds() * 1000
    assert dict(board.objects) == board.fresh()
    done = LogEntry.objects.filter(action__startswith="leave.").order_by("number")
    assert [entry.action for entry in done] == ["leave.granted", "leave.overdue", "leave.returned"]
