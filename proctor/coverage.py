"""The ledger of every second: analysed, or not, and then with exactly one cause. Pure.

A second is analysed when all of it lies between two analysed frames at most two seconds apart, as they were received.
The beginning and the end of a watch stand for the frame that cannot be there. What is not known counts as "no frame".
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

SPACING = 2.0  # seconds between two analysed frames that cover the time between them
# Looks from so long before to so long after a second's beginning tell what happened in it.
BEFORE, AFTER = 1.0, 3.0


class Cause(StrEnum):
    """What became of a second."""

    ANALYSED = "analysed"
    NO_FRAME = "no_frame"
    LATE = "late"
    DROPPED = "dropped"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    WORKER_DOWN = "worker_down"


@dataclass(frozen=True, slots=True)
class Run:
    """From the first to the last of analysed frames that follow each other closely; seconds since 1970."""

    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a seat is watched; `open` while it goes on, and `ended` is then only how far it is known."""

    began: float
    ended: float
    open: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A source's counters as somebody saw them at a time.

    `holder` is the living worker that looks after it, 0 for none; `stuck`: that worker has not come on for too long.
    """

    at: float
    received: int
    dropped: int = 0
    refused: int = 0
    late: int = 0
    timed_out: int = 0
    waiting: bool = False
    holder: int = 0
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Whole seconds, the last one excluded, with one cause."""

    began: int
    ended: int
    cause: Cause

    @property
    def seconds(self) -> int:
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many seconds were watched, how many of them analysed, and what became of the others."""

    seconds: int
    analysed: int
    by_cause: Mapping[Cause, int]

    @property
    def share(self) -> float | None:
        """0 to 1; None before the first second."""
        return self.analysed / self.seconds if self.seconds else None


def total(spans: Iterable[Span]) -> Coverage:
    """Add spans up."""
    sums = dict.fromkeys(Cause, 0)
    for span in spans:
        sums[span.cause] += span.seconds
    analysed = sums.pop(Cause.ANALYSED)
    return Coverage(analysed + sum(sums.values()), analysed, sums)


def seconds_of(stretch: Stretch, since: int = 0) -> range:
    """The whole seconds of a stretch from `since` on."""
    return range(max(since, math.ceil(stretch.began)), math.floor(stretch.ended))


def account(stretch: Stretch, runs: Sequence[Run], looks: Sequence[Look], since: int = 0) -> list[Span]:
    """The seconds of a stretch from `since` on as spans without a hole, neighbours of one cause merged."""
    reached = [reaching(run, stretch) for run in runs]
    spans: list[Span] = []
    for second in seconds_of(stretch, since):
        covered = any(run.began <= second and second + 1 <= run.ended for run in reached)
        cause = Cause.ANALYSED if covered else cause_of(second, looks)
        append(spans, Span(second, second + 1, cause))
    return spans


def append(spans: list[Span], span: Span) -> None:
    """Add a span at the end, or make the last one longer."""
    if spans and spans[-1].cause is span.cause and spans[-1].ended == span.began:
        spans[-1] = replace(spans[-1], ended=span.ended)
    else:
        spans.append(span)


def reaching(run: Run, stretch: Stretch) -> Run:
    """The run, up to the stretch's own edges where they are near enough."""
    began, ended = run.began, run.ended
    if stretch.began <= began <= stretch.began + SPACING:
        began = stretch.began
    if not stretch.open and stretch.ended - SPACING <= ended <= stretch.ended:
        ended = stretch.ended
    return Run(began, ended)


def cause_of(second: int, looks: Sequence[Look]) -> Cause:
    """Why a second was not analysed, from the looks around it; nobody who looked could have received a frame."""
    near = [look for look in looks if second - BEFORE <= look.at <= second + AFTER]
    if len(near) < 2 or near[-1].received <= near[0].received:
        return Cause.NO_FRAME
    # Seats change hands when a worker is gone, and a short absence falls between two looks.
    if not near[0].holder or any(look.holder != near[0].holder for look in near):
        return Cause.WORKER_DOWN
    return Cause.TIMED_OUT if any(look.stuck for look in near) else changed(near[0], near[-1])


def changed(first: Look, last: Look) -> Cause:
    """The gravest thing that befell frames between two looks."""
    if last.timed_out > first.timed_out:
        return Cause.TIMED_OUT
    if last.refused > first.refused:
        return Cause.REFUSED
    if last.late > first.late or (last.waiting and last.dropped == first.dropped):
        return Cause.LATE
    return Cause.DROPPED if last.dropped > first.dropped else Cause.NO_FRAME


@dataclass(frozen=True, slots=True)
class Gap:
    """Neighbouring spans without analysis; `last` where no other span follows."""

    spans: tuple[Span, ...]
    last: bool

    @property
    def began(self) -> int:
        return self.spans[0].began

    @property
    def ended(self) -> int:
        return self.spans[-1].ended

    @property
    def seconds(self) -> int:
        return self.ended - self.began


def gaps(spans: Sequence[Span], least: int) -> list[Gap]:
    """The gaps of at least so many seconds in spans ordered by time; a pause between two spans parts them."""
    groups: list[list[Span]] = []
    for span in spans:
        if span.cause is Cause.ANALYSED:
            continue
        if groups and groups[-1][-1].ended == span.began:
            groups[-1].append(span)
        else:
            groups.append([span])
    found = [Gap(tuple(group), group[-1] is spans[-1]) for group in groups]
    return [gap for gap in found if gap.seconds >= least]


def present_gap(now: float, runs: Sequence[Run], looks: Sequence[Look]) -> Cause | None:
    """Why the seat is not analysed right now; None while it is."""
    analysed_at = max((run.ended for run in runs), default=0.0)
    return None if now - analysed_at <= SPACING + BEFORE else cause_of(math.floor(now) - 1, looks)
