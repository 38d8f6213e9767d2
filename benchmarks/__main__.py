"""`python -m benchmarks [SUITE|all] [--reps N] [--json FILE]`: the speed figures."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import (
    answers,
    assembly,
    detection,
    detector,
    frames,
    items,
    machine,
    proctor,
    registry,
    report,
    servers,
    sheets,
    start,
)
from benchmarks.figures import Figure
from benchmarks.servers import Venue

SUITES = ("answers", "frames", "detector", "proctor", "start", "items", "sheets", "assembly", "registry")
WITHOUT_ROOM = {"detector", "proctor", "detection", "items", "sheets", "assembly", "registry"}
CANDIDATES = 200
START_REPS = 3  # each is a whole start of the room; the first one meets a server that has just begun


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Each figure over a limit of the same run."
    )
    parser.add_argument("suite", nargs="?", choices=(*SUITES, "all", "detection"), default="all")
    parser.add_argument("--reps", type=int, default=5, help="repetitions of product and limit, in turn")
    parser.add_argument("--json", type=Path, help="every repetition, for a later comparison")
    return parser.parse_args()


def main() -> None:
    """Run the suites one after the other and print each figure as it comes."""
    options = read_arguments()
    chosen = SUITES if options.suite == "all" else (options.suite,)
    servers.inherited_models()
    machine.pin_generator()
    with tempfile.TemporaryDirectory(prefix="examserver-bench-") as folder:
        written = measure(chosen, options.reps, Path(folder))
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(written)))


def measure(chosen: tuple[str, ...], reps: int, folder: Path) -> report.Report:
    """The report of the chosen suites."""
    written = report.Report(machine.describe(), machine.load(), machine.probe_flush(folder), [])
    print(report.head(written), flush=True)
    if set(chosen) - WITHOUT_ROOM:
        print(f"preparing a room of {CANDIDATES} candidates\n", flush=True)
        venue = Venue.make(folder, CANDIDATES)
    runs: dict[str, Callable[[], Figure]] = {
        "answers": lambda: answers.run(venue, reps),
        "frames": lambda: frames.run(venue, reps),
        "detector": lambda: detector.run(reps),
        "items": lambda: items.run(reps),
        "sheets": lambda: sheets.run(reps),
        "assembly": lambda: assembly.run(reps),
    }
    for name in (name for name in chosen if name in runs):
        written.figures.append(runs[name]())
        print(report.figure(written.figures[-1]), flush=True)
    if "proctor" in chosen:
        written.proctor = proctor.run(folder, reps)
        print(proctor.describe(written.proctor), flush=True)
    if "registry" in chosen:
        print(registry.run(reps), flush=True)
    if "detection" in chosen:
        print(detection.run(folder), flush=True)
    if "start" in chosen:
        written.start = start.run(venue, min(reps, START_REPS))
        print(report.start(written.start), flush=True)
    written.load_after, written.flush_after = machine.load(), machine.probe_flush(folder)
    print(report.foot(written))
    return written


if __name__ == "__main__":
    main()
