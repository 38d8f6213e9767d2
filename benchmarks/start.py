"""Everybody starts in the same second: connect, fetch the paper, answer, and wait for the acknowledgement."""

import asyncio
import time
from dataclasses import dataclass

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from benchmarks.answers import items_of
from benchmarks.figures import StartFigure, StartRep
from benchmarks.machine import percentile
from benchmarks.servers import Served, Venue

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 2.0


class Page(WSListener):
    """A candidate's socket: knows when the state has come and when the answer is saved."""

    def __init__(self) -> None:
        super().__init__()
        loop = asyncio.get_running_loop()
        self.state, self.saved = loop.create_future(), loop.create_future()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        payload = frame.get_payload_as_bytes()
        if payload.startswith(b'{"type":"state"') and not self.state.done():
            self.state.set_result(None)
        elif payload.startswith(b'{"type":"saved"') and not self.saved.done():
            self.saved.set_result(None)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        for future in (self.state, self.saved):
            if not future.done():
                future.set_exception(ConnectionResetError("the server closed the socket"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who waits for the signal: a cookie, and the answer that will be the first."""

    address: str
    cookie: str
    answer: bytes

    async def begin(self, signal: float) -> float | Exception:
        """Seconds from the signal until the first answer is acknowledged, or what went wrong."""
        transport = None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                transport, page = await self._connect()
                await page.state
                await self._fetch_paper()
                transport.send(WSMsgType.TEXT, self.answer)
                await page.saved
                return time.perf_counter() - signal
        except Exception as problem:
            return problem
        finally:
            if transport is not None:
                transport.disconnect()

    async def _connect(self) -> tuple[WSTransport, Page]:
        headers = {"Cookie": f"candidate={self.cookie}", "Origin": f"http://{self.address}"}
        url = f"ws://{self.address}/ws/exam/"
        page = Page()
        transport, _ = await ws_connect(
            lambda: page, url, extra_headers=headers, websocket_handshake_timeout=PATIENCE_SECONDS
        )
        return transport, page

    async def _fetch_paper(self) -> None:
        """Plain HTTP/1.1 by hand: a client library would cost the generator's core more than the server's work."""
        host, port = self.address.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            lines = (
                "GET /api/exam/paper HTTP/1.1",
                f"Host: {self.address}",
                f"Cookie: candidate={self.cookie}",
            )
            writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode())
            page = await reader.read()
        finally:
            writer.close()
        if not page.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(page[:200])


def run(venue: Venue, reps: int) -> StartFigure:
    """The figure; the server and the candidates have a core each."""
    with venue.product("start") as served:
        return asyncio.run(_run(venue, served, reps))


async def _run(venue: Venue, served: Served, reps: int) -> StartFigure:
    items = items_of(served, venue.room.seats[0].cookie)
    found = []
    for number in range(1, reps + 1):
        found.append(await _start(venue, served, items[0], number))
        await asyncio.sleep(PAUSE_SECONDS)
    return StartFigure(len(venue.room.seats), found)


async def _start(venue: Venue, served: Served, item: tuple[str, list[str]], seq: int) -> StartRep:
    name, options = item
    answer = f'{{"type":"answer","item":"{name}","seq":{seq},"value":["{options[0]}"]}}'.encode()
    everybody = [Candidate(served.address, seat.cookie, answer) for seat in venue.room.seats]
    signal = time.perf_counter()
    outcomes = await asyncio.gather(*(one.begin(signal) for one in everybody))
    took = [one for one in outcomes if isinstance(one, float)]
    refused = sum(isinstance(one, ConnectionRefusedError) for one in outcomes)
    return StartRep(
        p50=percentile(took, 0.5),
        p99=percentile(took, 0.99),
        slowest=max(took, default=float("inf")),
        acknowledged=len(took),
        refused=refused,
        dropped=len(outcomes) - len(took) - refused,
    )
