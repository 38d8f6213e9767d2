"""Works on items from the command line: read, export, score, grade, assemble, statistics."""

import argparse
import pkgutil
from importlib import import_module
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand for each module of this package; each has `NAME`, `add_arguments(parser)` and `run(options)`."""
    chosen = parser.add_subparsers(dest="act", required=True)
    for found in pkgutil.iter_modules(__path__):
        module: Any = import_module(f"{__name__}.{found.name}")
        one = chosen.add_parser(module.NAME, help=module.__doc__)
        module.add_arguments(one)
        one.set_defaults(act_run=module.run)


def run(options: argparse.Namespace) -> int:
    """Run the chosen subcommand and return its exit status."""
    result: int = options.act_run(options)
    return result
