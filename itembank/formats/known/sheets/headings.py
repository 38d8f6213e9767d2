"""Which row of a sheet heads the others, and which column is what."""

from collections.abc import Mapping
from dataclasses import dataclass

from itembank.formats.known.sheets.grid import Grid, Row
from itembank.formats.known.sheets.words import field_of, meaning

_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet with its headings: `columns` by field (from 0), `names` by column, rows from `start` (index) on, the
    `letters` of the choices with their columns, in order."""

    grid: Grid
    columns: Mapping[str, int]
    names: Mapping[int, str]
    start: int
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    default_type: str
    letters: Mapping[str, int]


def headed(grid: Grid) -> Headed | None:
    """The sheet with its headings; None where no row of the first ones names a prompt and a type or key."""
    default = meaning("types", grid.name)
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        fields = [field_of(cell) if cell else "" for cell in row]
        if "prompt" in fields and ("answer" in fields or "type" in fields):
            return _headed(grid, number, fields, default)
    return None


def _headed(grid: Grid, number: int, fields: list[str], default: str) -> Headed:
    row: Row = grid.rows[number]
    columns: dict[str, int] = {}
    twice: list[str] = []
    for place, field in enumerate(fields):
        if field in columns and field != "ignored":
            twice.append(row[place])
        elif field:
            columns.setdefault(field, place)
    unknown = tuple(cell for cell, field in zip(row, fields, strict=True) if cell and not field)
    letters = {field[-1]: columns[field] for field in sorted(columns) if field.startswith("choice:")}
    return Headed(grid, columns, dict(enumerate(row)), number + 1, unknown, tuple(twice), default, letters)


def letter(column: int) -> str:
    """The name of a column (from 0) in a spreadsheet: A, B, …, Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
