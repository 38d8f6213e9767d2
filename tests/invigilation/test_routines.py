"""What runs every second: seats under watch, reports taken in, reminders followed; all of it on a real bus."""

from pathlib import Path

import pytest
from pytest_django import Settings

from examserver.delivery.models import Sitting
from examserver.delivery.services import closing, time
from examserver.delivery.services.notices import mark_shown
from examserver.invigilation.models import Incident, Reminder
from examserver.invigilation.routines import (
    ROUTINES,
    end_signals,
    follow_notices,
    follow_sign_ins,
    take_in_incidents,
    watch_seats,
)
from proctor.bus import Watch
from proctor.buses.shared import SharedBus
from proctor.reports import Code
from tests.invigilation.room import Room, still


def watched(bus: SharedBus) -> list[int]:
    return [watch.source for watch in bus.watches()]


def test_who_is_at_work_in_front_of_a_camera_is_watched_and_nobody_else(room: Room, bus: SharedBus) -> None:
    bus.watch(Watch(999, 0.0))
    watch_seats(room.at(1))
    assert watched(bus) == [room.theory(0).pk, room.theory(1).pk]
    assert {watch.since for watch in bus.watches()} == {room.at(1).timestamp()}


def test_a_watch_goes_on_unchanged(room: Room, bus: SharedBus) -> None:
    watch_seats(room.at(1))
    watch_seats(room.at(2))
    assert {watch.since for watch in bus.watches()} == {room.at(1).timestamp()}


def test_a_paused_a_waived_and_a_finished_seat_are_not_watched(room: Room, bus: SharedBus) -> None:
    watch_seats(room.at(1))
    time.pause_sitting(sitting=room.theory(0), actor=room.first, reason="故障", now=room.at(2))
    Sitting.objects.filter(pk=room.theory(1).pk).update(camera_waived=True)
    watch_seats(room.at(2))
    assert watched(bus) == []
    time.resume_sitting(sitting=room.theory(0), actor=room.first, reason="修好", now=room.at(3))
    watch_seats(room.at(3))
    assert watched(bus) == [room.theory(0).pk]
    closing.hand_in(sitting=room.theory(0), actor=room.venue.candidate(0), now=room.at(40))
    watch_seats(room.at(40))
    assert watched(bus) == []


def test_reports_are_stored_and_then_acknowledged(room: Room, bus: SharedBus) -> None:
    bus.send(room.report(stills=(still(room.at(10).timestamp()),)))
    bus.send(room.report(phase="ended", lasted=20))
    take_in_incidents(room.at(11))
    incident = Incident.objects.get()
    assert (incident.ended_at is not None, incident.evidence.count()) == (True, 1)
    assert bus.receive(10, 0.0) == []


def test_a_report_whose_storing_was_cut_off_comes_again_and_is_stored_once(
    room: Room, bus: SharedBus
) -> None:
    bus.send(room.report())
    receipt = bus.receive(1, 0.0)[0]
    room.notice()  # stored, and then the server was killed before it acknowledged
    again = SharedBus(bus._directory)
    assert [one.report for one in again.receive(10, 0.0)] == [receipt.report]
    take_in_incidents(room.at(11))
    assert Incident.objects.count() == 1
    again.close()


def test_a_report_that_can_never_be_stored_holds_up_no_other(
    room: Room, bus: SharedBus, caplog: pytest.LogCaptureFixture
) -> None:
    stored = room.notice()
    bus.send(room.report(source=room.theory(1).pk, uid=stored.uid))
    bus.send(room.report(Code.BOOK_NOTES))
    take_in_incidents(room.at(12))
    assert Incident.objects.count() == 2
    assert "refused: ForeignReport" in caplog.text
    assert SharedBus(bus._directory).receive(10, 0.0) == []


def test_a_seat_for_which_the_bus_has_no_room_is_named_and_costs_the_others_nothing(
    room: Room, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    small = SharedBus(tmp_path / "small", slots=1)
    settings.FRAME_BUS = f"shared:{tmp_path / 'small'}"
    watch_seats(room.at(1))
    assert watched(small) == [room.theory(0).pk]
    assert f"sitting {room.theory(1).pk} cannot be watched: the bus is full" in caplog.text
    small.discard()


def test_reminders_follow_their_notices(room: Room) -> None:
    reminder = room.remind()
    mark_shown(sitting=room.theory(), notice_id=reminder.notice_id, now=room.at(12.1))
    follow_notices(room.at(13))
    assert Reminder.objects.get().state == "SHOWN"


def test_the_server_runs_each_of_them() -> None:
    every = {watch_seats, take_in_incidents, follow_notices, follow_sign_ins, end_signals}
    assert every <= set(ROUTINES)
