"""Made-up banks to assemble from."""

import random

from itembank.blueprints.banks import Bank, BankFiles, make_bank
from itembank.blueprints.specification import BankPlan, Blueprint, read_blueprint
from itembank.blueprints.tables import Cell, Table

TYPES = ("true_false", "single", "multiple")


def bank(count: int = 60, *, enemies: tuple[tuple[str, str], ...] = (), **columns: list[Cell]) -> Bank:
    """`count` items I0, I1, …: types and five points in turn, 3PL parameters and words from a fixed seed."""
    rng = random.Random(7)
    made: dict[str, list[Cell]] = {
        "ID": [f"I{n}" for n in range(count)],
        "type": [TYPES[n % 3] for n in range(count)],
        "point": [f"P{n % 5}" for n in range(count)],
        "words": [float(20 + n % 30) for n in range(count)],
        "MODEL": ["3PL"] * count,
        "PAR1": [rng.uniform(0.7, 1.4) for _ in range(count)],
        "PAR2": [rng.gauss(0, 1) for _ in range(count)],
        "PAR3": [0.2] * count,
    }
    pairs = Table("pairs", {"a": [a for a, _ in enemies], "b": [b for _, b in enemies]}, len(enemies))
    return make_bank(BankFiles(Table("bank", {**made, **columns}, count), enemies=pairs), BankPlan())


def blueprint(text: str) -> Blueprint:
    """A blueprint from TOML."""
    return read_blueprint(text)
