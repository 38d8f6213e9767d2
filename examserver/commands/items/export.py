"""Writes questions of a file or of the bank as Moodle XML, GIFT, a spreadsheet or a QTI package."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itembank.formats.question import Question, Written

NAME = "export"
FORMATS = ("moodle", "gift", "sheet", "qti3", "qti2.2")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the questions come from, and what becomes of them."""
    parser.add_argument("--format", "--to", required=True, choices=FORMATS)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="source", type=Path, metavar="FILE", help="a question file")
    source.add_argument("--bank", type=int, choices=range(1, 6), help="the approved items of a level")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print what was left out as JSON")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the messages")


def run(options: argparse.Namespace) -> int:
    """0 where the file was written, also when something had to be left out; 2 where there is nothing to write."""
    from itembank.formats.registry import write
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    try:
        questions = _of_file(options, said) if options.source else _of_bank(options.bank)
        if not questions:
            print(said("formats.command.nothing_written"), file=sys.stderr)
            return 2
        written = write(questions, options.format)
        options.out.write_bytes(written.data)
    except OSError as error:
        cause = f"{error.filename}: {error.strerror}"
        print(said("formats.command.not_read") % {"cause": cause}, file=sys.stderr)
        return 2
    _say(written, len(questions), options, said)
    return 0


def _of_file(options: argparse.Namespace, said: Callable[[str], str]) -> "Sequence[Question]":
    """The questions of the file; what was wrong with it goes to where errors go."""
    from itembank.formats.registry import read
    from itembank.formats.wording import message

    reading = read(options.source.read_bytes(), options.source.name)
    for one in reading.errors:
        print(f"{one.where}: {message(one, said)}", file=sys.stderr)
    return reading.questions


def _of_bank(level: int) -> "Sequence[Question]":
    import django

    django.setup()
    from itembank.services.questions import exported

    return exported(level)


def _say(written: "Written", count: int, options: argparse.Namespace, said: Callable[[str], str]) -> None:
    from itembank.formats.shown import problem

    lost = [problem(one, said) for one in written.losses]
    if options.json:
        json.dump({"file": str(options.out), "items": count, "losses": lost}, sys.stdout, ensure_ascii=False)
        print()
        return
    for one in lost:
        print(f"{one['where']}: {one['message']}")
    told = {"items": count, "file": options.out, "losses": len(lost)}
    print(said("formats.command.written") % told)
