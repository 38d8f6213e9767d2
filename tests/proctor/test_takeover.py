"""What becomes of a seat when its worker dies, hangs, is stopped or has too much: on real processes and both buses."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from multiprocessing.context import SpawnProcess

import pytest

from proctor.bus import Bus, Watch, open_bus
from proctor.buses.shared import SharedBus
from proctor.detections import Detection
from proctor.frames import Frame, Image
from proctor.leaving import read_left
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.pulse import HUNG, HUNG_AFTER, Pulse
from proctor.reports import Code, IncidentReport
from proctor.worker import CLOCKS, Worker, go_on
from tests.proctor.conftest import Opener
from tests.proctor.made import jpeg

SPAWN = multiprocessing.get_context("spawn")
PATIENCE = 20.0
KILLED = 9


class NothingThere:
    """A detector that finds nothing; whether a lens is covered needs none."""

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        return [[] for _ in images]


class Hanging(NothingThere):
    """A detector whose third picture never comes back."""

    def __init__(self) -> None:
        self._left = 3

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        self._left -= 1
        if not self._left:
            threading.Event().wait()
        return super().detect(images)


class DyingBus(SharedBus):
    """The bus of a worker that is killed right after its first report, before it can note that it was sent."""

    def send(self, report: IncidentReport) -> None:
        super().send(report)
        os._exit(KILLED)


def work(bus: Bus, scene: NothingThere, number: int) -> None:
    """A worker in this process, for ever."""
    worker = Worker(
        bus,
        Pipeline(Detectors(**{one.name: scene for one in fields(Detectors)}), load_rules()),
        CLOCKS.wall,
        number,
    )
    with Pulse(bus, number, CLOCKS) as pulse:
        worker.on_step = pulse.heard
        go_on(worker, threading.Event(), pulse)


def plain(url: str, number: int) -> None:
    work(open_bus(url), NothingThere(), number)


def hanging(url: str, number: int) -> None:
    work(open_bus(url), Hanging(), number)


def dying(url: str, number: int) -> None:
    from pathlib import Path

    work(DyingBus(Path(url.removeprefix("shared:"))), NothingThere(), number)


class Cameras:
    """Four frames a second from each source, and the reports that come back."""

    def __init__(self, bus: Bus, reader: Bus, sources: Sequence[int], name: str) -> None:
        self.bus, self._reader = bus, reader
        self.reports: list[IncidentReport] = []
        self._stop = threading.Event()
        for source in sources:
            bus.watch(Watch(source, time.time()))
        self._thread = threading.Thread(target=self._send, args=(sources, name))
        self._thread.start()

    def _send(self, sources: Sequence[int], name: str) -> None:
        seq = 0
        while not self._stop.wait(0.25):
            seq += 1
            for source in sources:
                self.bus.put(Frame(source, seq, time.time(), time.time(), jpeg(name, seq % 8 / 2)))

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.reports
            for receipt in self._reader.receive(10, 0.05):
                self.reports.append(receipt.report)
                self._reader.acknowledge(receipt)

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def accounted(self, source: int) -> bool:
        one = self.bus.status(source)
        ends = one.analysed + one.dropped + one.refused + one.late + one.timed_out
        return one.received == ends + one.waiting + one.in_work


@pytest.fixture
def film(opener: Opener) -> Iterator[Callable[..., Cameras]]:
    """Makes cameras that show one scene, stopped afterwards."""
    made: list[Cameras] = []

    def make(sources: Sequence[int], name: str = "person") -> Cameras:
        made.append(Cameras(opener(), opener(), sources, name))
        return made[-1]

    yield make
    for cameras in made:
        cameras.close()


@pytest.fixture
def start(bus_url: str) -> Iterator[Callable[..., SpawnProcess]]:
    """Starts workers of one of the kinds above, killed afterwards."""
    started: list[SpawnProcess] = []

    def start_one(kind: Callable[[str, int], None] = plain) -> SpawnProcess:
        started.append(SPAWN.Process(target=kind, args=(bus_url, 101 + len(started))))
        started[-1].start()
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.join()


def kill(process: SpawnProcess) -> None:
    process.kill()
    process.join()


def test_a_worker_that_hangs_ends_itself_and_its_seats_go_on(
    film: Callable[..., Cameras], start: Callable[..., SpawnProcess]
) -> None:
    cameras = film([1])
    bad = start(hanging)
    cameras.until(lambda: cameras.bus.status(1).analysed == 2)
    start()
    cameras.until(lambda: cameras.bus.status(1).in_work and 102 in cameras.bus.alive(time.time()))
    assert cameras.bus.status(1).holder == 101
    bad.join(HUNG_AFTER + 5)
    assert bad.exitcode == HUNG
    cameras.until(lambda: cameras.bus.status(1).analysed > 4)
    assert (cameras.bus.status(1).timed_out, cameras.bus.status(1).holder) == (1, 102)
    assert cameras.accounted(1)


def test_a_worker_that_was_stopped_for_a_while_counts_nothing_twice(
    film: Callable[..., Cameras], start: Callable[..., SpawnProcess]
) -> None:
    cameras = film([1, 2])
    first = start()
    cameras.until(lambda: cameras.bus.status(2).analysed > 2)
    start()
    cameras.until(lambda: 102 in cameras.bus.alive(time.time()))
    os.kill(first.pid or 0, signal.SIGSTOP)
    cameras.until(lambda: {cameras.bus.status(source).holder for source in (1, 2)} == {102})
    os.kill(first.pid or 0, signal.SIGCONT)
    before = cameras.bus.status(1).analysed
    cameras.until(lambda: cameras.bus.status(1).analysed > before + 4)
    assert {cameras.bus.status(source).holder for source in (1, 2)} == {102}
    assert all(cameras.accounted(source) for source in (1, 2))


@pytest.mark.parametrize(
    "bus_url", ["shared"], indirect=True
)  # the bus that kills its worker is a shared one
def test_an_incident_whose_worker_died_while_telling_it_is_one_incident(
    film: Callable[..., Cameras], start: Callable[..., SpawnProcess]
) -> None:
    cameras = film([1], "covered")
    first = start(dying)
    cameras.until(lambda: first.exitcode is not None)
    assert first.exitcode == KILLED
    left = read_left(cameras.bus.load_open(1))
    assert [one.uid for one in left.episodes if one.raised] == list(left.untold), "noted before it was told"
    start()
    cameras.until(lambda: [one.phase for one in cameras.reports].count("raised") == 2)
    cameras.bus.unwatch(1)
    cameras.until(lambda: "ended" in [one.phase for one in cameras.reports])
    assert {(one.code, one.uid) for one in cameras.reports} == {(Code.CAMERA_BLOCKED, cameras.reports[0].uid)}


def test_what_was_seen_before_a_kill_counts_after_it(
    film: Callable[..., Cameras], start: Callable[..., SpawnProcess]
) -> None:
    cameras = film([1], "covered")
    first = start()
    cameras.until(lambda: 1 in cameras.bus.open_sources())
    time.sleep(1.2)  # long enough to be saved again, too short to be raised
    kill(first)
    killed_at = time.time()
    assert not cameras.reports
    start()
    cameras.until(lambda: bool(cameras.reports))
    assert cameras.reports[0].started_at < killed_at - 1


def test_what_a_dead_worker_left_open_at_a_seat_nobody_watches_ends(
    film: Callable[..., Cameras], start: Callable[..., SpawnProcess]
) -> None:
    cameras = film([1], "covered")
    first = start()
    cameras.until(lambda: "raised" in [one.phase for one in cameras.reports])
    time.sleep(1.0)
    kill(first)
    cameras.bus.unwatch(1)
    start()
    cameras.until(lambda: "ended" in [one.phase for one in cameras.reports])
    cameras.until(lambda: not cameras.bus.open_sources())
