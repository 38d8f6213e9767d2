"""Closed loops over websockets: every client sends its next message when the last one is answered."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from benchmarks.figures import Rep, Slice, together
from benchmarks.servers import Served, Window

# Short and often in turn, so that a neighbour's load falls on both sides alike.
SLICES = 4
WARM_UP_SECONDS = 0.2
MEASURED_SECONDS = 0.8
DRAIN_SECONDS = 10
Message = Callable[[], bytes]


class Failed(RuntimeError):
    """The server did not do what is measured, so there is no figure."""


@dataclass(slots=True)
class Talk:
    """How a client speaks: messages of a kind, what an answer begins with, what a refusal begins with."""

    kind: WSMsgType
    answer: bytes
    refusal: bytes = b'{"type":"refused"'


@dataclass(slots=True)
class Counts:
    """Shared by all clients of a loop."""

    answered: int = 0
    running: bool = False
    refused: list[bytes] = field(default_factory=list)
    lost: int = 0


class Client(WSListener):
    """One connection with one message under way."""

    def __init__(self, talk: Talk, counts: Counts, message: Message) -> None:
        super().__init__()
        self.talk, self.counts, self.message = talk, counts, message
        self.under_way = False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        payload = frame.get_payload_as_bytes()
        if payload.startswith(self.talk.answer):
            self.counts.answered += self.under_way
            self.under_way = False
            if self.counts.running:
                self.send()
        elif payload.startswith(self.talk.refusal):
            self.under_way = False
            self.counts.refused.append(payload)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.counts.lost += self.counts.running or self.under_way

    def send(self) -> None:
        """The next message."""
        self.under_way = True
        self.transport.send(self.talk.kind, self.message())


@dataclass(slots=True)
class Loop:
    """All clients of one server."""

    served: Served
    clients: list[Client]
    counts: Counts

    @classmethod
    async def connect(
        cls, served: Served, path: str, talk: Talk, cookies: Sequence[str], messages: Sequence[Message]
    ) -> "Loop":
        """A client for each cookie; they connect one after the other, which is not what is measured here."""
        counts, clients = Counts(), []
        for cookie, message in zip(cookies, messages, strict=True):
            client = Client(talk, counts, message)
            headers = {"Cookie": f"candidate={cookie}", "Origin": f"http://{served.address}"}
            await ws_connect(lambda it=client: it, f"ws://{served.address}{path}", extra_headers=headers)
            clients.append(client)
        return cls(served, clients, counts)

    async def measure(self) -> Slice:
        """One slice; raises Failed when a message was refused or a connection lost."""
        self.served.wake()
        self.counts.running = True
        for client in self.clients:
            client.send()
        await asyncio.sleep(WARM_UP_SECONDS)
        window = Window(self.served, self.counts.answered)
        await asyncio.sleep(MEASURED_SECONDS)
        measured = window.slice(self.counts.answered)
        self.counts.running = False
        await self._drain()
        self.served.sleep()
        return measured

    async def _drain(self) -> None:
        for _ in range(DRAIN_SECONDS * 100):
            if not any(client.under_way for client in self.clients):
                break
            await asyncio.sleep(0.01)
        waiting = sum(client.under_way for client in self.clients)
        if self.counts.refused or self.counts.lost or waiting:
            refused = self.counts.refused[:1]
            raise Failed(
                f"refused {refused}, {self.counts.lost} connections lost, {waiting} without an answer"
            )

    async def close(self) -> None:
        """Part from everybody."""
        self.served.wake()
        for client in self.clients:
            client.transport.disconnect()
        await asyncio.sleep(0.2)


async def interleave(product: Loop, limit: Loop, reps: int) -> tuple[list[Rep], list[Rep]]:
    """Product, limit, product, limit, …; `reps` of each, in slices. Whoever is not measured is asleep."""
    product.served.sleep()
    limit.served.sleep()
    pairs = [(await product.measure(), await limit.measure()) for _ in range(reps * SLICES)]
    await product.close()
    await limit.close()
    groups = [pairs[at : at + SLICES] for at in range(0, len(pairs), SLICES)]
    return [together([p for p, _ in group]) for group in groups], [
        together([o for _, o in group]) for group in groups
    ]
