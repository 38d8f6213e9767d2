"""Writes questions as Moodle XML, GIFT, a spreadsheet or a QTI package."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itembank.formats.question import Reading, Written

NAME = "export"
FORMATS = ("moodle", "gift", "sheet", "qti3", "qti2.2")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the questions come from, and what becomes of them."""
    parser.add_argument("--format", "--to", required=True, choices=FORMATS)
    parser.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="FILE", help="a question file"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print what was left out as JSON")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the messages")


def run(options: argparse.Namespace) -> int:
    """0 where the file was written, also when something had to be left out; 2 where there is nothing to write."""
    from itembank.formats.registry import read, write
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    try:
        reading = read(options.source.read_bytes(), options.source.name)
        if not reading.questions:
            _complain(reading, options)
            return 2
        written = write(reading.questions, options.format)
        options.out.write_bytes(written.data)
    except OSError as error:
        cause = f"{error.filename}: {error.strerror}"
        print(said("formats.command.not_read") % {"cause": cause}, file=sys.stderr)
        return 2
    _complain(reading, options)
    _say(written, len(reading.questions), options)
    return 0


def _complain(reading: "Reading", options: argparse.Namespace) -> None:
    """What was wrong with the source goes to where errors go."""
    from itembank.formats.wording import message, speaker

    said = speaker(options.language)
    for one in reading.errors:
        print(f"{one.where}: {message(one, said)}", file=sys.stderr)


def _say(written: "Written", count: int, options: argparse.Namespace) -> None:
    from itembank.formats.shown import problem
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    lost = [problem(one, said) for one in written.losses]
    if options.json:
        json.dump({"file": str(options.out), "items": count, "losses": lost}, sys.stdout, ensure_ascii=False)
        print()
        return
    for one in lost:
        print(f"{one['where']}: {one['message']}")
    told = {"items": count, "file": options.out, "losses": len(lost)}
    print(said("formats.command.written") % told)
