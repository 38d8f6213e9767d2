"""How leaves and devices reach the worker: a watch that changes and goes on, and a real pipeline behind a real bus."""

from datetime import datetime
from pathlib import Path

import pytest

from examserver.invigilation.models import Incident
from examserver.invigilation.routines import ROUTINES, follow_leaves, take_in_incidents, watch_seats
from examserver.invigilation.services.devices import NewDeviceRule, allow_device, revoke_device
from examserver.invigilation.services.permits import NewLeave, grant_leave, return_leave
from examserver.invigilation.states import Device, LeavePurpose
from proctor.buses.shared import SharedBus
from proctor.frames import Frame
from proctor.loading import load_detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.reports import Code
from tests.invigilation.room import Room
from tests.proctor.made import jpeg


def ignored(room: Room, bus: SharedBus) -> frozenset[str]:
    """What is not reported of candidate 0."""
    [watch] = [one for one in bus.watches() if one.source == room.theory().pk]
    assert watch.since == room.at(1).timestamp(), "a watch that changes goes on"
    return watch.ignored


def test_a_leave_and_a_device_change_the_watch_within_a_turn_and_it_goes_on(
    room: Room, bus: SharedBus
) -> None:
    sitting, chief = room.theory().pk, room.venue.chief
    watch_seats(room.at(1))
    assert ignored(room, bus) == frozenset()
    leave = grant_leave(
        sitting_id=sitting, actor=room.first, new=NewLeave(5, LeavePurpose.WATER), now=room.at(10)
    )
    rule = allow_device(
        sitting_id=sitting, actor=chief, new=NewDeviceRule(Device.PHONE, "血糖仪"), now=room.at(11)
    )
    watch_seats(room.at(11))
    assert ignored(room, bus) == {"SEAT_EMPTY", "PHONE"}
    return_leave(leave=leave, actor=room.first, now=room.at(12))
    watch_seats(room.at(12))
    assert ignored(room, bus) == {"PHONE"}
    revoke_device(rule=rule, actor=chief, reason="收起", now=room.at(13))
    watch_seats(room.at(13))
    assert ignored(room, bus) == frozenset()


@pytest.mark.parametrize(("seconds", "codes"), [(899.0, {"SEAT_EMPTY"}), (900.0, set())])
def test_the_watch_counts_absence_again_at_the_last_second_of_the_leave(
    room: Room, bus: SharedBus, seconds: float, codes: set[str]
) -> None:
    watch_seats(room.at(1))
    new = NewLeave(10, LeavePurpose.TOILET)
    grant_leave(sitting_id=room.theory().pk, actor=room.first, new=new, now=room.at(5))
    watch_seats(room.at(seconds / 60))
    assert ignored(room, bus) == codes


class Day:
    """The server's routines and one worker's pipeline, a frame and a turn a second, on the room's own clock."""

    def __init__(self, room: Room, bus: SharedBus, models: Path) -> None:
        self.room, self.bus, self.second = room, bus, 0
        self.pipeline = Pipeline(load_detectors(models), load_rules())

    def now(self) -> datetime:
        return self.room.at(60 + self.second / 60)

    def show(self, scene: str, seconds: int) -> None:
        """The picture of candidate 0's seat for so many seconds; candidate 1's camera is not there."""
        for _ in range(seconds):
            self.second += 1
            follow_leaves(self.now())
            watch_seats(self.now())
            self.analyse(scene)
            take_in_incidents(self.now())

    def analyse(self, scene: str) -> None:
        at, source = self.now().timestamp(), self.room.theory().pk
        [watch] = [one for one in self.bus.watches() if one.source == source]
        frame = Frame(source, self.second, at, at, jpeg(scene, self.second % 3))
        for report in self.pipeline.analyse(frame, watch).reports:
            self.bus.send(report)

    def seen(self) -> list[tuple[str, float]]:
        """Every incident with the second at which it began."""
        begin = self.room.at(60)
        found = Incident.objects.order_by("started_at", "code")
        return [(one.code, (one.started_at - begin).total_seconds()) for one in found]


def test_s29_from_the_camera_to_the_list(room: Room, bus: SharedBus, models_dir: Path) -> None:
    """Away for a minute with leave: nothing; at its end the late return, and soon after it the empty seat."""
    day = Day(room, bus, models_dir)
    day.show("person", 3)
    new = NewLeave(1, LeavePurpose.TOILET)
    grant_leave(sitting_id=room.theory().pk, actor=room.first, new=new, now=day.now())
    day.show("empty", 59)
    assert day.seen() == []
    day.show("empty", round(load_rules().policies[Code.SEAT_EMPTY].minimum))
    assert day.seen() == [("LATE_RETURN", 63)]
    day.show("empty", 1)
    assert day.seen() == [("LATE_RETURN", 63), ("SEAT_EMPTY", 63)]


def test_the_server_follows_leaves_before_it_watches() -> None:
    assert ROUTINES.index(follow_leaves) < ROUTINES.index(watch_seats)
