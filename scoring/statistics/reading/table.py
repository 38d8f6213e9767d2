"""A CSV file as rows with their line numbers; bounded, and read as what its bytes say."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.statistics.sheet import BadSheet

LARGEST = 64 * 1024 * 1024
MOST_CELLS = 20_000_000
WIDEST_FIELD = 100_000
HIGHEST = 1e6  # no exam gives more points; beyond it, sums of fourth powers lose all meaning


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in the file, and its cells by column name."""

    where: str
    cells: Mapping[str, str]

    def number(self, column: str, blank: float | None = None) -> float | None:
        """The cell as a number within a million of 0, `blank` for an empty one; BadSheet for anything else."""
        text = self.cells.get(column, "").strip()
        if not text:
            return blank
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not abs(value) <= HIGHEST:
            raise BadSheet("not_a_number", f"{self.where}, {column}", text[:40])
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns in order, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(data: bytes, *, name: str) -> Table:
    """The rows of a CSV file in UTF-8 or GB 18030; BadSheet names file and row of what is wrong."""
    if len(data) > LARGEST:
        raise BadSheet("file_too_large", name)
    csv.field_size_limit(WIDEST_FIELD)
    try:
        lines = list(csv.reader(io.StringIO(_text(data, name), newline=""), strict=True))
    except csv.Error as error:
        raise BadSheet("not_csv", name, str(error)) from error
    header = tuple(cell.strip() for cell in lines[0]) if lines else ()
    _check_header(header, name)
    rows = [_row(header, line, f"{name}:{at}") for at, line in enumerate(lines[1:], 2) if any(line)]
    if len(rows) * len(header) > MOST_CELLS:
        raise BadSheet("file_too_large", name)
    return Table(name, header, tuple(rows))


def _text(data: bytes, name: str) -> str:
    """Excel saves Chinese tables in either encoding, with or without a mark in front."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadSheet("not_text", name)


def _check_header(header: Sequence[str], name: str) -> None:
    if len(header) < 2 or not all(header):
        raise BadSheet("no_header", name)
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise BadSheet("column_twice", name, ", ".join(twice))


def _row(header: Sequence[str], line: Sequence[str], where: str) -> Row:
    if len(line) > len(header) and any(line[len(header) :]):
        raise BadSheet("row_too_long", where)
    return Row(where, dict(zip(header, [*line, *[""] * (len(header) - len(line))], strict=False)))
