"""Event-level scores: recorded sessions played through the pipeline, compared with what truly happened."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proctor.bus import NOTHING, Watch
from proctor.frames import Frame
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import Rules
from proctor.reports import Code

BEFORE, AFTER = 2.0, 5.0  # seconds around a true event in which an alert still belongs to it
TAIL = 30  # seconds of silence after a session, in which what is open ends


@dataclass(frozen=True, slots=True)
class Event:
    """Something that truly happened, in seconds from the session's start."""

    code: Code
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Alert:
    """An incident that was raised: when it began, and when it was told."""

    code: Code
    start: float
    told: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One code over all sessions: events, those found with their delays in seconds, and false alarms."""

    code: Code
    events: int
    delays: tuple[float, ...]
    false_alarms: int

    @property
    def found(self) -> int:
        return len(self.delays)


@dataclass(frozen=True, slots=True)
class Session:
    """A folder of JPEGs at so many frames a second, and what happened in it."""

    name: str
    frames: Sequence[Path]
    fps: float
    events: tuple[Event, ...]


def read_sessions(manifest: Path, names: Sequence[str] = ()) -> list[Session]:
    """The sessions of a manifest, all or the named ones; events with other codes than ours are left out."""
    told = json.loads(manifest.read_text("utf-8"))["sessions"]
    return [as_session(manifest.parent, row) for row in told if not names or row["id"] in names]


def as_session(folder: Path, row: dict[str, Any]) -> Session:
    known = [event for event in row["truth"] if event["code"] in list(Code)]
    events = tuple(Event(Code(event["code"]), event["start"], event["end"]) for event in known)
    frames = sorted((folder / row["frames"]).glob("*.jpg"))
    return Session(row["id"], frames, float(row["fps"]), events)


def play(session: Session, detectors: Detectors, rules: Rules) -> list[Alert]:
    """Run a session through the pipeline at its own pace, as if it were received live."""
    pipeline, watch = Pipeline(detectors, rules), Watch(1, 0.0, frozenset({Code.CAMERA_LOST}))
    alerts = []
    for seq, path in enumerate(session.frames):
        at = seq / session.fps
        for report in pipeline.analyse(Frame(1, seq, at, at, path.read_bytes()), watch).reports:
            if report.phase == "raised":
                alerts.append(Alert(report.code, report.started_at, report.at))
    pipeline.tick(watch, NOTHING, len(session.frames) / session.fps + TAIL)
    return alerts


def match(code: Code, events: Sequence[Event], alerts: Sequence[Alert]) -> Outcome:
    """Give each event its first alert; further alerts within an event are neither found nor false."""
    mine = [event for event in events if event.code is code]
    told = [alert for alert in alerts if alert.code is code]
    delays = []
    for event in mine:
        hits = [alert.told for alert in told if belongs(alert, event)]
        delays += [min(hits) - event.start] if hits else []
    false = sum(1 for alert in told if not any(belongs(alert, event) for event in mine))
    return Outcome(code, len(mine), tuple(delays), false)


def belongs(alert: Alert, event: Event) -> bool:
    """Whether an alert began and was told about the time of an event."""
    return event.start - BEFORE <= alert.told and alert.start <= event.end + AFTER


def evaluate(sessions: Iterable[Session], detectors: Detectors, rules: Rules) -> list[Outcome]:
    """Every code's outcome over all sessions."""
    totals = {code: Outcome(code, 0, (), 0) for code in Code}
    for session in sessions:
        alerts = play(session, detectors, rules)
        for code, before in totals.items():
            one = match(code, session.events, alerts)
            totals[code] = Outcome(
                code,
                before.events + one.events,
                before.delays + one.delays,
                before.false_alarms + one.false_alarms,
            )
    return list(totals.values())
