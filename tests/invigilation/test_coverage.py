"""The ledger of every second of real sittings, from a real bus into the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections

from examserver.delivery.models import Sitting
from examserver.delivery.services import closing, time
from examserver.invigilation import telemetry
from examserver.invigilation.coverage import coverage_of, room_coverage, spans_of
from examserver.invigilation.lookout import Lookout
from examserver.invigilation.models import CoverageSpan, Incident
from examserver.invigilation.routines import watch_seats
from examserver.invigilation.services.coverage import CoverageWriter, account_coverage
from proctor.buses.shared import SharedBus
from proctor.coverage import Cause, Span
from proctor.frames import Frame
from tests.invigilation.room import Room, jpeg

JPEG = jpeg()
WORKER = 77


class Play:
    """Seconds of a room's theory passing, each with what the camera and the worker of candidate 0 do."""

    def __init__(self, room: Room, bus: SharedBus) -> None:
        self.room, self.bus = room, bus
        self.lookout = Lookout()
        self.start = room.start
        self.second = 0
        self.sitting = room.theory(0).pk

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.second)

    def pass_on(self, seconds: int, *, frames: bool = True, worker: bool = True, look: bool = True) -> None:
        """One frame half a second after each full one; the server looks at each full second and writes at the end."""
        for _ in range(seconds):
            if look:
                watch_seats(self.now)
            at = self.now.timestamp() + 0.5
            if frames:
                self.bus.put(Frame(self.sitting, self.second, at, at, JPEG))
            if worker:
                self.bus.beat(WORKER, at)
                self.bus.claim(self.sitting, WORKER, at)
                if self.bus.take(self.sitting, at):
                    self.bus.report_analysed(self.sitting, at, None)
            self.second += 1
            if look:
                self.lookout.look(self.now)

    def write(self) -> list[Span]:
        account_coverage(lookout=self.lookout, now=self.now)
        return spans_of(self.sitting)

    def told(self) -> list[tuple[int, Cause]]:
        return [(span.seconds, span.cause) for span in self.write()]


@pytest.fixture
def play(room: Room, bus: SharedBus) -> Iterator[Play]:
    """Candidate 1 has no camera here, so that only candidate 0 is watched."""
    Sitting.objects.filter(pk=room.theory(1).pk).update(camera_waived=True)
    return Play(room, bus)


def test_analysed_seconds_become_one_row_however_often_it_is_written(play: Play) -> None:
    for _ in range(4):
        play.pass_on(5)
        play.write()
    assert play.told() == [(14, Cause.ANALYSED)]  # the last six seconds may still change
    assert CoverageSpan.objects.count() == 1
    assert coverage_of(play.sitting).share == 1.0


def test_each_gap_has_its_cause_and_nothing_is_written_twice(play: Play) -> None:
    play.pass_on(20)
    play.write()
    play.pass_on(10, frames=False)
    play.pass_on(20)
    play.write()
    play.pass_on(10, worker=False)
    play.pass_on(20)
    told = play.told()
    assert [cause for _, cause in told[::2]] == [Cause.ANALYSED] * 3
    assert {told[1][1], told[3][1]} == {Cause.NO_FRAME, Cause.WORKER_DOWN}
    assert sum(seconds for seconds, _ in told) == 74
    assert told[1][0] in (10, 11, 12)


def test_the_absence_of_a_killed_server_is_no_frame(play: Play) -> None:
    play.pass_on(20)
    play.write()
    play.pass_on(15, frames=False, look=False)
    play.lookout = Lookout()  # another process: what it did not write down it does not know
    play.pass_on(20)
    assert [cause for _, cause in play.told()] == [Cause.ANALYSED, Cause.NO_FRAME, Cause.ANALYSED]
    assert coverage_of(play.sitting).seconds == 49


def test_a_second_server_writes_nothing_twice(play: Play) -> None:
    play.pass_on(20)
    play.write()
    account_coverage(lookout=Lookout(), now=play.now)
    play.pass_on(7)
    account_coverage(lookout=Lookout(), now=play.now)
    assert play.told() == [(21, Cause.ANALYSED)]


def test_two_servers_that_write_at_once_write_every_second_once(committed_room: Room, bus: SharedBus) -> None:
    Sitting.objects.filter(pk=committed_room.theory(1).pk).update(camera_waived=True)
    play, others = Play(committed_room, bus), (Lookout(), Lookout())

    def write(lookout: Lookout) -> None:
        try:
            account_coverage(lookout=lookout, now=play.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as servers:
        for number in range(8):
            play.pass_on(5, frames=number % 3 != 2)
            list(servers.map(write, others))
    spans = spans_of(play.sitting)
    assert [one.ended for one in spans[:-1]] == [two.began for two in spans[1:]]
    assert (spans[0].began, spans[-1].ended) == (play.start.timestamp(), play.now.timestamp() - 6)


def test_a_pause_does_not_count_and_the_time_after_it_does(play: Play) -> None:
    play.pass_on(20)
    time.pause_sitting(sitting=play.room.theory(0), actor=play.room.first, reason="故障", now=play.now)
    play.pass_on(30, frames=False, worker=False)
    time.resume_sitting(sitting=play.room.theory(0), actor=play.room.first, reason="修好", now=play.now)
    play.pass_on(20)
    spans = play.write()
    assert [span.cause for span in spans] == [Cause.ANALYSED] * 2
    assert [span.began - round(play.start.timestamp()) for span in spans] == [0, 50]
    assert coverage_of(play.sitting).seconds == 34


def test_a_sitting_is_written_to_its_end_even_when_the_server_was_away(play: Play) -> None:
    play.pass_on(20)
    end = play.start + timedelta(minutes=40)
    closing.hand_in(sitting=play.room.theory(0), actor=play.room.venue.candidate(0), now=end)
    account_coverage(lookout=play.lookout, now=end + timedelta(hours=2))
    assert coverage_of(play.sitting).seconds == 2400
    assert play.write()[-1].ended == end.timestamp()


def test_a_seat_without_a_camera_has_no_seconds(play: Play) -> None:
    play.pass_on(20)
    play.write()
    assert coverage_of(play.room.theory(1).pk).share is None
    assert list(room_coverage(play.room.theory(0).session_id).seats) == [play.sitting]


def test_a_gap_of_half_a_minute_is_an_incident_that_ends_with_it(play: Play) -> None:
    play.pass_on(10)
    play.pass_on(34, frames=False)
    play.write()
    assert not Incident.objects.exists()
    play.pass_on(3, frames=False)
    play.write()
    incident = Incident.objects.get()
    assert (incident.code, incident.ended_at, incident.clauses) == ("COVERAGE_GAP", None, [])
    play.pass_on(15)
    play.write()
    assert Incident.objects.get().ended_at is not None


def test_what_a_person_is_told_of_a_seat_is_its_share_and_its_present_gap(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telemetry, "LOOKOUT", play.lookout)
    play.pass_on(20)
    play.write()
    session = play.room.theory(0).session_id

    def line() -> telemetry.SeatLine:
        return telemetry.seats(play.room.first, session, play.now)[str(play.sitting)]

    assert (line().coverage, line().gap) == (1.0, "")
    play.pass_on(6, worker=False)
    assert line().gap == "worker_down"
    other = telemetry.seats(play.room.first, session, play.now)[str(play.room.theory(1).pk)]
    assert (other.coverage, other.gap) == (None, "")


def test_the_record_of_a_room_is_read_by_its_staff_and_by_nobody_else(play: Play) -> None:
    play.pass_on(20)
    play.write()
    url = f"/api/board/{play.room.theory(0).session_id}/coverage"
    told = play.room.client(play.room.first).get(url).json()
    assert (told["seconds"], told["analysed"], told["share"]) == (14, 14, 1.0)
    [span] = told["seats"][str(play.sitting)]["spans"]
    assert (span["ended_at"] - span["began_at"], span["cause"]) == (14_000, "analysed")
    assert play.room.candidate_client(play.room.sign_in(1)).get(url).status_code in (401, 403, 404)


def test_it_is_written_every_five_seconds_and_when_the_clock_was_set_back(play: Play) -> None:
    writer = CoverageWriter(play.lookout)
    play.pass_on(20)
    writer.write(now=play.now)
    assert coverage_of(play.sitting).seconds == 14
    play.pass_on(4)
    writer.write(now=play.now)
    assert coverage_of(play.sitting).seconds == 14
    play.pass_on(1)
    writer.write(now=play.now)
    assert coverage_of(play.sitting).seconds == 19
