"""A real proctor worker on the server's core, with seats whose cameras are played from the generator's core."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psutil

from benchmarks import machine
from benchmarks.detecting import PICTURES, QUALITY, WITH_PHONE
from benchmarks.figures import Slice
from benchmarks.servers import ALLOWED
from proctor.bus import Watch
from proctor.buses.shared import SharedBus
from proctor.frames import Frame, encode
from proctor.models import default_directory
from proctor.scenes import scene

# What `examserver demo` and the containers set for a worker: memory of a picture's size is kept, not given back.
WORKER_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(64 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(256 * 2**20)}
START_SECONDS = 60
LOOK_EVERY = 0.01
WARM_UP_SECONDS = 2.0


class Steady(msgspec.Struct, frozen=True):
    """Cameras at their own pace: frames sent and analysed, seconds from a frame's moment to its result."""

    seats: int
    sent: int
    analysed: int
    dropped: int
    p50: float
    p95: float

    @property
    def holds(self) -> bool:
        """Whether every frame was analysed in time; the last ones of a window may still be under way."""
        return self.p95 < 1.0 and self.analysed + self.seats >= self.sent and self.dropped == 0


@dataclass(slots=True)
class Camera:
    """One seat: what it shows, how many frames it sent, and which of them the worker has told of."""

    seat: int
    shots: list[bytes]
    sent: int = 0
    due: float = 0.0
    told: float = 0.0


@dataclass(slots=True)
class Hall:
    """A worker at work and the cameras of its seats."""

    bus: SharedBus
    process: "subprocess.Popen[bytes]"
    cameras: list[Camera]
    usage: psutil.Process = field(init=False)

    def __post_init__(self) -> None:
        self.usage = psutil.Process(self.process.pid)

    def cpu_seconds(self) -> float:
        times = self.usage.cpu_times()
        return float(times.user + times.system)

    def resident_mib(self) -> float:
        """Memory of the worker's own: the slots that it shares with the server are not counted."""
        memory = self.usage.memory_info()
        return float(memory.rss - memory.shared) / 2**20

    def analysed(self) -> int:
        return sum(self.bus.status(camera.seat).analysed for camera in self.cameras)

    def dropped(self) -> int:
        return sum(self.bus.status(camera.seat).dropped for camera in self.cameras)

    def show(self, camera: Camera, captured_at: float) -> None:
        """Send the next picture of a camera."""
        shot = camera.shots[camera.sent % len(camera.shots)]
        self.bus.put(Frame(camera.seat, camera.sent, captured_at, time.time(), shot))
        camera.sent += 1

    def at_pace(self, seconds: float, every: float = 1.0) -> Steady:
        """Each camera sends a frame `every` so many seconds, all at other moments, whatever becomes of them."""
        before, dropped, sent = self.analysed(), self.dropped(), sum(camera.sent for camera in self.cameras)
        began = float(int(time.time()) + 1)
        for number, camera in enumerate(self.cameras):
            camera.due = began + number * every / len(self.cameras)
        delays: list[float] = []
        list(self._results())  # those of before are known now
        while (now := time.time()) < began + seconds:
            self._send_due(now, every)
            delays += self._results()
            time.sleep(LOOK_EVERY)
        return Steady(
            len(self.cameras),
            sum(camera.sent for camera in self.cameras) - sent,
            self.analysed() - before,
            self.dropped() - dropped,
            machine.percentile(delays, 0.5),
            machine.percentile(delays, 0.95),
        )

    def _send_due(self, now: float, every: float) -> None:
        for camera in self.cameras:
            if camera.due <= now:
                self.show(camera, camera.due)
                camera.due += every

    def _results(self) -> Iterator[float]:
        """The delays of the results that are new; the thumbnail says which frame a result is of."""
        for camera in self.cameras:
            picture = self.bus.thumbnail(camera.seat)
            if picture and picture.captured_at > camera.told:
                camera.told = picture.captured_at
                yield self.bus.status(camera.seat).analysed_at - picture.captured_at

    def never_idle(self, seconds: float) -> Slice:
        """A new frame for every seat as soon as its last one was taken."""
        self._keep_busy(WARM_UP_SECONDS)
        before, began, cpu = self.analysed(), time.perf_counter(), self.cpu_seconds()
        self._keep_busy(seconds)
        return Slice(self.analysed() - before, time.perf_counter() - began, self.cpu_seconds() - cpu)

    def _keep_busy(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for camera in self.cameras:
                if not self.bus.status(camera.seat).waiting:
                    self.show(camera, time.time())
            time.sleep(LOOK_EVERY / 5)


def films(seats: int) -> list[Camera]:
    """A camera for each seat, every tenth with a phone in view."""
    made = {
        name: [encode(scene(name, index / 2, index), QUALITY) for index in range(PICTURES)]
        for name in ("person", "phone")
    }
    shown = {seat: "phone" if seat % WITH_PHONE == 0 else "person" for seat in range(1, seats + 1)}
    return [Camera(seat, made[name]) for seat, name in shown.items()]


@contextmanager
def hall(folder: Path, seats: int) -> Iterator[Hall]:
    """A worker with so many seats that has analysed a frame of each; ended when the block is left."""
    bus = SharedBus(folder)
    cameras = films(seats)
    for camera in cameras:
        bus.watch(Watch(camera.seat, time.time()))
    command = ["-m", "proctor", "--models", str(default_directory()), "work", "--bus", f"shared:{folder}"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, **WORKER_MEMORY},
            stderr=log,
            preexec_fn=machine.pinned_to_server_core(ALLOWED),  # noqa: PLW1509 - one system call, no threads here yet
        )
    try:
        found = Hall(bus, process, cameras)
        settle(found)
        yield found
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        bus.discard()


def settle(found: Hall) -> None:
    """Until every seat was looked at once; raises SystemExit when the worker ends."""
    for camera in found.cameras:
        found.show(camera, time.time())
    until = time.perf_counter() + START_SECONDS
    while any(not found.bus.status(camera.seat).analysed for camera in found.cameras):
        if found.process.poll() is not None or time.perf_counter() > until:
            raise SystemExit("the worker does not work; its log says why")
        time.sleep(LOOK_EVERY)
