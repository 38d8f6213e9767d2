"""Real workers on a shared bus, their logs, and cameras that send what a test hands them."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from proctor.bus import SourceStatus, Watch
from proctor.buses.shared import SharedBus
from proctor.frames import Frame
from proctor.reports import IncidentReport

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


class Room:
    """A directory with a bus; workers are started with `start` and ended with `close`."""

    def __init__(self, directory: Path, models: Path) -> None:
        self.directory, self._models = directory, models
        self.bus = SharedBus(directory / "bus")
        self.workers: list[subprocess.Popen[bytes]] = []
        self._seq = 0

    def start(self, *options: str, most_file_bytes: int | None = None) -> "subprocess.Popen[bytes]":
        """A worker; with `most_file_bytes` no file can grow further, as on a disk that is full."""
        command = [sys.executable, "-m", "proctor", "--models", str(self._models), "work"]
        log = (self.directory / f"worker-{len(self.workers)}.log").open("ab")

        def limit() -> None:
            if most_file_bytes:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_file_bytes, most_file_bytes))

        self.workers.append(
            subprocess.Popen(
                [*command, "--bus", f"shared:{self.directory / 'bus'}", *options],
                cwd=ROOT,
                stderr=log,
                preexec_fn=limit,  # noqa: PLW1509 - one system call, before anything else runs
            )
        )
        log.close()
        return self.workers[-1]

    def watch(self, *sources: int) -> None:
        for source in sources:
            self.bus.watch(Watch(source, time.time()))

    def send(self, source: int, jpeg: bytes) -> None:
        """A frame, captured and received now."""
        self._seq += 1
        self.bus.put(Frame(source, self._seq, time.time(), time.time(), jpeg))

    def play(self, shown: Mapping[int, bytes], until: Callable[[], bool]) -> None:
        """Send each source its picture four times a second until something holds."""
        over = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < over, self.log()
            for source, jpeg in shown.items():
                self.send(source, jpeg)
            time.sleep(0.25)

    def wait(self, until: Callable[[], bool]) -> None:
        self.play({}, until)

    def status(self, source: int) -> SourceStatus:
        return self.bus.status(source)

    def reports(self) -> list[IncidentReport]:
        """Every report that was sent and not read yet."""
        found = []
        while receipts := self.bus.receive(20, 0.1):
            for receipt in receipts:
                found.append(receipt.report)
                self.bus.acknowledge(receipt)
        return found

    def log(self) -> str:
        """What all workers said."""
        return "".join(path.read_text("utf-8") for path in sorted(self.directory.glob("worker-*.log")))

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.bus.discard()
