"""The commands: `detect` looks at pictures, `work` runs a worker, `models` gets and checks the weights."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from proctor import models
from proctor.bus import BusUnavailable
from proctor.detections import Detection
from proctor.detectors import Detector
from proctor.frames import BadFrame, decode_jpeg
from proctor.loading import load_detectors, load_scene

FAILED = 1
WRONG_USAGE = 2


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0, 1 when something could not be done, 2 for wrong usage."""
    asked = make_parser().parse_args(argv)
    try:
        code: int = asked.run(asked)
    except (models.ModelMissing, models.ModelCorrupt, models.PullFailed, BusUnavailable) as error:
        print(error, file=sys.stderr)
        return FAILED
    return code


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="proctor", description="frames in, incidents out")
    where = models.default_directory()
    parser.add_argument("--models", type=Path, default=where, help="the directory of the weights")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_detect(commands)
    add_work(commands)
    add_models(commands)
    add_evaluate(commands)
    return parser


def add_detect(commands: Any) -> None:
    parser = commands.add_parser("detect", help="say what is in pictures")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    parser.add_argument("--least", type=float, default=0.10, metavar="SCORE", help="lowest score told")
    parser.set_defaults(run=detect)


def add_work(commands: Any) -> None:
    parser = commands.add_parser("work", help="analyse frames until told to stop")
    parser.add_argument(
        "--bus", required=True, metavar="URL", help="shared:DIRECTORY or redis://HOST:PORT/DB"
    )
    parser.add_argument("--share", default="0/1", metavar="I/N", help="the seats whose number modulo N is I")
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    parser.set_defaults(run=work)


def add_models(commands: Any) -> None:
    parser = commands.add_parser("models", help="get or check the weights")
    parser.add_argument("action", nargs="?", choices=("pull", "verify"), default="verify")
    parser.set_defaults(run=manage_models)


def add_evaluate(commands: Any) -> None:
    parser = commands.add_parser("evaluate", help="score recorded sessions against what truly happened")
    parser.add_argument("manifest", type=Path, metavar="MANIFEST")
    parser.add_argument("--session", action="append", default=[], metavar="ID", help="only this one")
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    parser.set_defaults(run=evaluate_sessions)


def detect(asked: argparse.Namespace) -> int:
    """Print every picture's detections; a picture that cannot be read does not stop the others."""
    detector = load_scene(asked.models)
    entries = [look(path, detector, asked.least) for path in asked.images]
    if asked.json:
        print(json.dumps(entries, ensure_ascii=False, indent=1))
    else:
        print("\n".join(line for entry in entries for line in as_lines(entry)))
    return FAILED if any("error" in entry for entry in entries) else 0


def look(path: Path, detector: Detector, least: float) -> dict[str, Any]:
    """The entry of one picture: its size and detections, or the error."""
    try:
        image = decode_jpeg(path.read_bytes())
    except (OSError, BadFrame) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return {"file": str(path), "error": reason or type(error).__name__}
    found = [one for one in detector.detect([image])[0] if one.score >= least]
    height, width = image.shape[:2]
    seen = [as_json(one) for one in found]
    return {"file": str(path), "width": width, "height": height, "detections": seen}


def as_json(one: Detection) -> dict[str, Any]:
    corners = (one.box.x1, one.box.y1, one.box.x2, one.box.y2)
    return {"label": str(one.label), "score": round(one.score, 4), "box": [round(at, 1) for at in corners]}


def as_lines(entry: dict[str, Any]) -> list[str]:
    """An entry for a person to read."""
    if "error" in entry:
        return [f"{entry['file']}: error: {entry['error']}"]
    seen = [f"  {one['label']} {one['score']:.2f} {one['box']}" for one in entry["detections"]]
    return [f"{entry['file']}: {entry['width']}x{entry['height']}", *seen]


def work(asked: argparse.Namespace) -> int:
    """Run a worker in this process until SIGTERM or SIGINT."""
    from proctor.worker import Settings, Share, work_until_told

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        settings = Settings(Share.parse(asked.share), asked.policy)
        return work_until_told(asked.bus, asked.models, settings)
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE


def evaluate_sessions(asked: argparse.Namespace) -> int:
    """Print for each code how many events were found, how late, and the false alarms."""
    from proctor.evaluation import evaluate, read_sessions
    from proctor.policies import load_rules

    try:
        sessions = read_sessions(asked.manifest, asked.session)
        rules = load_rules(asked.policy)
    except (OSError, KeyError, ValueError) as error:
        print(f"{asked.manifest}: {error}", file=sys.stderr)
        return WRONG_USAGE
    for outcome in evaluate(sessions, load_detectors(asked.models), rules):
        delays = ", ".join(f"{delay:.1f}" for delay in outcome.delays)
        found = f"{outcome.found} of {outcome.events} found, {outcome.false_alarms} false"
        print(f"{outcome.code}: {found}" + (f", after {delays} s" if delays else ""))
    return 0


def manage_models(asked: argparse.Namespace) -> int:
    """Get the weights, or say where each one is."""
    if asked.action == "pull":
        models.pull(asked.models, lambda line: print(line, flush=True))
        return 0
    for name, path in models.verify(asked.models).items():
        print(f"{name}: {path}")
    return 0
