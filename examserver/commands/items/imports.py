"""Reads a question file: GIFT, Aiken, Moodle XML, embedded answers, Blackboard, QTI, spreadsheets."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itembank.formats.question import Error, Reading

NAME = "import"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and what to do with it."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", default="", help="which format it has; found out when it is left out")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be taken over")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the messages")


def run(options: argparse.Namespace) -> int:
    """0 where something can be used or nothing is wrong, 1 where nothing can be used, 2 where nothing can be read."""
    from itembank.formats.registry import UnknownFormat, formats, read
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    try:
        reading = read(options.file.read_bytes(), options.file.name, options.format)
    except OSError as error:
        print(
            said("formats.command.not_read") % {"cause": f"{error.filename}: {error.strerror}"},
            file=sys.stderr,
        )
        return 2
    except UnknownFormat as error:
        print(f"--format {error}: {', '.join(sorted(formats()))}", file=sys.stderr)
        return 2
    _say(reading, options)
    return 0 if reading.questions or not reading.errors else 1


def _say(reading: "Reading", options: argparse.Namespace) -> None:
    from itembank.formats.shown import shown
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    if options.json:
        json.dump(shown(reading, said), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for one in (*reading.errors, *reading.notes):
        print(_line(one, options.language))
    counts = {"items": len(reading.questions), "errors": len(reading.errors), "notes": len(reading.notes)}
    print(said("formats.command.summary") % counts)


def _line(error: "Error", language: str) -> str:
    from itembank.formats.wording import message, speaker

    return f"{error.where}: {message(error, speaker(language))}"
