"""Grades responses to Moodle questions: lines `{"id", "item", "response"}` in, `{"id", "fraction"}` out."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

NAME = "grade"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of lines, and where the fractions go."""
    parser.add_argument("--batch", required=True, metavar="FILE.jsonl", help="- reads standard input")
    parser.add_argument("--out", metavar="FILE.jsonl", help="standard output when it is left out")


def run(options: argparse.Namespace) -> int:
    """Answer each line by one line in the same order; a line that is none is answered by its error."""
    with ExitStack() as files:
        try:
            lines = sys.stdin.buffer if options.batch == "-" else files.enter_context(_opened(options.batch))
            out = files.enter_context(Path(options.out).open("w", encoding="utf-8")) if options.out else None
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
            return 2
        for answer in answers(lines):
            print(json.dumps(answer), file=out or sys.stdout)
    return 0


def _opened(name: str) -> Any:
    return Path(name).open("rb")


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What each line that is not blank comes to."""
    return (_answer(line) for line in lines if line.strip())


def _answer(line: bytes) -> dict[str, Any]:
    """Read as the first thing, so that even a line that cannot be graded is answered under its own id."""
    from scoring.policies.moodle.items import BadItem, grade, read_item
    from scoring.policies.moodle.responses import BadResponse

    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"no JSON: {error}"}
    if not isinstance(asked, dict) or "item" not in asked:
        return {"id": asked.get("id") if isinstance(asked, dict) else None, "error": "the line has no item"}
    try:
        fraction = grade(read_item(asked["item"]), asked.get("response"))
    except (BadItem, BadResponse, RecursionError) as error:
        return {"id": asked.get("id"), "error": str(error)}
    return {"id": asked.get("id"), "fraction": fraction}
