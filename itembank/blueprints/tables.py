"""Reads tables of items or stimuli (CSV, JSON, spreadsheets): every cell a number, a text or nothing. Pure."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from itembank.blueprints.specification import BadBlueprint
from itembank.faults import Fault

Cell = float | str | None
MOST_ROWS = 200_000
MOST_BYTES = 100_000_000
EMPTY = ("", "NA", "NaN", "N/A", "#N/A")
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by their name as the file writes it; all have one cell a row, in the file's order."""

    name: str
    columns: Mapping[str, Sequence[Cell]]
    rows: int

    def find(self, name: str) -> str | None:
        """The column's own name for `name`, which may be in another case; None where there is none."""
        if name in self.columns:
            return name
        same = [one for one in self.columns if one.casefold() == name.casefold()]
        return same[0] if len(same) == 1 else None

    def column(self, name: str) -> Sequence[Cell]:
        """The cells of a column; BadBlueprint names the columns that there are."""
        found = self.find(name)
        if found is None:
            raise BadBlueprint(
                [Fault(self.name, name, f"no such column; there are {', '.join(self.columns)}")]
            )
        return self.columns[found]


def read_table(data: bytes, *, name: str) -> Table:
    """The table in `data`, by the ending of `name`: .csv, .json, .xlsx, .xls or .ods; BadBlueprint."""
    if len(data) > MOST_BYTES:
        raise _bad(name, f"larger than {MOST_BYTES} bytes")
    ending = name.rpartition(".")[2].lower()
    if ending == "json":
        return _from_json(data, name)
    if ending in ("xlsx", "xls", "ods", "xlsb"):
        return _from_sheet(data, name)
    if ending in ("csv", "txt", "tsv"):
        return _from_csv(data, name)
    raise _bad(name, "a bank is a .csv, .json, .xlsx, .xls or .ods file")


def _bad(name: str, cause: str) -> BadBlueprint:
    return BadBlueprint([Fault(name, "", cause)])


def _from_csv(data: bytes, name: str) -> Table:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeError:
            continue
    else:
        raise _bad(name, "neither UTF-8 nor GB 18030")
    try:
        rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
        return _table(name, list(islice(rows, MOST_ROWS + 2)))
    except csv.Error as error:
        raise _bad(name, str(error)) from error


def _from_sheet(data: bytes, name: str) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = list(islice(book.get_sheet_by_index(0).iter_rows(), MOST_ROWS + 2))
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _bad(name, f"not a spreadsheet that can be read: {error}") from error
    return _table(name, rows)


def _from_json(data: bytes, name: str) -> Table:
    """A list of objects, or an object with `items`; only what is a number, a text or a truth value is a cell."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _bad(name, str(error)) from error
    listed = found.get("items") if isinstance(found, dict) else found
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _bad(name, "a list of objects, or an object with such a list as items, is expected")
    heads = list(dict.fromkeys(key for one in listed for key, value in one.items() if _plain(value)))
    return _table(name, [heads, *([one.get(head) for head in heads] for one in listed)])


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _table(name: str, rows: Sequence[Sequence[Any]]) -> Table:
    if not rows or not any(str(head).strip() for head in rows[0]):
        raise _bad(name, "no heading")
    heads = [str(head).strip() for head in rows[0]]
    if len(rows) - 1 > MOST_ROWS:
        raise _bad(name, f"more than {MOST_ROWS} rows")
    if twice := {head for head in heads if head and heads.count(head) > 1}:
        raise _bad(name, f"more than one column is called {', '.join(sorted(twice))}")
    body = [row for row in rows[1:] if any(str(cell).strip() for cell in row if cell is not None)]
    if wrong := [n for n, row in enumerate(body, 2) if len(row) > len(heads)]:
        raise _bad(name, f"row {wrong[0]} has more cells than the heading")
    columns = {head: _column(body, at) for at, head in enumerate(heads) if head}
    return Table(name, columns, len(body))


def _column(rows: Iterable[Sequence[Any]], at: int) -> list[Cell]:
    """Numbers where every cell that is there is one, else texts."""
    cells = [_cell(row[at]) if at < len(row) else None for row in rows]
    numbers = [_number(cell) for cell in cells]
    if all(number is not None for number, cell in zip(numbers, cells, strict=True) if cell is not None):
        return list(numbers)
    return [text(cell) for cell in cells]


def _cell(value: Any) -> Cell:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float(value)
    written = str(value).strip()
    return None if written in EMPTY else written


def _number(cell: Cell) -> float | None:
    if not isinstance(cell, str):
        return cell
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in cell else None


def text(cell: Cell) -> str | None:
    """A cell as text: 3.0 is "3"."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell
