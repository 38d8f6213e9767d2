"""The machine the figures come from: what it is, how busy it is, how fast its disk flushes, and pinning to cores."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil

PROBES = 200
BLOCK = b"\0" * 4096


class Flush(msgspec.Struct, frozen=True):
    """Milliseconds of an appended 4 KiB block until fdatasync returns."""

    median_ms: float
    p99_ms: float


def describe() -> str:
    """Processor, cores, memory, system and Python in one line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = round(psutil.virtual_memory().total / 2**30)
    name = models[0] if models else platform.processor()
    return f"{name}, {os.cpu_count()} cores, {memory} GiB, {platform.platform()}, Python {platform.python_version()}"


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def probe_flush(folder: Path) -> Flush:
    """Append and flush in `folder`, as a commit does."""
    path = folder / "flush.probe"
    took = []
    with path.open("wb", buffering=0) as file:
        for _ in range(PROBES):
            began = time.perf_counter()
            file.write(BLOCK)
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    path.unlink()
    return Flush(statistics.median(took), percentile(took, 0.99))


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie; of an empty list, infinity."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def cores() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


def pin_generator() -> None:
    """The generator's core is the second one, where it takes nothing from the server; with one core nothing moves."""
    if len(cores()) > 1:
        os.sched_setaffinity(0, {cores()[1]})


def pinned_to_server_core(allowed: list[int]) -> Callable[[], None]:
    """What a server does before it begins: stay on the first of the `allowed` cores, threads and all."""
    return lambda: os.sched_setaffinity(0, {allowed[0]} if len(allowed) > 1 else set(allowed))
