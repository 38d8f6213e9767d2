"""A real worker process: frames in, incidents out, through both kinds of bus."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from proctor import policies
from proctor.bus import Bus, Watch
from proctor.frames import Frame
from proctor.reports import Code, IncidentReport
from tests.proctor.conftest import Opener
from tests.proctor.made import jpeg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0


class Venue:
    """A server's part: sends each source its scene four times a second and collects the reports."""

    def __init__(self, bus: Bus, reader: Bus) -> None:
        self.bus, self._reader = bus, reader
        self.shown: dict[int, str] = {}
        self.reports: list[IncidentReport] = []
        self._stop = threading.Event()
        self._sender = threading.Thread(target=self._send)
        self._sender.start()

    def watch(self, source: int, name: str | None = None) -> None:
        if name:
            self.shown[source] = name
        self.bus.watch(Watch(source, time.time()))

    def told(self, phase: str = "raised") -> set[tuple[int, Code]]:
        return {(report.source, report.code) for report in self.reports if report.phase == phase}

    def wait_for(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, [(r.source, r.code, r.phase) for r in self.reports]
            for receipt in self._reader.receive(10, 0.1):
                self.reports.append(receipt.report)
                self._reader.acknowledge(receipt)

    def close(self) -> None:
        self._stop.set()
        self._sender.join()

    def _send(self) -> None:
        seq = 0
        while not self._stop.wait(0.25):
            seq += 1
            for source, name in list(self.shown.items()):
                picture = b"\xff\xd8 no picture \xff\xd9" if name == "garbage" else jpeg(name, seq % 8 / 2)
                self.bus.put(Frame(source, seq, time.time(), time.time(), picture))


@pytest.fixture
def venue(opener: Opener) -> Iterator[Venue]:
    venue = Venue(opener(), opener())
    yield venue
    venue.close()


@pytest.fixture
def start(
    bus_url: str, models_dir: Path, tmp_path: Path
) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts workers whose policy waits two seconds instead of fifteen and ten."""
    policy = tmp_path / "policy.toml"
    text = Path(policies.__file__).with_name("policy.toml").read_text("utf-8")
    policy.write_text(re.sub(r"minimum = \d+\.0", "minimum = 2.0", text), "utf-8")
    started = []

    def start_one() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "proctor", "--models", str(models_dir), "work", "--bus", bus_url]
        started.append(subprocess.Popen([*command, "--policy", str(policy)], cwd=ROOT))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def test_each_seat_gets_the_incidents_it_shows_and_no_other(
    venue: Venue, start: Callable[..., object]
) -> None:
    venue.watch(1, "person")
    venue.watch(2, "phone")
    venue.watch(3, "empty")
    venue.watch(4, "covered")
    venue.watch(5)
    start()
    expected = {(2, Code.PHONE), (3, Code.SEAT_EMPTY), (4, Code.CAMERA_BLOCKED), (5, Code.CAMERA_LOST)}
    venue.wait_for(lambda: venue.told() >= expected)
    assert venue.told() == expected
    assert all(report.stills for report in venue.reports if report.source != 5)
    status, thumbnail = venue.bus.status(1), venue.bus.thumbnail(1)
    assert status.analysed > 0
    assert time.time() - status.analysed_at < 2
    assert thumbnail is not None


def test_a_seat_that_is_no_longer_watched_ends_its_incident(
    venue: Venue, start: Callable[..., object]
) -> None:
    venue.watch(2, "phone")
    start()
    venue.wait_for(lambda: (2, Code.PHONE) in venue.told())
    venue.bus.unwatch(2)
    venue.wait_for(lambda: (2, Code.PHONE) in venue.told("ended"))


def test_bad_frames_stop_neither_the_worker_nor_their_own_seat(
    venue: Venue, start: Callable[..., object]
) -> None:
    venue.watch(1, "garbage")
    venue.watch(2, "phone")
    start()
    venue.wait_for(lambda: (2, Code.PHONE) in venue.told())
    venue.shown[1] = "phone"
    venue.wait_for(lambda: (1, Code.PHONE) in venue.told())


def test_a_killed_worker_is_followed_by_one_that_goes_on_with_its_incidents(
    venue: Venue, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    venue.watch(2, "phone")
    first = start()
    venue.wait_for(lambda: (2, Code.PHONE) in venue.told())
    first.send_signal(signal.SIGKILL)
    first.wait()
    start()
    analysed = venue.bus.status(2).analysed
    venue.wait_for(lambda: venue.bus.status(2).analysed >= analysed + 8)
    venue.bus.unwatch(2)
    venue.wait_for(lambda: (2, Code.PHONE) in venue.told("ended"))
    assert len({report.uid for report in venue.reports}) == 1


def test_the_seats_of_a_killed_worker_go_on_with_another_within_two_seconds(
    venue: Venue, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    venue.watch(1, "phone")
    venue.watch(2, "person")
    workers = {}
    for _ in range(2):
        process = start()
        venue.wait_for(lambda: len(venue.bus.alive(time.time())) == len(workers) + 1)
        [number] = venue.bus.alive(time.time()) - set(workers)
        workers[number] = process
    venue.wait_for(lambda: (1, Code.PHONE) in venue.told())
    for source in (1, 2):
        holder = venue.bus.status(source).holder
        if holder in workers:
            workers.pop(holder).kill()
    killed_at = time.time()
    for source in (1, 2):
        venue.wait_for(lambda source=source: venue.bus.status(source).analysed_at > killed_at)
        [run] = [one for one in venue.bus.runs([source])[source] if one.ended >= killed_at]
        assert run.began < killed_at, "nobody looked for more than two seconds"
    venue.bus.unwatch(1)
    venue.wait_for(lambda: (1, Code.PHONE) in venue.told("ended"))
    assert len({report.uid for report in venue.reports}) == 1


def test_a_worker_stops_cleanly_when_it_is_told_to(
    venue: Venue, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    venue.watch(1, "person")
    worker = start()
    venue.wait_for(lambda: venue.bus.status(1).analysed > 0)
    worker.terminate()
    assert worker.wait(timeout=10) == 0
