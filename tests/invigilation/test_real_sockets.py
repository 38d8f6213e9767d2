"""The frame and board sockets on a real daphne, with a candidate's and an invigilator's browser."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from examserver.demo.venue import PASSWORD
from examserver.simulation.browser import Browser, ClientConnection
from proctor.frames import Frame, pack_wire
from tests.day.venue import Seat, WorkingRoom, prepare
from tests.invigilation.room import jpeg
from tests.invigilation.test_board_socket import pictures
from tests.support.server import ServerProcess

SECONDS = 20


@pytest.fixture
def server_of_room(prepared_server: ServerProcess) -> tuple[str, WorkingRoom]:
    """A running server's address and its room: a started theory with two candidates."""
    room = prepare(prepared_server.settings, 2)
    prepared_server.start()
    return prepared_server.url, room


async def hear(socket: ClientConnection, kind: str) -> Any:
    """The next message of this type; `bytes` for the next binary one."""
    async with asyncio.timeout(SECONDS):
        async for data in socket:
            if isinstance(data, bytes):
                if kind == "bytes":
                    return data
            elif (message := json.loads(data))["type"] == kind:
                return message
    raise AssertionError(f"closed before {kind}")


def candidate(url: str, seat: Seat) -> Browser:
    browser = Browser(url)
    browser.http.cookies.set("candidate", seat.cookie)
    return browser


async def invigilator(url: str) -> Browser:
    browser = Browser(url)
    answer = await browser.form("/staff/sign-in/", username="invigilator1", password=PASSWORD)
    assert answer.status_code == 200
    return browser


def frame(seq: int) -> bytes:
    return pack_wire(Frame(0, seq, 1_774_659_600.0, 0.0, jpeg()))


async def flood(socket: ClientConnection) -> None:
    """Frames without waiting for credit."""
    with suppress(ConnectionClosed):
        while True:
            await socket.send(frame(1))
            await asyncio.sleep(0.001)


async def listen(socket: ClientConnection) -> None:
    """Hear everything: a page that does not read would not hear why it was closed."""
    while True:
        await asyncio.wait_for(socket.recv(), SECONDS)


def test_a_frame_from_a_seat_is_seen_on_the_board(server_of_room: tuple[str, WorkingRoom]) -> None:
    url, room = server_of_room
    seat = room.seats[0].sitting

    async def scenario() -> None:
        async with (
            candidate(url, room.seats[0]) as page,
            await invigilator(url) as staff,
            page.socket("/ws/frames/") as camera,
            staff.socket(f"/ws/board/{room.session}/") as board,
        ):
            assert (await hear(camera, "credit"))["frames"] == 2
            snapshot = await hear(board, "snapshot")
            await camera.send(frame(1))
            assert (await hear(camera, "credit"))["frames"] == 1
            await board.send(json.dumps({"type": "frames.wanted", "size": "full", "sittings": [seat]}))
            assert pictures(await hear(board, "bytes"))[seat] == (1_774_659_600_000, jpeg())
            # The first may have been made up before the frame came.
            telemetry = [await hear(board, "telemetry") for _ in range(2)]
            assert telemetry[1]["seats"][str(seat)]["frame_at"] is not None
            await staff.post(f"/api/sittings/{seat}/message", {"body": "请安静"})
            assert (await hear(board, "event"))["number"] == snapshot["number"] + 1

    asyncio.run(scenario())


def test_bad_frames_leave_the_socket_and_too_many_too_fast_end_it(
    server_of_room: tuple[str, WorkingRoom],
) -> None:
    url, room = server_of_room

    async def scenario() -> None:
        async with candidate(url, room.seats[1]) as page, page.socket("/ws/frames/") as camera:
            for data, code in (
                (b"", "too_short"),
                (pack_wire(Frame(0, 1, 0.0, 0.0, b"\x01" * 20)), "not_jpeg"),
                (b"\x01" * 20, "bad_time"),
                (bytes(400_000), "bad_version"),
            ):
                await camera.send(data)
                assert (await hear(camera, "refused"))["code"] == code
            await camera.send("text")
            assert (await hear(camera, "error"))["code"] == "bad_message"
            sending = asyncio.create_task(flood(camera))
            with pytest.raises(ConnectionClosed) as closed:
                await listen(camera)
            sending.cancel()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4008

    asyncio.run(scenario())
