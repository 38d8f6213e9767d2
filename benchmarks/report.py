"""The figures as a person reads them, and as JSON."""

import msgspec

from benchmarks.figures import Figure, Rep, StartFigure, median
from benchmarks.machine import Flush
from benchmarks.proctor import ProctorFigure


class Report(msgspec.Struct):
    """A whole run: the machine, how busy it was, every figure with all its repetitions."""

    machine: str
    load_before: float
    flush_before: Flush
    figures: list[Figure]
    proctor: ProctorFigure | None = None
    start: StartFigure | None = None
    load_after: float = 0.0
    flush_after: Flush | None = None


def head(report: Report) -> str:
    """What the figures come from."""
    flush = report.flush_before
    return (
        f"{report.machine}\nload {report.load_before:.2f}, fdatasync of 4 KiB {flush.median_ms:.2f} ms"
        f" (p99 {flush.p99_ms:.2f})\n"
    )


def foot(report: Report) -> str:
    """How the machine was left; says so when the disk was another one at the end than at the beginning."""
    before, after = report.flush_before, report.flush_after or report.flush_before
    changed = max(before.median_ms, after.median_ms) > 2 * min(before.median_ms, after.median_ms)
    warning = "\n  the disk changed by more than twice: take the CPU ratios, or run again" if changed else ""
    return (
        f"load {report.load_after:.2f}, fdatasync of 4 KiB {after.median_ms:.2f} ms"
        f" (p99 {after.p99_ms:.2f}){warning}"
    )


def figure(one: Figure) -> str:
    """One ratio with everything it was made from."""
    reached = "reached" if one.ratio >= one.aim else "not reached"
    lines = [
        f"{one.name}: {one.ratio:.2f} of the limit (aim {one.aim:.2f}, {reached}); by CPU time {one.cpu_ratio:.2f}",
        _side("product", one.unit, one.product),
        _side("limit", one.limit_name, one.limit),
        "  ratios    " + " ".join(f"{ratio:.2f}" for ratio in one.ratios),
        *(f"  {note}" for note in one.notes),
    ]
    if median(one.product, "busy") < ENOUGH or median(one.limit, "busy") < ENOUGH:
        lines.append(
            "  the measured core was not busy throughout: take the ratio by CPU time, or run on a quieter machine"
        )
    return "\n".join(lines) + "\n"


ENOUGH = 0.9


def _side(name: str, unit: str, reps: list[Rep]) -> str:
    raw = " ".join(f"{rep.per_second:.0f}" for rep in reps)
    cpu, busy = median(reps, "cpu_us"), median(reps, "busy")
    rate = median(reps, "per_second")
    return f"  {name:9} {rate:8.0f}/s, {cpu:7.1f} us CPU each, core {busy:.0%} busy   [{raw}]  {unit}"


def start(one: StartFigure) -> str:
    """The same-second start."""
    lines = [f"start: {one.candidates} candidates connect, fetch the paper and answer in the same second"]
    lines += [
        f"  first acknowledged answer: p50 {rep.p50:.2f} s, p99 {rep.p99:.2f} s, slowest {rep.slowest:.2f} s;"
        f" {rep.acknowledged} acknowledged, {rep.refused} refused, {rep.dropped} dropped"
        for rep in one.reps
    ]
    return "\n".join(lines) + "\n"
