"""The frame socket: credits, the own seat, and a clear word for everything else."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from examserver.kernel.access import Actor
from examserver.people.services import close_sessions
from proctor.buses.shared import SharedBus
from proctor.frames import Frame, pack_wire
from tests.invigilation.room import Room, jpeg
from tests.invigilation.sockets import Socket, play

PATH = "/ws/frames/"
CREDIT = {"type": "credit", "frames": 1, "interval_ms": 500}


def frame(seq: int = 1, picture: bytes | None = None) -> bytes:
    return pack_wire(Frame(0, seq, 1_774_659_600.0, 0.0, jpeg() if picture is None else picture))


async def camera(room: Room, index: int = 0) -> tuple[Socket, Actor]:
    """The socket of candidate `index`, its first credits taken."""
    actor = await sync_to_async(room.sign_in)(index)
    socket = await Socket.open(room, PATH, actor)
    assert await socket.hear() == {"type": "credit", "frames": 2, "interval_ms": 500}
    return socket, actor


def test_a_frame_reaches_the_bus_and_its_credit_comes_back(committed_room: Room, bus: SharedBus) -> None:
    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        await socket.say(frame(7))
        assert await socket.hear() == CREDIT
        await socket.leave()

    play(scenario)
    kept = bus.latest(committed_room.theory().pk)
    assert kept is not None
    assert (kept.seq, kept.captured_at, kept.jpeg) == (7, 1_774_659_600.0, jpeg())
    assert bus.status(committed_room.theory().pk).received == 1


def test_the_newest_frame_wins_and_seats_do_not_mix(committed_room: Room, bus: SharedBus) -> None:
    async def scenario() -> None:
        mine, _ = await camera(committed_room, 0)
        theirs, _ = await camera(committed_room, 1)
        for socket, seq in ((mine, 1), (theirs, 2), (mine, 3)):
            await socket.say(frame(seq))
            assert await socket.hear() == CREDIT
        await mine.leave()
        await theirs.leave()

    play(scenario)
    newest = [bus.latest(committed_room.theory(index).pk) for index in (0, 1)]
    assert [one.seq for one in newest if one] == [3, 2]
    assert bus.status(committed_room.theory(0).pk).dropped == 1


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", {"seq": 0, "code": "too_short"}),
        (frame(9)[:13], {"seq": 9, "code": "too_short"}),
        (b"\x02" + frame(9)[1:], {"seq": 9, "code": "bad_version"}),
        (frame(9, b"GIF89a" * 10), {"seq": 9, "code": "not_jpeg"}),
        (frame(9, jpeg()[:-2]), {"seq": 9, "code": "not_jpeg"}),
        (frame(9, b"\xff\xd8" + bytes(262_141) + b"\xff\xd9"), {"seq": 9, "code": "too_large"}),
    ],
)
def test_a_bad_frame_is_named_logged_and_dropped_and_the_socket_goes_on(
    committed_room: Room,
    bus: SharedBus,
    caplog: pytest.LogCaptureFixture,
    data: bytes,
    refusal: dict[str, Any],
) -> None:
    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        await socket.say(data)
        assert await socket.hear() == {"type": "refused", **refusal}
        assert await socket.hear() == CREDIT
        await socket.say(frame(10))
        assert await socket.hear() == CREDIT
        await socket.leave()

    play(scenario)
    assert f"frame refused: {refusal['code']}" in caplog.text
    assert bus.status(committed_room.theory().pk).received == 1


def test_the_largest_frame_is_taken(committed_room: Room, bus: SharedBus) -> None:
    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        await socket.say(frame(1, b"\xff\xd8" + bytes(262_140) + b"\xff\xd9"))
        assert await socket.hear() == CREDIT
        await socket.leave()

    play(scenario)


def test_who_sends_too_fast_is_told_and_after_twenty_frames_closed(
    committed_room: Room, bus: SharedBus
) -> None:
    heard: list[dict[str, Any]] = []

    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        for seq in range(1, 40):
            await socket.say(frame(seq))
        while not heard or heard[-1]["type"] != "close":
            heard.append(await socket.hear())

    play(scenario)
    refused = [one for one in heard if one["type"] == "refused"]
    assert {one["code"] for one in refused} == {"no_credit"}
    assert (len(refused), heard[-1]["code"]) == (20, 4008)
    assert bus.status(committed_room.theory().pk).received == 5


def test_without_an_interval_nobody_is_too_fast(committed_room: Room, settings: Settings) -> None:
    settings.FRAME_INTERVAL_MS = 0

    async def scenario() -> None:
        socket = await Socket.open(committed_room, PATH, await sync_to_async(committed_room.sign_in)())
        for seq in range(1, 60):
            assert (await socket.hear())["type"] == "credit"
            await socket.say(frame(seq))
        await socket.leave()

    play(scenario)


def test_text_is_no_frame_and_fifty_of_it_end_the_socket(committed_room: Room) -> None:
    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        for _ in range(50):
            await socket.say('{"type": "answer"}')
            assert await socket.hear() == {"type": "error", "code": "bad_message", "about": ""}
        assert await socket.hear() == {"type": "close", "code": 4009}

    play(scenario)


def test_a_candidate_who_signs_in_elsewhere_loses_this_camera(committed_room: Room) -> None:
    async def scenario() -> None:
        old, _ = await camera(committed_room)
        new, _ = await camera(committed_room)
        assert await old.hear() == {"type": "close", "code": 4001}
        await new.say(frame())
        assert await new.hear() == CREDIT
        await new.leave()

    play(scenario)


def test_a_session_that_was_closed_cannot_come_back(committed_room: Room) -> None:
    def signed_out() -> Actor:
        actor = committed_room.sign_in()
        close_sessions(candidate_id=actor.id, because="left", now=committed_room.at(2))
        return actor

    async def scenario() -> None:
        actor = await sync_to_async(signed_out)()
        socket = await Socket.open(committed_room, PATH, actor)
        assert await socket.hear() == {"type": "close", "code": 4001}

    play(scenario)


def test_staff_and_strangers_have_no_camera(committed_room: Room) -> None:
    async def scenario() -> None:
        for actor, code in ((None, 4001), (committed_room.first, 4003)):
            socket = await Socket.open(committed_room, PATH, actor)
            assert await socket.hear() == {"type": "close", "code": code}

    play(scenario)


def test_a_bus_without_room_costs_the_page_a_frame_and_not_the_socket(
    committed_room: Room, settings: Settings, tmp_path: Any
) -> None:
    small = SharedBus(tmp_path / "small", slots=1)
    settings.FRAME_BUS = f"shared:{tmp_path / 'small'}"

    async def scenario() -> None:
        socket, _ = await camera(committed_room)
        await sync_to_async(_take_the_only_slot)(small)
        await socket.say(frame(4))
        assert await socket.hear() == {"type": "refused", "seq": 4, "code": "busy"}
        assert await socket.hear() == CREDIT
        await socket.leave()

    play(scenario)
    small.discard()


def _take_the_only_slot(bus: SharedBus) -> None:
    from proctor.bus import Watch

    bus.watch(Watch(4_000_000, 0.0))
