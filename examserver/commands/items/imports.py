"""Reads a question file (GIFT, Aiken, Moodle XML, Blackboard, QTI, a spreadsheet …) and takes it over into the bank."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itembank.formats.question import Error, Reading

NAME = "import"
MOST_BYTES = 256 * 2**20  # a package with films; texts and sheets have narrower limits of their own


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and what to do with it."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", default="", help="which format it has; found out when it is left out")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be taken over")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the messages")
    parser.add_argument("--level", type=int, choices=range(1, 6), help="whose items they become, 1 to 5")
    parser.add_argument("--good", action="store_true", help="take over what is good of a file with errors")


def run(options: argparse.Namespace) -> int:
    """0 where something can be used or nothing is wrong, 1 where nothing is taken over, 2 where nothing can be read."""
    from itembank.formats.registry import UnknownFormat, formats, read
    from itembank.formats.wording import speaker

    said = speaker(options.language)
    if not options.dry_run and options.level is None:
        print(said("formats.command.level_missing"), file=sys.stderr)
        return 2
    try:
        if options.file.stat().st_size > MOST_BYTES:
            print(said("formats.file_too_large") % {"most": MOST_BYTES // 2**20}, file=sys.stderr)
            return 2
        data = options.file.read_bytes()
        reading = read(data, options.file.name, options.format)
    except OSError as error:
        cause = f"{error.filename}: {error.strerror}"
        print(said("formats.command.not_read") % {"cause": cause}, file=sys.stderr)
        return 2
    except UnknownFormat as error:
        print(f"--format {error}: {', '.join(sorted(formats()))}", file=sys.stderr)
        return 2
    _say(reading, options, said)
    if options.dry_run:
        return 0 if reading.questions or not reading.errors else 1
    return _take_over(reading, data, options, said)


def _say(reading: "Reading", options: argparse.Namespace, said: Callable[[str], str]) -> None:
    from itembank.formats.shown import shown
    from itembank.formats.wording import message

    if options.json:
        json.dump(shown(reading, said), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for one in (*reading.errors, *reading.notes):
        print(f"{one.where}: {message(one, said)}")
    counts = {"items": len(reading.questions), "errors": len(reading.errors), "notes": len(reading.notes)}
    print(said("formats.command.summary") % counts)


def _take_over(
    reading: "Reading", data: bytes, options: argparse.Namespace, said: Callable[[str], str]
) -> int:
    """Into the bank, for two reviewers to approve; nothing of a file with errors unless that is asked for."""
    import django

    django.setup()
    from examserver.kernel import clock
    from examserver.kernel.access import SYSTEM
    from itembank.authoring.drafts import Drafts
    from itembank.faults import BadBank
    from itembank.services.questions import drafts_of, import_made

    made = drafts_of(reading, data, options.file.name)
    for one in made.refused:
        print(f"{one.where}: {_refusal(one, said)}", file=sys.stderr)
    try:
        if not made.good or ((reading.errors or made.refused) and not options.good):
            raise BadBank([])
        good = Drafts(made.good, ())
        taken = import_made(made=good, level=options.level, actor=SYSTEM, now=clock.now())
    except BadBank as fault:
        print(f"{fault}\n{said('formats.command.nothing_taken')}".strip(), file=sys.stderr)
        return 1
    counts = {"created": taken.created, "changed": taken.changed, "unchanged": taken.unchanged}
    print(said("formats.command.taken") % counts, file=sys.stderr if options.json else sys.stdout)
    return 0


def _refusal(error: "Error", said: Callable[[str], str]) -> str:
    """Why a question can be no item: in the bank's words where it has some, else in those of files."""
    from itembank.formats.wording import message

    key = f"bank.refused.{error.code}"
    own = said(key)
    return message(error, said) if own == key else own % error.params
