"""Brings a blueprint and its bank together from the files that the blueprint names beside itself."""

from pathlib import Path

import msgspec

from itembank.blueprints.banks import Bank, BankFiles, make_bank
from itembank.blueprints.constraint_files import read_constraints
from itembank.blueprints.specification import Blueprint, checked, read_blueprint
from itembank.blueprints.tables import Table, read_table


def load(blueprint_path: Path, bank_path: Path) -> tuple[Blueprint, Bank]:
    """The blueprint with the rules of its constraint table, and the bank with all its tables.

    Paths in the blueprint start from its own folder. BadBlueprint, OSError.
    """
    blueprint = read_blueprint(blueprint_path.read_bytes())
    plan, folder = blueprint.bank, blueprint_path.parent
    if plan.constraints:
        added = read_constraints(_table(folder, plan.constraints))
        blueprint = checked(msgspec.structs.replace(blueprint, rules=(*blueprint.rules, *added)))
    files = BankFiles(
        items=_table(bank_path.parent, bank_path.name),
        attributes=_optional(folder, plan.attributes),
        pool=_optional(folder, plan.pool),
        stimuli=_optional(folder, plan.stimuli),
        enemies=_optional(folder, plan.enemies),
    )
    return blueprint, make_bank(files, plan)


def _table(folder: Path, name: str) -> Table:
    path = folder / name
    return read_table(path.read_bytes(), name=path.name)


def _optional(folder: Path, name: str) -> Table | None:
    return _table(folder, name) if name else None
