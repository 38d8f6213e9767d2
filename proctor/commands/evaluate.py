"""`proctor evaluate`: score recorded sessions against what truly happened."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from proctor.commands import FAILED, WRONG_USAGE


def add(commands: Any) -> None:
    parser = commands.add_parser("evaluate", help="score recorded sessions against what truly happened")
    parser.add_argument("manifest", type=Path, metavar="MANIFEST")
    parser.add_argument("--json", action="store_true", help="everything, as one JSON object")
    parser.add_argument("--markdown", action="store_true", help="the table as it stands in the documentation")
    parser.add_argument(
        "--curve", action="store_true", help="events found against false alarms over thresholds"
    )
    parser.add_argument("--session", action="append", default=[], metavar="ID", help="only this one")
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes side by side"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print for each code how many events were found, how late, and the false alarms."""
    from proctor.evaluating.evaluation import Request, evaluate
    from proctor.evaluating.manifest import ManifestError
    from proctor.evaluating.running import Machine, PlayerDied
    from proctor.evaluating.table import as_markdown, as_text
    from proctor.policies import load_rules

    if asked.jobs < 1:
        return refuse("--jobs must be 1 or more")
    try:
        load_rules(asked.policy)
    except (OSError, ValueError) as error:
        return refuse(f"{asked.policy}: {error}")
    request = Request(asked.manifest, tuple(asked.session), asked.curve)
    try:
        result = evaluate(request, Machine(asked.models, asked.policy, asked.jobs), progress)
    except ManifestError as error:
        return refuse(f"{asked.manifest}: {error}")
    except PlayerDied as error:
        print(error, file=sys.stderr)
        return FAILED
    if asked.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print(as_markdown(result) if asked.markdown else as_text(result))
    return 0


def progress(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


def refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return WRONG_USAGE
