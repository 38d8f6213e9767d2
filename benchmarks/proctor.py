"""What a core's worth of worker can look after: seats a core, cost by number of seats, memory under overload."""

import statistics
from contextlib import ExitStack
from pathlib import Path

import msgspec

from benchmarks.figures import Rep, median, together
from benchmarks.hall import Steady, hall

COUNTED = (1, 10, 100)  # seats
LOADED = 40
SHARES = (0.95, 0.90, 0.85, 0.80, 0.70, 0.60, 0.50)  # of the capacity, tried from above
TRIAL_SECONDS = 20.0
SLICE_SECONDS = 3.0
OVERLOAD = 10
OVERLOAD_SECONDS = 40.0  # a seat remembers its last 2 MiB of pictures: at a core's pace full in half a minute


class Memory(msgspec.Struct, frozen=True):
    """MiB of the worker's own memory: at a frame a second and seat, then twice under ten times what it can do."""

    calm: float
    early: float
    late: float
    sent: int
    dropped: int


class ProctorFigure(msgspec.Struct, frozen=True):
    """All of the suite: frames a second at most, trials at a frame a second and seat, cost by seats, memory."""

    capacity: float
    trials: list[Steady]
    costs: dict[int, list[Rep]]
    memory: Memory

    @property
    def seats(self) -> int:
        """The most seats of which all was analysed with p95 below a second; 0 where no trial held."""
        return max((trial.seats for trial in self.trials if trial.holds), default=0)


def run(folder: Path, reps: int) -> ProctorFigure:
    """The figures, one after another; the costs of the three sizes are taken in turn."""
    costs = cost_by_seats(folder, reps)
    capacity = statistics.median(rep.per_second for rep in costs[COUNTED[-1]])
    return ProctorFigure(
        capacity, most_seats(folder, capacity, reps), costs, under_overload(folder, capacity)
    )


def cost_by_seats(folder: Path, reps: int) -> dict[int, list[Rep]]:
    """CPU and frames a second of a worker with 1, 10 and 100 seats that always has a frame waiting."""
    with ExitStack() as stack:
        halls = {seats: stack.enter_context(hall(folder / f"cost-{seats}", seats)) for seats in COUNTED}
        rounds = [{seats: one.never_idle(SLICE_SECONDS) for seats, one in halls.items()} for _ in range(reps)]
    return {seats: [together([one[seats]]) for one in rounds] for seats in COUNTED}


def most_seats(folder: Path, capacity: float, reps: int) -> list[Steady]:
    """Trials with ever fewer seats until one holds, which is then repeated."""
    trials: list[Steady] = []
    for share in SHARES:
        seats = max(1, int(capacity * share))
        with hall(folder / f"pace-{seats}", seats) as one:
            trials.append(one.at_pace(TRIAL_SECONDS))
            if trials[-1].holds:
                return trials + [one.at_pace(TRIAL_SECONDS) for _ in range(reps - 1)]
    return trials


def under_overload(folder: Path, capacity: float) -> Memory:
    """The worker's memory before and after cameras send ten times what it can analyse."""
    every = LOADED / (capacity * OVERLOAD)
    with hall(folder / "overload", LOADED) as one:
        one.at_pace(OVERLOAD_SECONDS / 2)
        calm = one.resident_mib()
        first = one.at_pace(OVERLOAD_SECONDS, every)
        early = one.resident_mib()
        second = one.at_pace(OVERLOAD_SECONDS, every)
        return Memory(
            calm, early, one.resident_mib(), first.sent + second.sent, first.dropped + second.dropped
        )


def describe(found: ProctorFigure) -> str:
    """The suite as a person reads it."""
    lines = [
        f"proctor: {found.seats} seats a core at a frame a second each, p95 from frame to result below 1 s"
    ]
    for trial in found.trials:
        kept = "holds" if trial.holds else "does not hold"
        lines.append(
            f"  {trial.seats} seats: p50 {trial.p50:.2f} s, p95 {trial.p95:.2f} s; {trial.sent} sent, "
            f"{trial.analysed} analysed, {trial.dropped} dropped: {kept}"
        )
    for seats, reps in found.costs.items():
        cost, rate = median(reps, "cpu_us") / 1000, median(reps, "per_second")
        lines.append(
            f"  always a frame waiting, {seats:3} seats: {cost:.2f} ms CPU a frame, {rate:.0f} frames/s"
        )
    memory = found.memory
    lines.append(
        f"  memory of {LOADED} seats: {memory.calm:.0f} MiB at a frame a second; at {OVERLOAD} times the capacity "
        f"{memory.early:.0f} MiB after {OVERLOAD_SECONDS:.0f} s and {memory.late:.0f} MiB after another "
        f"{OVERLOAD_SECONDS:.0f} s ({memory.sent} sent, {memory.dropped} dropped and counted)"
    )
    return "\n".join(lines) + "\n"
