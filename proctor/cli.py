"""The command line of the proctor: which commands there are, and what becomes of their errors."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from proctor import models
from proctor.bus import BusUnavailable
from proctor.commands import FAILED, compose, detect, evaluate, identity, replay, work
from proctor.commands import models as models_command

COMMANDS = (detect, work, replay, models_command, identity, evaluate, compose)


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
    for command in COMMANDS:
        command.add(commands)
    return parser
