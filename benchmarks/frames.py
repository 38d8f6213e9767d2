"""Frames taken in a second, from the socket to the bus, against an ASGI function that only reads them."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator

from picows import WSMsgType

from benchmarks.answers import SETTLE_SECONDS
from benchmarks.figures import Figure
from benchmarks.limits import CREDIT
from benchmarks.loops import Loop, Message, Talk, interleave
from benchmarks.servers import Served, Venue
from proctor.frames import HEADER, WIRE_VERSION, encode
from proctor.scenes import scene

CAMERAS = 20
PICTURES = 8
QUALITY = 75
CREDITED = Talk(WSMsgType.BINARY, CREDIT.encode())


def pictures() -> list[bytes]:
    """JPEGs as a webcam sends them, about 30 kB each."""
    return [encode(scene("person", index / 2, seed=index), QUALITY) for index in range(PICTURES)]


def camera(jpegs: list[bytes]) -> Message:
    """One camera's messages."""

    def messages() -> Iterator[bytes]:
        for seq in itertools.count(1):
            yield HEADER.pack(WIRE_VERSION, seq, round(time.time() * 1000)) + jpegs[seq % len(jpegs)]

    return messages().__next__


def run(venue: Venue, reps: int) -> Figure:
    """The figure; the product's pace limit is lifted, since a page would be held to two frames a second."""
    with venue.product("frames", EXAMSERVER_FRAME_INTERVAL_MS="0") as product, venue.limit("frames") as limit:
        return asyncio.run(_run(venue, product, limit, reps))


async def _run(venue: Venue, product: Served, limit: Served, reps: int) -> Figure:
    cookies = [seat.cookie for seat in venue.room.seats[:CAMERAS]]
    jpegs = pictures()

    def cameras() -> list[Message]:
        return [camera(jpegs) for _ in cookies]

    taken = await Loop.connect(product, "/ws/frames/", CREDITED, cookies, cameras())
    bare = await Loop.connect(limit, "/frames/", CREDITED, cookies, cameras())
    await asyncio.sleep(SETTLE_SECONDS)
    measured = await interleave(taken, bare, reps)
    size = statistics.mean(len(jpeg) for jpeg in jpegs) / 1000
    return Figure(
        "frames",
        "frames taken in/s",
        "raw ASGI endpoint on the same server",
        0.70,
        *measured,
        notes=[f"{CAMERAS} cameras, closed loop, JPEGs of {size:.1f} kB on average"],
    )
