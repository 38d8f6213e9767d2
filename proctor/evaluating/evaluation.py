"""A whole evaluation: manifest in, sessions played, result out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from proctor.evaluating.counting import Scored
from proctor.evaluating.curve import curves
from proctor.evaluating.distinct import distinct_seconds
from proctor.evaluating.events import is_clean
from proctor.evaluating.hashing import combined, model_hashes, policy_hash, program_hash, sha256
from proctor.evaluating.manifest import Session, read_manifest
from proctor.evaluating.playing import Play, Views
from proctor.evaluating.report import tables
from proctor.evaluating.running import Machine, Progress, run
from proctor.policies import load_rules

SPACING = 2.0  # seconds that one analysed frame accounts for at most
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated: a manifest, only the named sessions where there are names, and whether with curves."""

    manifest: Path
    names: tuple[str, ...] = ()
    curve: bool = False


def evaluate(request: Request, machine: Machine, progress: Progress) -> Json:
    """The result as JSON.

    Raises ManifestError, ModelMissing, ModelCorrupt, and ValueError for a policy that makes no sense.
    """
    sessions = read_manifest(request.manifest, request.names)
    rules = load_rules(machine.policy)
    plays = run(sessions, machine, progress)
    scored = [Scored(s.name, s.truth, p.alerts, p.seconds) for s, p in zip(sessions, plays, strict=True)]
    result = {
        **tables(scored),
        "time": times(sessions, plays),
        "sessions": [row(*both) for both in zip(sessions, plays, scored, strict=True)],
        "hashes": hashes(request, machine, plays),
    }
    return {**result, "curves": curves(sessions, plays, rules)} if request.curve else result


def times(sessions: Sequence[Session], plays: Sequence[Play]) -> Json:
    """How long the sessions last, how much of it is clean, analysed and different."""
    seconds = sum(one.seconds for one in plays)
    clean = sum(Scored(s.name, s.truth, (), p.seconds).clean for s, p in zip(sessions, plays, strict=True))
    covered = sum(coverage(one) * one.seconds for one in plays)
    return {
        "hours": round(seconds / 3600, 4),
        "clean_hours": round(clean / 3600, 4),
        "clean_minutes": round(clean / 60, 2),
        **distinct(sessions, plays),
        "coverage": round(covered / seconds, 4) if seconds else None,
        "composed_sessions": sum(one.composed for one in sessions),
        "sessions": len(sessions),
    }


def distinct(sessions: Sequence[Session], plays: Sequence[Play]) -> Json:
    """The distinct clean minutes: as declared where every session declares them, else estimated from the pictures."""
    declared = [one.distinct_minutes for one in sessions]
    known = [minutes for minutes in declared if minutes is not None]
    estimated = distinct_seconds([clean_views(*both) for both in zip(sessions, plays, strict=True)]) / 60
    whole = len(known) == len(declared)
    return {
        "distinct_clean_minutes": round(sum(known) if whole else estimated, 2),
        "distinct_from": "the manifest" if whole else "the pictures",
        "distinct_estimated": round(estimated, 2),
    }


def clean_views(session: Session, play: Play) -> tuple[Views, float]:
    """The views of a session's clean time, and how many there are a second."""
    keep = np.array([is_clean(look.at, session.truth) for look in play.looks], np.bool_)
    return play.views[keep], session.film.fps


def coverage(play: Play) -> float:
    """The share of the seconds that lie within 2 s after an analysed frame."""
    if not play.seconds:
        return 0.0
    at = [look.at for look in play.looks]
    spans = [
        min(later - earlier, SPACING) for earlier, later in zip(at, [*at[1:], play.seconds], strict=True)
    ]
    return sum(spans) / play.seconds


def row(session: Session, play: Play, scored: Scored) -> Json:
    """One session: how long, how well covered, and every alert."""
    late = [event.code for event in session.truth.events if event.start >= play.seconds]
    notes = [f"{code}: the event begins after the last picture" for code in late]
    return {
        "id": play.name,
        "seconds": round(play.seconds, 3),
        "clean_seconds": round(scored.clean, 3),
        "coverage": round(coverage(play), 4),
        "refused": dict(play.refused),
        "composed": session.composed,
        "alerts": [
            [one.code, *(round(at, 3) for at in (one.start, one.told, one.end))] for one in play.alerts
        ],
        "frames_sha256": play.sha256,
        **({"notes": notes} if notes else {}),
    }


def hashes(request: Request, machine: Machine, plays: Sequence[Play]) -> Json:
    """What was measured with what."""
    return {
        "program": program_hash(),
        "models": model_hashes(machine.models),
        "policy": policy_hash(machine.policy),
        "manifest": sha256(request.manifest.read_bytes()),
        "frames": combined(one.sha256 for one in plays),
    }
