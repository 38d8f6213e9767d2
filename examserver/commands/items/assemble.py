"""Assembles parallel papers from a bank by a blueprint, checks them, or names the rules that cannot hold."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from itembank.blueprints.assembling import Assembly
    from itembank.blueprints.specification import Blueprint

NAME = "assemble"
BAD_INPUT = 2
UNDECIDED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The blueprint, the bank, and what replaces what the blueprint says."""
    parser.add_argument("blueprint", type=Path, metavar="BLUEPRINT.toml")
    parser.add_argument(
        "--bank", type=Path, required=True, help="the items: .csv, .json, .xlsx, .xls or .ods"
    )
    parser.add_argument("--seed", type=int, help="instead of the blueprint's")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the messages")


def run(options: argparse.Namespace) -> int:
    """0: assembled and checked; 1: impossible, with the blocking rules; 2: bad input; 3: not decided in time."""
    from itembank.blueprints.assembling import Invalid, assemble_forms
    from itembank.blueprints.files import load
    from itembank.blueprints.specification import BadBlueprint

    try:
        blueprint, bank = load(options.blueprint, options.bank)
        made = assemble_forms(blueprint, bank, options.seed)
    except BadBlueprint as error:
        return _refuse(options, [str(fault) for fault in error.faults])
    except (OSError, Invalid) as error:
        return _refuse(options, [str(error)])
    _say(made, blueprint, options)
    return {"solved": 0, "infeasible": 1, "undecided": UNDECIDED}[made.status]


def _refuse(options: argparse.Namespace, causes: list[str]) -> int:
    if options.json:
        print(json.dumps({"status": "refused", "errors": causes}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(causes), file=sys.stderr)
    return BAD_INPUT


def _say(made: "Assembly", blueprint: "Blueprint", options: argparse.Namespace) -> None:
    from itembank.blueprints.shown import lines, shown

    found: dict[str, Any] = shown(made, blueprint, options.language)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(found, options.language)))
