"""Durable acknowledgements a second: `saved` after the commit, against an echo that does nothing."""

import asyncio
import itertools
import json
import urllib.request
from collections.abc import Iterator

from picows import WSMsgType

from benchmarks.figures import Figure
from benchmarks.loops import Loop, Message, Talk, interleave
from benchmarks.servers import Served, Venue

SAVED = Talk(WSMsgType.TEXT, b'{"type":"saved"')
ECHO = Talk(WSMsgType.TEXT, b'{"type":"answer"')
SETTLE_SECONDS = 5.0


def items_of(served: Served, cookie: str) -> list[tuple[str, list[str]]]:
    """Every item of the paper with its options."""
    request = urllib.request.Request(
        f"http://{served.address}/api/exam/paper", headers={"Cookie": f"candidate={cookie}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        paper = json.load(answer)
    rows = [item for section in paper["sections"] for item in section["items"]]
    return [(item["id"], [option["id"] for option in item["options"]]) for item in rows]


def work_through(items: list[tuple[str, list[str]]], shift: int) -> Message:
    """A candidate who answers item after item, and each again with another option, beginning at item `shift`."""

    def lines() -> Iterator[bytes]:
        for seq in itertools.count(1):
            for item, options in items[shift:] + items[:shift]:
                value = options[seq % len(options)]
                yield (
                    f'{{"type":"answer","item":"{item}","seq":{seq},"value":["{value}"],"marked":false}}'.encode()
                )

    return lines().__next__


def run(venue: Venue, reps: int) -> Figure:
    """The figure, from `reps` repetitions of each."""
    with venue.product("answers") as product, venue.limit("answers") as limit:
        return asyncio.run(_run(venue, product, limit, reps))


async def _run(venue: Venue, product: Served, limit: Served, reps: int) -> Figure:
    cookies = [seat.cookie for seat in venue.room.seats]
    items = items_of(product, cookies[0])

    def messages() -> list[Message]:
        return [work_through(items, index % len(items)) for index in range(len(cookies))]

    saved = await Loop.connect(product, "/ws/exam/", SAVED, cookies, messages())
    echo = await Loop.connect(limit, "/echo/", ECHO, cookies, messages())
    await asyncio.sleep(SETTLE_SECONDS)  # every seat is put under watch
    measured = await interleave(saved, echo, reps)
    return Figure(
        "answers",
        "durable acknowledgements/s",
        "bare echo on the same server",
        0.75,
        *measured,
        notes=[f"{len(cookies)} candidates, closed loop, {len(messages()[0]())} bytes an answer"],
    )
