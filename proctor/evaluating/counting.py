"""What was found, told twice and told wrongly, session by session and added up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from proctor.evaluating.events import Alert, Event, Truth, belongs, clean_seconds, is_clean
from proctor.evaluating.intervals import bootstrap, percentile
from proctor.evaluating.matching import Matching, match

SEGMENT = 5.0  # seconds; only to compare with papers that count segments
BINS: Mapping[str, tuple[float, float]] = {"<3": (0.0, 3.0), "3-10": (3.0, 10.0), ">10": (10.0, inf)}


@dataclass(frozen=True, slots=True)
class Scored:
    """One session's truth and alerts, its length in seconds and how many of them are clean."""

    name: str
    truth: Truth
    alerts: tuple[Alert, ...]
    seconds: float

    @property
    def clean(self) -> float:
        return clean_seconds(self.truth, self.seconds)


@dataclass(frozen=True, slots=True)
class Tally:
    """One code in one session: what was matched, and the false alarms on clean time among all of them."""

    matching: Matching
    false_clean: int
    seconds: float
    clean: float

    def delays(self, least: float = 0.0, below: float = inf) -> list[float]:
        """The delay of every event of such a length, infinite where it was missed."""
        pairs = [pair for pair in self.matching.pairs if least <= pair.event.seconds < below]
        missed = [event for event in self.matching.missed if least <= event.seconds < below]
        return [*(pair.delay for pair in pairs), *(inf for _ in missed)]


@dataclass(frozen=True, slots=True)
class Sum:
    """Some sessions' tallies of one code, added up."""

    delays: tuple[float, ...]
    duplicates: int
    false: int
    false_clean: int
    hours: float
    clean_hours: float

    @property
    def events(self) -> int:
        return len(self.delays)

    @property
    def found(self) -> int:
        return sum(1 for delay in self.delays if delay < inf)

    @property
    def share(self) -> float | None:
        """The share of the events that was found."""
        return self.found / self.events if self.delays else None

    @property
    def rate(self) -> float | None:
        """False alarms per hour on all time."""
        return self.false / self.hours if self.hours else None

    @property
    def clean_rate(self) -> float | None:
        """False alarms per clean hour, of those that were told on clean time."""
        return self.false_clean / self.clean_hours if self.clean_hours else None

    def delay(self, share: float) -> float | None:
        """A percentile of the delay in seconds; None where it falls on a miss."""
        return percentile(self.delays, share)


def tally(code: str, scored: Scored) -> Tally:
    """One code of one session."""
    matching = match(code, scored.truth, scored.alerts)
    clean = sum(1 for alert in matching.false if is_clean(alert.told, scored.truth))
    return Tally(matching, clean, scored.seconds, scored.clean)


def add_up(tallies: Sequence[Tally], least: float = 0.0, below: float = inf) -> Sum:
    """Tallies of one code as one; only events from `least` to under `below` seconds count as events."""
    return Sum(
        tuple(delay for one in tallies for delay in one.delays(least, below)),
        sum(len(one.matching.duplicates) for one in tallies),
        sum(len(one.matching.false) for one in tallies),
        sum(one.false_clean for one in tallies),
        sum(one.seconds for one in tallies) / 3600,
        sum(one.clean for one in tallies) / 3600,
    )


def interval(
    tallies: Sequence[Tally], figure: Callable[[Sum], float | None]
) -> tuple[float | None, float | None] | None:
    """The bootstrap interval by session of a figure of the sum."""
    return bootstrap(len(tallies), lambda drawn: figure(add_up([tallies[number] for number in drawn])))


def confusions(scored: Sequence[Scored], codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often a false alarm of one code stood where something else truly happened: {told: {true: times}}."""
    counted: dict[str, dict[str, int]] = {}
    for session in scored:
        for code in codes:
            for alert in match(code, session.truth, session.alerts).false:
                for true in {event.code for event in session.truth.events if belongs(alert, event)}:
                    row = counted.setdefault(code, {})
                    row[true] = row.get(true, 0) + 1
    return counted


@dataclass(frozen=True, slots=True)
class Segments:
    """Pieces of 5 s: of those with an event how many were alerted, of those without how many were."""

    true: int
    hit: int
    empty: int
    false: int


def segments(code: str, scored: Sequence[Scored]) -> Segments:
    """Count segments as papers do, looking back: from the alert's beginning to its end."""
    marks = [(has_event(code, one, at), has_alert(code, one, at)) for one in scored for at in starts(one)]
    true = [alerted for really, alerted in marks if really]
    empty = [alerted for really, alerted in marks if not really]
    return Segments(len(true), sum(true), len(empty), sum(empty))


def starts(scored: Scored) -> list[float]:
    return [number * SEGMENT for number in range(int(scored.seconds // SEGMENT))]


def has_event(code: str, scored: Scored, at: float) -> bool:
    """Whether at least half of the segment belongs to events of the code."""
    mine: list[Event] = [event for event in scored.truth.events if event.code == code]
    inside = sum(max(0.0, min(event.end, at + SEGMENT) - max(event.start, at)) for event in mine)
    return inside >= SEGMENT / 2


def has_alert(code: str, scored: Scored, at: float) -> bool:
    mine = [alert for alert in scored.alerts if alert.code == code]
    inside = sum(max(0.0, min(alert.end, at + SEGMENT) - max(alert.start, at)) for alert in mine)
    return inside >= SEGMENT / 2
