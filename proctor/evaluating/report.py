"""The result of an evaluation as JSON: figures with their intervals, times, targets and hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from proctor.evaluating.counting import (
    BINS,
    Scored,
    Sum,
    Tally,
    add_up,
    confusions,
    interval,
    segments,
    tally,
)
from proctor.evaluating.events import AFTER, BEFORE, Alert, Event, Truth, Unclear
from proctor.evaluating.intervals import DRAWS, LEVEL, SEED, most_per_hour, share_interval
from proctor.evaluating.targets import Line, line, load_targets
from proctor.reports import Code

Json = dict[str, Any]
MERGED: Mapping[str, str] = {
    "PHONE": "PHONE_OR_LAPTOP",
    "LAPTOP_TABLET": "PHONE_OR_LAPTOP",
    "CAMERA_BLOCKED": "BLOCKED_OR_DARK",
    "LOW_QUALITY": "BLOCKED_OR_DARK",
}
KNOWN = tuple(str(code) for code in Code)
PROTOCOL: Json = {
    "matching": "one alert to one event of the same code, as many pairs as possible, then the smallest delays",
    "collar_before": BEFORE,
    "collar_after": AFTER,
    "duplicate": "a further alert within the collar of an event: neither found nor false",
    "delay": "seconds from the event's start to the alert; a miss is infinite, a percentile that is one is null",
    "false_alarms": "alerts without an event of their code, per hour; *_clean: those on clean time, per clean hour",
    "interval": LEVEL,
    "bootstrap": {"unit": "session", "draws": DRAWS, "seed": SEED},
}


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that a table is about, in order."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, scored: Sequence[Scored]) -> "Codes":
        """Those of the truth first, then every other that was told."""
        true = {event.code for one in scored for event in one.truth.events}
        told = {alert.code for one in scored for alert in one.alerts} - true
        return cls((*sorted(true), *sorted(told)))


def tables(scored: Sequence[Scored]) -> Json:
    """The codes, the same with what is easily confused as one, confusions and targets."""
    codes = Codes.of(scored).names
    united = [unite(one) for one in scored]
    return {
        "codes": {code: figures(code, scored) for code in codes},
        "merged": {code: figures(code, united) for code in sorted(set(MERGED.values()))},
        "confusion": confusions(scored, codes),
        "targets": [as_row(line(aim, tallies(aim.code, scored))) for aim in load_targets()],
        "protocol": PROTOCOL,
    }


def tallies(code: str, scored: Sequence[Scored]) -> list[Tally]:
    return [tally(code, one) for one in scored]


def unite(scored: Scored) -> Scored:
    """The session with what is easily confused under one code."""
    events = tuple(
        Event(MERGED.get(one.code, one.code), one.start, one.end, one.variant) for one in scored.truth.events
    )
    alerts = tuple(
        Alert(MERGED.get(one.code, one.code), one.start, one.told, one.end) for one in scored.alerts
    )
    unclear = tuple(
        Unclear(one.start, one.end, MERGED.get(one.code, one.code)) for one in scored.truth.unclear
    )
    return Scored(scored.name, Truth(events, unclear), alerts, scored.seconds)


def figures(code: str, scored: Sequence[Scored]) -> Json:
    """Every figure of one code."""
    mine = tallies(code, scored)
    told = {**counts(add_up(mine)), **rates(mine)}
    told["by_duration"] = {name: brief(add_up(mine, *ends)) for name, ends in BINS.items()}
    told["by_variant"] = by_variant(mine)
    told["segments"] = asdict(segments(code, scored))
    if code not in (*KNOWN, *MERGED.values()):
        told["note"] = "the proctor has no such code: every event counts as missed"
    return told


def counts(total: Sum) -> Json:
    """The figures that every line of a table has."""
    return {
        "events": total.events,
        "found": total.found,
        "false_alarms": total.false,
        "false_alarms_per_hour": rounded(total.rate),
        "delay_p50": rounded(total.delay(0.50)),
        "delay_p95": rounded(total.delay(0.95)),
        "missed": total.events - total.found,
        "duplicates": total.duplicates,
        "false_alarms_clean": total.false_clean,
        "false_alarms_per_clean_hour": rounded(total.clean_rate),
    }


def rates(mine: Sequence[Tally]) -> Json:
    """The intervals of one code: exact ones, and by session."""
    total = add_up(mine)
    return {
        "found_share": rounded(total.share),
        "found_share_interval": pair(share_interval(total.found, total.events)),
        "found_share_by_session": pair(interval(mine, lambda one: one.share)),
        "false_alarms_per_hour_at_most": rounded(most_per_hour(total.false, total.hours)),
        "false_alarms_per_hour_by_session": pair(interval(mine, lambda one: one.rate)),
        "false_alarms_per_clean_hour_at_most": rounded(most_per_hour(total.false_clean, total.clean_hours)),
        "delay_p50_by_session": pair(interval(mine, lambda one: one.delay(0.50))),
        "delay_p95_by_session": pair(interval(mine, lambda one: one.delay(0.95))),
    }


def brief(total: Sum) -> Json:
    return {
        "events": total.events,
        "found": total.found,
        "delay_p50": rounded(total.delay(0.50)),
        "delay_p95": rounded(total.delay(0.95)),
    }


def by_variant(mine: Sequence[Tally]) -> Json:
    """How many of each kind of event were found, where the manifest says how it happened."""
    told: dict[str, dict[str, int]] = {}
    for one in mine:
        events = [(pair.event, 1) for pair in one.matching.pairs] + [
            (event, 0) for event in one.matching.missed
        ]
        for event, found in events:
            row = told.setdefault(event.variant, {"events": 0, "found": 0}) if event.variant else {}
            row["events"], row["found"] = row.get("events", 0) + 1, row.get("found", 0) + found
    return {name: told[name] for name in sorted(told)}


def as_row(one: Line) -> Json:
    """A target with what is due, reached and shown."""
    aim, due = one.target, one.due
    return {
        **asdict(aim),
        "due": due.events,
        "due_found": due.found,
        "due_delay_p95": rounded(due.delay(0.95)),
        "rate": rounded(due.rate),
        "hours": rounded(due.hours),
        "hours_needed": rounded(aim.hours),
        "reached": one.reached,
        "shown": one.shown,
    }


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def pair(ends: tuple[float | None, float | None] | None) -> list[float | None] | None:
    return None if ends is None else [rounded(end) for end in ends]
