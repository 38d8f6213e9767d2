"""`proctor replay`: play a recording again, and say whether the same comes of it, or what comes of it now."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from proctor.records import Json
from proctor.rescoring import Comparison, Incident
from proctor.runs import NotARecording, find_runs

DIFFERENT = 1
CANNOT = 2
NOTHING = "nothing was recorded there of what is asked for"


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "replay",
        help="play a recording again",
        description="Exit code 0: the same reports, byte for byte; 1: differences; 2: cannot be replayed.",
    )
    parser.add_argument("recording", type=Path, metavar="DIR")
    parser.add_argument("--source", type=int, action="append", default=[], metavar="N", help="only this one")
    parser.add_argument(
        "--rescore", action="store_true", help="score with the weights and policy that are here"
    )
    parser.add_argument("--policy", type=Path, help="with --rescore: another policy file than the package's")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Play it and print what was found; 0 the same, 1 differences, 2 cannot be replayed."""
    from proctor.models import ModelCorrupt, ModelMissing

    if asked.policy and not asked.rescore:
        return cannot("--policy goes with --rescore: a replay takes the policy that was recorded")
    try:
        folders = find_runs(asked.recording)
        return rescore(asked, folders) if asked.rescore else check(asked, folders)
    except (NotARecording, ModelMissing, ModelCorrupt, OSError, ValueError, TypeError, KeyError) as error:
        return cannot(f"{type(error).__name__}: {error}")


def cannot(reason: str) -> int:
    print(reason, file=sys.stderr)
    return CANNOT


def check(asked: argparse.Namespace, folders: list[Path]) -> int:
    """Compare every report with the recorded one."""
    from proctor.comparing import check_again

    checked = [check_again(folder, asked.models, frozenset(asked.source)) for folder in folders]
    if not any(one.notes.counts["sources"] for one in checked):
        return cannot(NOTHING)
    different = any(one.differences for one in checked)
    damaged = any(one.notes.damage for one in checked)
    if asked.json:
        rows = [asdict(one) for one in checked]
        print(
            json.dumps({"identical": not (different or damaged), "runs": rows}, ensure_ascii=False, indent=1)
        )
    else:
        print("\n".join(line for one in checked for line in checked_lines(asdict(one))))
    return DIFFERENT if different else CANNOT if damaged else 0


def checked_lines(one: Json) -> Iterator[str]:
    """A run for a person to read."""
    counts = one["notes"]["counts"]
    verdict = "not the same" if one["differences"] else "the same, byte for byte"
    yield f"{one['run']}: {verdict}: {counts['frame']} frames of {counts['sources']} sources, {one['reports']} reports"
    yield from (f"  {name}: {change}" for name, change in one["runtime"].items())
    yield from note_lines(one["notes"])
    for difference in one["differences"]:
        yield f"  {difference['call']}"
        yield f"    then {outcome_words(difference['then'])}"
        yield f"    now  {outcome_words(difference['now'])}"


def note_lines(notes: Json) -> Iterator[str]:
    yield from (f"  end: {line}" for line in notes["ends"])
    yield from (f"  damage: {line}" for line in notes["damage"])


def outcome_words(outcome: Json) -> str:
    """The answer to a call in a few words."""
    if "fault" in outcome:
        return f"refused: {outcome['fault']}"
    told = [
        f"{one['code']} {one['phase']} {one['score']:.4f} ({one['uid']}, {one['sha256'][:12]})"
        for one in outcome["reports"]
    ]
    return ", ".join(told) or "nothing"


def rescore(asked: argparse.Namespace, folders: list[Path]) -> int:
    """List what becomes of the recorded incidents with the weights and the policy that are here."""
    from proctor.comparing import score_again

    rescored = score_again(folders, asked.models, asked.policy, frozenset(asked.source))
    if not rescored.notes.counts["sources"]:
        return cannot(NOTHING)
    told, found = asdict(rescored), rescored.comparison
    if asked.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join([*told["changed"], *note_lines(told["notes"]), *rescored_lines(found)]))
    return DIFFERENT if found.new or found.gone or found.moved else 0


def rescored_lines(found: Comparison) -> Iterator[str]:
    """The table of incidents that are not as they were, and how many are."""
    yield from (f"new    {incident_words(one)}" for one in found.new)
    yield from (f"gone   {incident_words(one)}" for one in found.gone)
    for pair in found.moved:
        yield f"moved  {incident_words(pair.then)}"
        yield f"    to {incident_words(pair.now)}"
    counts = (len(found.new), len(found.gone), len(found.moved), len(found.same))
    yield "{} new, {} gone, {} moved, {} as they were".format(*counts)


def incident_words(one: Incident) -> str:
    ended = "still open" if one.ended is None else f"ended {moment(one.ended)}"
    times = f"began {moment(one.began)}, raised {moment(one.raised)}, {ended}"
    return f"source {one.source:<6} {one.code:<14} {times}, score {one.score:.2f}"


def moment(at: float) -> str:
    """Seconds since 1970 as a time of day, UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-4]
