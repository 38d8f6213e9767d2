"""`proctor compose`: write sessions with known events, to be evaluated."""

import argparse
import sys
from pathlib import Path
from typing import Any

from proctor.commands import FAILED, WRONG_USAGE


def add(commands: Any) -> None:
    parser = commands.add_parser("compose", help="write composed sessions with known events")
    parser.add_argument("directory", type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--sessions", type=int, default=12, metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same pictures")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the sessions and say where the manifest is."""
    from proctor.compose.writing import Order, compose
    from proctor.evaluating.hashing import model_hashes
    from proctor.loading import load_scene

    if asked.sessions < 1 or asked.seed < 0:
        return refuse("--sessions must be 1 or more, --seed 0 or more", WRONG_USAGE)
    if asked.directory.exists() and (not asked.directory.is_dir() or any(asked.directory.iterdir())):
        return refuse(f"{asked.directory} is not an empty folder", WRONG_USAGE)
    hashes = model_hashes(asked.models)
    order = Order(asked.directory, asked.sessions, asked.seed, load_scene(asked.models), hashes)
    try:
        print(compose(order, progress))
    except OSError as error:
        return refuse(f"{asked.directory}: {error.strerror}", FAILED)
    return 0


def progress(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


def refuse(why: str, code: int) -> int:
    print(why, file=sys.stderr)
    return code
