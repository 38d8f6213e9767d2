"""`proctor identity`: compare faces, and get or check the weights for it. An optional extra."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from proctor.commands import FAILED
from proctor.frames import BadFrame, decode_jpeg
from proctor.identity.describing import Describer, IdentityNotInstalled, load_describer
from proctor.identity.rules import load_identity_rules
from proctor.identity.verdicts import Comparison, Portrait, compare
from proctor.identity.weights import pull_identity, verify_identity


class UnreadablePicture(ValueError):
    """A file that is not there or holds no picture."""


def add(commands: Any) -> None:
    parser = commands.add_parser("identity", help="compare faces (optional extra)")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    comparing = actions.add_parser("compare", help="whether pictures show the person of a reference picture")
    comparing.add_argument("reference", type=Path)
    comparing.add_argument("pictures", type=Path, nargs="+", metavar="PICTURE")
    comparing.add_argument("--rules", type=Path, help="another rules.toml")
    comparing.add_argument("--json", action="store_true", help="one JSON object")
    comparing.set_defaults(run=run_compare)
    for name, act in (("pull", run_pull), ("verify", run_verify)):
        actions.add_parser(name, help=f"{name} the weights").set_defaults(run=act)


def run_compare(asked: argparse.Namespace) -> int:
    """Print the answer; it is never a verdict about a person."""
    try:
        found = compare_files(asked)
    except (IdentityNotInstalled, UnreadablePicture, ValueError) as error:
        print(error, file=sys.stderr)
        return FAILED
    print(json.dumps(as_json(found)) if asked.json else as_line(found))
    return 0


def compare_files(asked: argparse.Namespace) -> Comparison:
    """Raises IdentityNotInstalled, UnreadablePicture, ModelMissing, ModelCorrupt, ValueError for bad rules."""
    rules = load_identity_rules(asked.rules)
    describer = load_describer(asked.models, rules)
    reference, *pictures = (portrait(describer, path) for path in (asked.reference, *asked.pictures))
    return compare(reference, pictures, rules)


def portrait(describer: Describer, path: Path) -> Portrait:
    """The face in a file; raises UnreadablePicture."""
    try:
        return describer.describe(decode_jpeg(path.read_bytes()))
    except (OSError, BadFrame) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadablePicture(f"{path}: {reason}") from error


def as_json(found: Comparison) -> dict[str, Any]:
    """The answer for a program: each picture has its distance, or the obstacle as a word."""
    pictures = [one if isinstance(one, str) else round(one, 4) for one in found.pictures]
    distance = None if found.distance is None else round(found.distance, 4)
    return {
        "outcome": found.outcome,
        "distance": distance,
        "obstacle": found.obstacle,
        "pictures": pictures,
    }


def as_line(found: Comparison) -> str:
    """The answer for a person."""
    why = found.obstacle or f"median distance {found.distance:.2f}"
    return f"{found.outcome} ({why})"


def run_pull(asked: argparse.Namespace) -> int:
    """Get the weights."""
    pull_identity(asked.models, lambda line: print(line, flush=True))
    return 0


def run_verify(asked: argparse.Namespace) -> int:
    """Say where each weight file is."""
    for name, path in verify_identity(asked.models).items():
        print(f"{name}: {path}")
    return 0
