"""Approved items of the bank as a blueprint sees them: a table of columns, and their enemies."""

from collections.abc import Sequence

import msgspec

from itembank.bank.pool import BankRow, enemy_groups
from itembank.blueprints.banks import Bank, BankFiles, enemies_of, make_bank
from itembank.blueprints.specification import Blueprint
from itembank.blueprints.tables import Cell, Table

ID = "code"


def bank_of(plan: Blueprint, rows: Sequence[BankRow], name: str) -> Bank:
    """The items of `rows` with their enemies; BadBlueprint when there is none or a column is missing."""
    groups = {str(n): sorted(group) for n, group in enumerate(enemy_groups([row.code for row in rows]))}
    pairs = enemies_of(groups)
    enemies = Table("enemies", {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}, len(pairs))
    files = BankFiles(Table(name, _columns(rows), len(rows)), enemies=enemies)
    return make_bank(files, msgspec.structs.replace(plan.bank, id=ID))


def _columns(rows: Sequence[BankRow]) -> dict[str, list[Cell]]:
    own: dict[str, list[Cell]] = {
        ID: [row.code for row in rows],
        "type": [row.type.value for row in rows],
        "knowledge_point": [row.knowledge_point for row in rows],
        "direction": [row.direction or None for row in rows],
        "difficulty": [row.difficulty for row in rows],
        "points": [float(row.points) for row in rows],
        "stimulus": [row.stimulus or None for row in rows],
        "uses": [float(row.uses) for row in rows],
    }
    names = dict.fromkeys(name for row in rows for name in row.attributes if name not in own)
    return {**own, **{name: [_cell(row.attributes.get(name)) for row in rows] for name in names}}


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value is None or not isinstance(value, str):
        return None
    try:
        return float(value)  # decimals are kept as text
    except ValueError:
        return value
