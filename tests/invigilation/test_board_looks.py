"""Who opened a seat and when is on every board of the room, and how often each kind of incident was right."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from examserver.invigilation.precision import Finding, precision_by_code, wilson
from examserver.invigilation.selectors import snapshot, views_of
from examserver.invigilation.services.incidents import acknowledge_incident, dismiss_incident
from examserver.invigilation.services.reminders import NewReminder, issue_reminder
from examserver.invigilation.services.viewing import SAME_LOOK, view_seat
from examserver.invigilation.states import DismissReason
from examserver.kernel.models import LogEntry
from proctor.reports import Code
from tests.invigilation.boards import Board
from tests.invigilation.room import Room


def looks(room: Room) -> list[LogEntry]:
    return list(LogEntry.objects.filter(action="seat.viewed").order_by("pk"))


def test_a_seat_that_was_opened_says_by_whom_and_when_on_the_snapshot(room: Room) -> None:
    sitting = room.theory()
    view_seat(sitting_id=sitting.pk, actor=room.first, now=room.at(5))
    view_seat(sitting_id=sitting.pk, actor=room.second, now=room.at(7))
    (card,) = snapshot(room.officer, sitting.session_id, "en").objects["view_card"]
    assert (card["id"], card["viewed_at"]) == (sitting.pk, round(room.at(7).timestamp() * 1000))
    assert len(looks(room)) == 2


def test_snapshot_and_looks_equal_a_fresh_snapshot(
    room: Room, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    board = Board(room.officer, room.theory().session_id, "en")
    with django_capture_on_commit_callbacks(execute=True):
        for index, minutes in ((0, 5), (1, 6), (0, 7)):
            view_seat(sitting_id=room.theory(index).pk, actor=room.first, now=room.at(minutes))
    board.hear()
    board.close()
    assert dict(board.objects) == board.fresh()
    assert len(board.objects["view_card"]) == 2


@pytest.mark.parametrize(("later", "entries"), [(SAME_LOOK - timedelta(seconds=1), 1), (SAME_LOOK, 2)])
def test_the_same_persons_look_within_half_a_minute_is_the_same_look(
    room: Room, later: timedelta, entries: int
) -> None:
    for now in (room.at(5), room.at(5) + later):
        view_seat(sitting_id=room.theory().pk, actor=room.first, now=now)
    assert len(looks(room)) == entries


def test_a_look_that_comes_late_does_not_turn_the_clock_back(room: Room) -> None:
    for minutes in (5, 4):
        view_seat(sitting_id=room.theory().pk, actor=room.second, now=room.at(minutes))
    assert views_of(room.theory().session_id).get().viewed_at == room.at(5)


def test_a_look_is_taken_over_http_only_from_who_is_on_duty_in_the_room(room: Room) -> None:
    address = f"/api/sittings/{room.theory().pk}/viewed"
    client = room.client(room.first)
    assert client.post(address, "{}", content_type="application/json").json() == {"ok": True}
    assert room.client(room.officer).post(address, "{}", content_type="application/json").status_code == 404
    assert views_of(room.theory().session_id).count() == 1


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (0, 1, 0.0, 0.7935)],
)
def test_wilsons_interval_agrees_with_published_values(
    hits: int, tries: int, low: float, high: float
) -> None:
    found = wilson(hits, tries)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_a_code_is_judged_by_what_was_decided_and_technical_ones_not_at_all() -> None:
    phone = [Finding("PHONE", acted_on=True, dismissed_because="")] * 3
    wrong = Finding("PHONE", acted_on=False, dismissed_because="wrong_object")
    waiting = Finding("PHONE", acted_on=False, dismissed_because="")
    lost = Finding("CAMERA_LOST", acted_on=False, dismissed_because="technical")
    (line,) = precision_by_code([*phone, wrong, waiting, lost])
    assert (line.raised, line.confirmed, line.decided, dict(line.dismissed)) == (5, 3, 4, {"wrong_object": 1})
    assert line.precision is not None
    assert line.precision.share == 0.75


def test_a_code_about_which_nothing_was_decided_has_no_precision() -> None:
    (line,) = precision_by_code([Finding("PHONE", acted_on=False, dismissed_because="")])
    assert (line.decided, line.precision) == (0, None)


def test_the_precision_of_the_day_counts_reminders_and_dismissals(room: Room) -> None:
    kept, wrong, seen = (room.notice(minutes=minutes) for minutes in (2, 4, 6))
    room.notice(code=Code.CAMERA_LOST, minutes=8)
    new = NewReminder("二.1", kept)
    issue_reminder(sitting_id=kept.sitting_id, actor=room.first, new=new, now=room.at(12))
    reason = DismissReason.WRONG_OBJECT
    dismiss_incident(incident=wrong, actor=room.first, reason=reason, now=room.at(12))
    acknowledge_incident(incident=seen, actor=room.first, now=room.at(12))
    told = room.client(room.first).get(f"/api/board/{room.theory().session_id}/precision").json()
    (line,) = told["codes"]
    assert (line["code"], line["raised"], line["confirmed"], line["decided"]) == ("PHONE", 3, 1, 2)
    assert line["precision"]["share"] == 0.5
