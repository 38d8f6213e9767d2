"""`proctor models`: get the weights, or check them."""

import argparse
from typing import Any

from proctor import models


def add(commands: Any) -> None:
    parser = commands.add_parser("models", help="get or check the weights")
    parser.add_argument("action", nargs="?", choices=("pull", "verify"), default="verify")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Get the weights, or say where each one is."""
    if asked.action == "pull":
        models.pull(asked.models, lambda line: print(line, flush=True))
        return 0
    for name, path in models.verify(asked.models).items():
        print(f"{name}: {path}")
    return 0
