"""Score responses to QTI items: a line of outcomes for each line of a file."""

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

NAME = "score"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The batch, the folder of the items, and where the outcomes go."""
    parser.add_argument(
        "--batch",
        type=Path,
        required=True,
        help='JSON lines {"id", "item", "responses"}; "-" for standard input',
    )
    parser.add_argument("--root", type=Path, required=True, help="the folder that item paths start from")
    parser.add_argument("--out", type=Path, help="where the outcomes go instead of standard output")


def run(options: argparse.Namespace) -> int:
    """Score every line; 0 when the batch could be read, whatever its lines say."""
    from scoring.processing.batch import score_lines

    if not options.root.is_dir():
        return _refuse(f"{options.root}: no folder")
    try:
        with _source(options.batch) as lines, _target(options.out) as out:
            for answer in score_lines(lines, options.root, _note):
                out.write(answer + b"\n")
    except OSError as error:
        return _refuse(f"{error.filename or options.batch}: {error.strerror}")
    return 0


def _source(batch: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if str(batch) == "-" else batch.open("rb")


def _target(out: Path | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if out is None else out.open("wb")


def _note(text: str) -> None:
    print(text, file=sys.stderr)


def _refuse(cause: str) -> int:
    print(cause, file=sys.stderr)
    return 1
