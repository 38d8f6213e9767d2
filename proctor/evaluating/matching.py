"""Alerts paired with events one to one, so that as many events as possible are found, as early as possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from proctor.evaluating.events import Alert, Event, Truth, belongs, is_unclear

NEVER = 1e9  # more than any sum of delays: a pair that may not be


@dataclass(frozen=True, slots=True)
class Pair:
    """An event and the alert that found it."""

    event: Event
    alert: Alert

    @property
    def delay(self) -> float:
        """Seconds from the event's start to the first word of it."""
        return self.alert.told - self.event.start


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs of one code in one session, and what is left over on each side."""

    pairs: tuple[Pair, ...]
    missed: tuple[Event, ...]
    duplicates: tuple[Alert, ...]
    false: tuple[Alert, ...]


def match(code: str, truth: Truth, alerts: Sequence[Alert]) -> Matching:
    """Pair a code's alerts with its events; a second alert within an event is a duplicate, neither found nor false."""
    events = [event for event in truth.events if event.code == code]
    told = [alert for alert in alerts if alert.code == code]
    chosen = assign([[cost(event, alert) for alert in told] for event in events])
    pairs = tuple(Pair(events[row], told[column]) for row, column in chosen.items())
    missed = tuple(event for row, event in enumerate(events) if row not in chosen)
    spare = [alert for column, alert in enumerate(told) if column not in chosen.values()]
    spare = [alert for alert in spare if not is_unclear(alert, truth.unclear)]
    duplicates = tuple(alert for alert in spare if any(belongs(alert, event) for event in events))
    false = tuple(alert for alert in spare if alert not in duplicates)
    return Matching(pairs, missed, duplicates, false)


def cost(event: Event, alert: Alert) -> float:
    """The delay, where the two belong together."""
    return alert.told - event.start if belongs(alert, event) else NEVER


def assign(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """The cheapest one-to-one choice of columns for rows, leaving out what costs NEVER: {row: column}.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), rows added one by one; every row has a
    column of its own that stands for "not found".
    """
    rows, columns = len(costs), len(costs[0]) if costs else 0
    padded = [[*row, *([NEVER] * rows)] for row in costs]
    taken: list[int | None] = [None] * (columns + rows)
    shadow_rows, shadow_columns = [0.0] * rows, [0.0] * (columns + rows)
    for row in range(rows):
        add_row(row, padded, taken, (shadow_rows, shadow_columns))
    owners = {owner: column for column, owner in enumerate(taken[:columns]) if owner is not None}
    return {row: column for row, column in sorted(owners.items()) if costs[row][column] < NEVER}


def add_row(
    row: int,
    costs: Sequence[Sequence[float]],
    taken: list[int | None],
    shadows: tuple[list[float], list[float]],
) -> None:
    """Give one more row a column along the cheapest alternating path, and move the potentials with it."""
    of_rows, of_columns = shadows
    least = [float("inf")] * len(taken)
    before: list[int | None] = [None] * len(taken)
    visited: list[int] = []
    last: int | None = None
    current: int | None = row
    while current is not None:
        for column in range(len(taken)):
            reduced = costs[current][column] - of_rows[current] - of_columns[column]
            if column not in visited and reduced < least[column]:
                least[column], before[column] = reduced, last
        nearest = min((c for c in range(len(taken)) if c not in visited), key=lambda c: least[c])
        step = least[nearest]
        of_rows[row] += step
        for column in visited:
            of_rows[taken[column] or 0] += step
            of_columns[column] -= step
        least = [value - step if c not in visited else value for c, value in enumerate(least)]
        visited.append(nearest)
        last, current = nearest, taken[nearest]
    while last is not None:
        previous = before[last]
        taken[last] = row if previous is None else taken[previous]
        last = previous
