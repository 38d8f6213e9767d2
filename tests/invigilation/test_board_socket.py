"""The board socket: snapshot, events, telemetry, pictures, and who may look."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async

from examserver.delivery.models import SessionStaff
from examserver.delivery.services import time
from examserver.invigilation import consumers, selectors
from examserver.invigilation.pictures import HEADER
from examserver.invigilation.services.incidents import acknowledge_incident
from examserver.kernel import clock
from proctor.bus import Thumbnail, Watch
from proctor.buses.shared import SharedBus
from proctor.frames import Frame
from tests.invigilation.room import Room, jpeg, still
from tests.invigilation.sockets import Socket, play


def path(room: Room) -> str:
    return f"/ws/board/{room.venue.theory.pk}/"


def pictures(data: bytes) -> dict[int, tuple[int, bytes]]:
    """A bundle, read as docs/protocol.md describes it: sitting -> (captured at, JPEG)."""
    found, at = {}, 0
    while at < len(data):
        sitting, captured, length = HEADER.unpack_from(data, at)
        at += HEADER.size + length
        found[sitting] = (captured, data[at - length : at])
    return found


def seen(room: Room, bus: SharedBus, seq: int = 1, shade: int = 90) -> None:
    """A frame of candidate 0 has just come."""
    now = clock.now().timestamp()
    bus.put(Frame(room.theory().pk, seq, now, now, jpeg(shade)))


def test_a_snapshot_and_then_what_happens_in_the_boards_language(committed_room: Room) -> None:
    room = committed_room

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first, "en")
        snapshot = await board.hear()
        assert (snapshot["type"], len(snapshot["objects"]["sitting_tile"])) == ("snapshot", 4)
        incident = await sync_to_async(room.notice)(stills=(still(room.at(10).timestamp()),))
        raised = await board.hear("event")
        assert raised["number"] == snapshot["number"] + 1
        (card,) = raised["objects"]["incident_card"]
        assert card["clauses"][0]["text"].startswith("Brought forbidden items")
        assert (card["risk"], card["stills"][0]["boxes"][0]["label"]) == ("act_now", "phone")
        await sync_to_async(acknowledge_incident)(incident=incident, actor=room.second, now=room.at(12))
        looked = await board.hear("event")
        assert (looked["number"], looked["objects"]["incident_card"][0]["state"]) == (
            raised["number"] + 1,
            "ACKNOWLEDGED",
        )
        await board.leave()

    play(scenario)


def test_a_board_that_asks_gets_the_whole_again(committed_room: Room) -> None:
    room = committed_room

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first)
        before = await board.hear("snapshot")
        await sync_to_async(room.notice)()
        assert (await board.hear("event"))["number"] == before["number"] + 1
        await board.say({"type": "snapshot.wanted"})
        after = await board.hear("snapshot")
        assert after["number"] == before["number"] + 1
        assert [card["code"] for card in after["objects"]["incident_card"]] == ["PHONE"]
        await board.leave()

    play(scenario)


def test_an_event_that_the_snapshot_holds_is_not_sent_again(
    committed_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The group is joined before the snapshot is taken; what commits in between is in both."""
    room, taken = committed_room, selectors.snapshot

    def slow(*arguments: Any) -> Any:
        room.notice()
        return taken(*arguments)

    async def scenario() -> None:
        monkeypatch.setattr(consumers, "snapshot", slow)
        board = await Socket.open(room, path(room), room.first)
        snapshot = await board.hear("snapshot")
        assert len(snapshot["objects"]["incident_card"]) == 1
        await sync_to_async(room.remind)()
        event = await board.hear("event")
        assert event["number"] == snapshot["number"] + 1
        await board.leave()

    play(scenario)


def test_telemetry_says_how_every_seat_is(committed_room: Room, bus: SharedBus) -> None:
    room = committed_room
    seen(room, bus)
    seats = [str(room.theory(index).pk) for index in (0, 1)]

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first)
        number = (await board.hear("snapshot"))["number"]
        telemetry = await board.hear("telemetry")
        assert (telemetry["number"], len(telemetry["seats"])) == (number, 4)
        mine, other = (telemetry["seats"][seat] for seat in seats)
        assert (mine["online"], mine["answered"], mine["unsaved"]) == (False, 0, 0)
        assert (mine["camera"], other["camera"], other["frame_at"]) == ("not_analysed", "lost", None)
        assert abs(telemetry["now"] - mine["frame_at"]) < 5000
        await board.leave()

    play(scenario)


def test_a_bundle_holds_the_newest_picture_of_each_seat_that_has_one(
    committed_room: Room, bus: SharedBus
) -> None:
    room = committed_room
    mine, other = room.theory(0).pk, room.theory(1).pk
    bus.watch(Watch(mine, 0.0))
    seen(room, bus, shade=30)
    small = jpeg(60)
    bus.take(mine, 1.0)
    bus.report_analysed(mine, 1.0, Thumbnail(small, 1.5))

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first)
        for size, expected in (("thumbnail", small), ("full", jpeg(30))):
            await board.say({"type": "frames.wanted", "size": size, "sittings": [mine, other, mine]})
            bundle = pictures((await board.hear("bytes"))["data"])
            assert {sitting: picture for sitting, (_, picture) in bundle.items()} == {mine: expected}
        await board.leave()

    play(scenario)


def test_pictures_of_another_session_are_not_found(committed_room: Room) -> None:
    room = committed_room
    wanted = [room.theory().pk, room.practical().pk]

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first)
        await board.say({"type": "frames.wanted", "size": "full", "sittings": wanted})
        assert await board.hear("error") == {"type": "error", "code": "not_found", "about": "frames.wanted"}
        await board.leave()

    play(scenario)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("{", "bad_json"),
        ({"type": "pause"}, "bad_message"),
        ({"type": "snapshot.wanted", "since": 4}, "bad_message"),
        ({"type": "frames.wanted", "size": "huge", "sittings": []}, "bad_message"),
        ({"type": "frames.wanted", "size": "full", "sittings": ["12"]}, "bad_message"),
        (b"\x01", "bad_message"),
    ],
)
def test_what_is_no_message_is_named_and_the_board_goes_on(
    committed_room: Room, message: object, code: str
) -> None:
    async def scenario() -> None:
        board = await Socket.open(committed_room, path(committed_room), committed_room.first)
        await board.say(message)
        assert await board.hear("error") == {"type": "error", "code": code, "about": ""}
        await board.say({"type": "snapshot.wanted"})
        assert (await board.hear("snapshot"))["number"] > 0
        await board.leave()

    play(scenario)


def test_fifty_bad_messages_end_the_board(committed_room: Room) -> None:
    async def scenario() -> None:
        board = await Socket.open(committed_room, path(committed_room), committed_room.first)
        for _ in range(50):
            await board.say("?")
        assert (await board.hear("close"))["code"] == 4009

    play(scenario)


def test_a_board_is_only_for_who_is_on_duty_or_signs_cases(committed_room: Room) -> None:
    room = committed_room
    SessionStaff.objects.filter(staff_id=room.second.id).delete()

    async def scenario() -> None:
        candidate = await sync_to_async(room.sign_in)()
        for actor, code in ((None, 4001), (candidate, 4003), (room.second, 4003)):
            board = await Socket.open(room, path(room), actor)
            assert await board.hear() == {"type": "close", "code": code}
        for actor in (room.officer, room.venue.chief):
            board = await Socket.open(room, path(room), actor)
            assert (await board.hear())["type"] == "snapshot"
            await board.leave()

    play(scenario)


def test_who_is_taken_off_duty_hears_nothing_more(
    committed_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TELEMETRY_SECONDS", 0.05)
    room = committed_room

    async def scenario() -> None:
        board = await Socket.open(room, path(room), room.first)
        await board.hear("telemetry")
        await sync_to_async(SessionStaff.objects.filter(staff_id=room.first.id).delete)()
        assert (await board.hear("close"))["code"] == 4003
        await sync_to_async(room.notice)()
        assert await board.wire.receive_nothing(0.2)
        await board.leave()

    play(scenario)


def test_two_boards_of_one_session_hear_the_same_and_another_sessions_hears_nothing(
    committed_room: Room,
) -> None:
    room = committed_room

    async def scenario() -> None:
        here = [await Socket.open(room, path(room), actor) for actor in (room.first, room.second)]
        there = await Socket.open(room, f"/ws/board/{room.venue.practical.pk}/", room.first)
        await sync_to_async(time.pause_sitting)(
            sitting=await sync_to_async(room.theory)(), actor=room.first, reason="故障", now=room.at(5)
        )
        first, second = [await board.hear("event") for board in here]
        assert first == second
        assert first["objects"]["sitting_tile"][0]["paused"]
        heard = [await there.hear(), await there.hear()]
        assert {message["type"] for message in heard} == {"snapshot", "telemetry"}
        assert await there.wire.receive_nothing(0.2)
        for board in (*here, there):
            await board.leave()

    play(scenario)
