"""What truly happened, what was told, and when the two belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

BEFORE, AFTER = 2.0, 5.0  # seconds around a true event in which an alert still belongs to it


@dataclass(frozen=True, slots=True)
class Event:
    """Something that truly happened, in seconds from the session's start; `variant` says how, for reading."""

    code: str
    start: float
    end: float
    variant: str = ""

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Unclear:
    """A span in which alerts count neither for nor against: of one code, or of every code where it is empty."""

    start: float
    end: float
    code: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An incident that was raised: when it began, when it was first told, and when it ended."""

    code: str
    start: float
    told: float
    end: float


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that is known of one session."""

    events: tuple[Event, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def belongs(alert: Alert, event: Event) -> bool:
    """Whether an alert began and was first told about the time of an event, whatever the codes."""
    return event.start - BEFORE <= alert.told and alert.start <= event.end + AFTER


def is_unclear(alert: Alert, spans: Sequence[Unclear]) -> bool:
    """Whether an alert is about a span that was declared unclear for its code."""
    return any(
        span.code in {"", alert.code} and belongs(alert, Event(alert.code, span.start, span.end))
        for span in spans
    )


def busy_spans(truth: Truth) -> list[tuple[float, float]]:
    """Every event and unclear span with its collar, by start."""
    spans = [(event.start, event.end) for event in truth.events]
    spans += [(span.start, span.end) for span in truth.unclear]
    return sorted((start - BEFORE, end + AFTER) for start, end in spans)


def clean_seconds(truth: Truth, seconds: float) -> float:
    """The seconds of a session that are outside every event with its collar and every unclear span."""
    clean, at = 0.0, 0.0
    for start, end in busy_spans(truth):
        clean += max(0.0, min(start, seconds) - at)
        at = max(at, end)
    return clean + max(0.0, seconds - at)


def is_clean(at: float, truth: Truth) -> bool:
    """Whether a moment is outside every event with its collar and every unclear span."""
    return not any(start <= at <= end for start, end in busy_spans(truth))
