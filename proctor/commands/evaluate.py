"""`proctor evaluate`: score recorded sessions against what truly happened."""

import argparse
import sys
from pathlib import Path
from typing import Any

from proctor.commands import WRONG_USAGE
from proctor.loading import load_detectors


def add(commands: Any) -> None:
    parser = commands.add_parser("evaluate", help="score recorded sessions against what truly happened")
    parser.add_argument("manifest", type=Path, metavar="MANIFEST")
    parser.add_argument("--session", action="append", default=[], metavar="ID", help="only this one")
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
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
