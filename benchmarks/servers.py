"""The servers under test: processes on a core of their own, one of them asleep while the other is measured."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks import machine
from benchmarks.figures import Slice
from proctor.buses.shared import SharedBus
from tests.day.venue import WorkingRoom, prepare
from tests.support.ports import free_port, listens, wait_until
from tests.support.server import DATABASE, environment, run_command

START_SECONDS = 60


@dataclass(slots=True)
class Served:
    """A server that listens; `address` is where clients connect."""

    process: "subprocess.Popen[bytes]"
    port: int
    usage: psutil.Process = field(init=False)

    def __post_init__(self) -> None:
        self.usage = psutil.Process(self.process.pid)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far."""
        times = self.usage.cpu_times()
        return float(times.user + times.system)

    def sleep(self) -> None:
        """Take nothing from the one that is measured: not even what a server does each second by itself."""
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def serving(command: Sequence[str], port: int, settings: dict[str, str], log: Path) -> Iterator[Served]:
    """Start `command` on the server's core; it is ended when the block is left."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=machine.pinned_to_server_core(ALLOWED),  # noqa: PLW1509 - one system call, no threads here yet
        )
    served = Served(process, port)
    try:
        wait_until(
            lambda: process.poll() is not None or listens(port), seconds=START_SECONDS, what=str(command)
        )
        if process.poll() is not None:
            raise SystemExit(f"{command} ended:\n{log.read_text('utf-8')[-2000:]}")
        yield served
    finally:
        served.wake()
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


ALLOWED = machine.cores()


@dataclass(frozen=True, slots=True)
class Venue:
    """A prepared database with a room at work; suites serve copies of it."""

    folder: Path
    room: WorkingRoom

    @classmethod
    def make(cls, folder: Path, seats: int) -> "Venue":
        """Migrate, and hold the room up to the start signal."""
        data = folder / "prepared"
        data.mkdir(parents=True)
        settings = environment(data)
        run_command(settings, "migrate")
        return cls(folder, prepare(settings, seats))

    @contextmanager
    def product(self, name: str, **settings: str) -> Iterator[Served]:
        """`examserver serve` on a copy for the suite `name`."""
        data = self.folder / name
        shutil.copytree(self.folder / "prepared", data)
        port = free_port()
        command = [sys.executable, "-m", "examserver", "serve", "--port", str(port)]
        quiet = environment(data, EXAMSERVER_LOG="ERROR", **settings)
        try:
            with serving(command, port, quiet, data / "server.log") as served:
                yield served
        finally:
            SharedBus(data / "bus").discard()  # frames lie in shared memory, which outlives the server

    @contextmanager
    def limit(self, name: str) -> Iterator[Served]:
        """The bare server beside it."""
        data = self.folder / f"{name}-limit"
        data.mkdir()
        port = free_port()
        command = [sys.executable, "-m", "benchmarks.limits", str(port)]
        with serving(command, port, environment(data, EXAMSERVER_LOG="ERROR"), data / "server.log") as served:
            yield served


@dataclass(slots=True)
class Window:
    """Counts and CPU time between two moments."""

    served: Served
    counted: int
    began: float = field(default_factory=time.perf_counter)
    cpu: float = field(init=False)

    def __post_init__(self) -> None:
        self.cpu = self.served.cpu_seconds()

    def slice(self, counted: int) -> Slice:
        """The stretch that ends now."""
        cpu, wall = self.served.cpu_seconds() - self.cpu, time.perf_counter() - self.began
        return Slice(counted - self.counted, wall, cpu)


def inherited_models() -> None:
    """`environment` of the tests wants to know where the weights are."""
    os.environ.setdefault("EXAMSERVER_MODELS", str(Path("var/models").resolve()))


__all__ = ["DATABASE", "Served", "Venue", "Window", "inherited_models", "serving"]
