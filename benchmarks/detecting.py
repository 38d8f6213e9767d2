"""The detector suite's own process: a worker that empties a backlog, and the bare network, in turn, on one thread.

`python -m benchmarks.detecting REPS` prints both lists of repetitions as JSON. A process of its own, because memory is
allocated as the worker's is only when the environment says so before Python starts.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.figures import Rep, Slice, together
from proctor import models
from proctor.bus import Bus, Watch
from proctor.buses.shared import SharedBus
from proctor.detectors.devices import letterbox, make_memory, open_dimensions
from proctor.frames import Frame, decode_jpeg, encode
from proctor.loading import load_detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.runtime import Network, Session, Tensor
from proctor.scenes import scene
from proctor.worker import Worker

SEATS = 40
ROUNDS = 6
QUALITY = 75
WITH_PHONE = 10  # every tenth seat, so that incidents and their evidence are part of the work
PICTURES = 6


class Measured(msgspec.Struct, frozen=True):
    """What the process prints."""

    worker: list[Rep]
    network: list[Rep]


def timed(work: Callable[[], int]) -> Slice:
    """Do `work`, which says how many frames it did."""
    began, cpu = time.perf_counter(), time.process_time()
    frames = work()
    return Slice(frames, time.perf_counter() - began, time.process_time() - cpu)


def backlog() -> dict[int, list[bytes]]:
    """The JPEGs of each seat."""
    shown = {seat: "phone" if seat % WITH_PHONE == 0 else "person" for seat in range(1, SEATS + 1)}
    made = {
        name: [encode(scene(name, index / 2, index), QUALITY) for index in range(PICTURES)]
        for name in set(shown.values())
    }
    return {seat: made[name] for seat, name in shown.items()}


def emptied(worker: Worker, bus: Bus, jpegs: dict[int, list[bytes]]) -> Callable[[], Slice]:
    """A slice: a frame from every seat, of which only the analysis is timed."""
    numbers = itertools.count()

    def slice_() -> Slice:
        number = next(numbers)
        for seat, shots in jpegs.items():
            now = time.time()
            bus.put(Frame(seat, number, now, now, shots[number % len(shots)]))
        return timed(lambda: work_off(worker))

    return slice_


def work_off(worker: Worker) -> int:
    """Turns until nothing waits."""
    done = 0
    while taken := worker.turn():
        done += taken
    return done


def bare(network: Network, jpeg: bytes) -> Callable[[], Slice]:
    """A slice of nothing but the network on a tensor that is ready."""
    tensor = prepared(jpeg)

    def run() -> int:
        for _ in range(SEATS):
            network(tensor)
        return SEATS

    return lambda: timed(run)


def prepared(jpeg: bytes) -> Tensor:
    """The picture as the detector hands it to the network."""
    return letterbox(decode_jpeg(jpeg), make_memory())[0]


def measure(reps: int, folder: Path) -> Measured:
    """Worker, network, worker, network, …; one unmeasured repetition first."""
    weights = models.verify(models.default_directory())
    bus = SharedBus(folder / "bus")
    jpegs = backlog()
    for seat in jpegs:
        bus.watch(Watch(seat, time.time()))
    pipeline = Pipeline(load_detectors(weights["yolox-nano"].parent), load_rules(None))
    product = emptied(Worker(bus, pipeline, time.time), bus, jpegs)
    limit = bare(Session(open_dimensions(weights["yolox-nano"].read_bytes())), jpegs[1][0])
    pairs = [(product(), limit()) for _ in range((reps + 1) * ROUNDS)]
    bus.discard()
    groups = [pairs[at : at + ROUNDS] for at in range(ROUNDS, len(pairs), ROUNDS)]
    return Measured(
        [together([p for p, _ in group]) for group in groups],
        [together([o for _, o in group]) for group in groups],
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(int(sys.argv[1]), Path(folder))
    sys.stdout.write(msgspec.json.encode(measured).decode())


if __name__ == "__main__":
    main()
