"""Two invigilators who press the button in the same moment, on two connections to the database."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from examserver.invigilation.models import LeavePermit
from examserver.invigilation.services.permits import NewLeave, grant_leave
from examserver.invigilation.states import LeavePurpose
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from tests.invigilation.room import Room


@pytest.mark.parametrize(("seats", "refusal"), [((0, 1), "room_has_leave"), ((0, 0), "already_away")])
def test_of_two_who_let_somebody_go_at_once_one_is_refused(
    committed_room: Room, seats: tuple[int, int], refusal: str
) -> None:
    room, together, ends = committed_room, Barrier(2), []
    sittings = [room.theory(index).pk for index in seats]

    def press(sitting: int, actor: object) -> None:
        together.wait(10)
        try:
            grant_leave(sitting_id=sitting, actor=actor, new=NewLeave(5, LeavePurpose.WATER), now=room.at(10))
            ends.append("granted")
        except NotAllowed as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    pairs = zip(sittings, (room.first, room.second), strict=True)
    threads = [Thread(target=press, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ends) == sorted(["granted", refusal])
    assert LeavePermit.objects.count() == LogEntry.objects.filter(action="leave.granted").count() == 1
