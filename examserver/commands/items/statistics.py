"""Statistics of items and of the paper from marks in a CSV file, as Moodle's quiz statistics compute them."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.statistics.items import ItemFigures
    from scoring.statistics.papers import PaperFigures

NAME = "statistics"
FORMS = """\
forms of the file, told apart by their header (UTF-8 or GB 18030):
  steps      Moodle's simulated attempts: quizattempt, responses.<slot>.<part>, randqs.<slot>, variants.<slot>; the
             questions stand in --questions (slot, type, which, cat, mark), or beside: questions00.csv for steps00.csv
  one a row  slot, mark, and where there are any: questionusageid, questionid, variant, maxmark, sumgrades;
             a row without a mark counts 0
  matrix     the first column says who, every other column is an item; a row "max" (or 满分) gives the full marks, else
             an item's is the highest mark there, at least 1; a blank cell is a candidate who did not have the item
"""
COLUMNS = (
    "slot",
    "s",
    "facility",
    "sd",
    "discriminationindex",
    "discriminativeefficiency",
    "effectiveweight",
)
TOTALS = (
    "s",
    "mean",
    "median",
    "standarddeviation",
    "skewness",
    "kurtosis",
    "cic",
    "errorratio",
    "standarderror",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of marks, what belongs to it, and how to answer."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = FORMS
    parser.add_argument("marks", type=Path, metavar="STEPS.csv")
    parser.add_argument("--questions", type=Path, metavar="FILE.csv", help="what stands in the slots")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE.toml", help="keys of the questions, by type and name"
    )
    parser.add_argument("--json", action="store_true", help='print {"items": […], "paper": {…}}')


def run(options: argparse.Namespace) -> int:
    """Print the figures; 2 and one line on standard error when the file cannot be read."""
    from scoring.statistics.items import item_figures
    from scoring.statistics.papers import paper_figures
    from scoring.statistics.reading.files import read_keys, read_sheet
    from scoring.statistics.sheet import BadSheet
    from scoring.statistics.wire import report_json

    try:
        keys = read_keys(options.keys) if options.keys else None
        sheet = read_sheet(options.marks, options.questions, keys)
    except (BadSheet, OSError) as error:
        print(f"{options.marks}: {error}", file=sys.stderr)
        return 2
    items = item_figures(sheet)
    paper = paper_figures(sheet, items)
    if options.json:
        print(json.dumps(report_json(items, paper), ensure_ascii=False, allow_nan=False))
    else:
        _print(items, paper)
    return 0


def _print(items: "tuple[ItemFigures, ...]", paper: "PaperFigures") -> None:
    print("\t".join(COLUMNS))
    for item in items:
        inside = [item.subqname or "", f"v{item.variant}" if item.variant is not None else ""]
        name = ".".join(part for part in (item.slot, *inside) if part)
        print("\t".join([name, *(_text(getattr(item, column)) for column in COLUMNS[1:])]))
    for column in TOTALS:
        print(f"{column}\t{_text(getattr(paper, column))}")


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
