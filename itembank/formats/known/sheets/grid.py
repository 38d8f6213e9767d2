"""Bytes of a spreadsheet or a text with separators to rows of texts, with limits that hold before memory is taken."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import python_calamine

from itembank.formats.archives import Archive, BadArchive
from itembank.formats.encoding import decode
from itembank.formats.problems import in_file
from itembank.formats.question import Error

MOST_ROWS = 49_999
MOST_COLUMNS = 208
MOST_SHEETS = 100
MOST_SHEET_BYTES = 64 * 2**20
MOST_OLD_BYTES = 16 * 2**20
Row = list[str]
# A cell says where it is (r="C12"), a row which it is (r="12"); a single far one makes a reader fill all between.
# Far is a column from HA (209) on, or a row from 50,000 on. The letter comes first for the sake of speed.
_FAR = re.compile(
    rb"""r(?<=\sr)\s*=\s*["'](?:[A-Za-z]{3}|[H-Zh-z][A-Za-z]|[A-Za-z]{0,2}0*(?:[1-9]\d{5}|[5-9]\d{4}))"""
)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet; `first` is the number (from 1) of the first of them in the file."""

    name: str
    rows: list[Row]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Grids:
    """The sheets of a file, and what was wrong with it or is to be known."""

    grids: tuple[Grid, ...] = ()
    errors: tuple[Error, ...] = ()
    notes: tuple[Error, ...] = ()


class _TooLarge(Exception):
    """A sheet beyond the limits."""


def grids(data: bytes, name: str) -> Grids:
    """The sheets of the file."""
    try:
        if data[:2] == b"PK":
            _measure(Archive(data))
            return Grids(tuple(_workbook(data)))
        if data[:4] == b"\xd0\xcf\x11\xe0":
            if len(data) > MOST_OLD_BYTES:
                raise _TooLarge
            return Grids(tuple(_workbook(data)))
        return _separated(data, name)
    except BadArchive as error:
        return Grids(errors=(in_file(name, error.code, **error.params),))
    except _TooLarge:
        return Grids(errors=(in_file(name, "sheet_too_large", rows=MOST_ROWS, columns=MOST_COLUMNS),))
    except (python_calamine.CalamineError, csv.Error, ValueError, OSError) as error:
        return Grids(errors=(in_file(name, "sheet_broken", cause=error),))


def _measure(archive: Archive) -> None:
    sheets = [name for name in archive.names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    for name in sheets:
        if archive.size(name) > MOST_SHEET_BYTES or not _is_small(archive.read(name)):
            raise _TooLarge


def _is_small(data: bytes) -> bool:
    if b"\0" in data[:64]:
        raise ValueError("UTF-16")
    return _FAR.search(data) is None


def _workbook(data: bytes) -> Iterator[Grid]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > MOST_SHEETS:
        raise _TooLarge
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(number)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            raise _TooLarge
        cells = sheet.to_python(skip_empty_area=False)
        rows = [[one.strip() if type(one) is str else _text(one) for one in row] for row in cells]
        yield Grid(name, rows)


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def _separated(data: bytes, name: str) -> Grids:
    decoded = decode(data, name)
    head = decoded.text[:4096].split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    rows: list[Row] = []
    for row in csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark):
        rows.append([cell.strip() for cell in row])
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise _TooLarge
    return Grids((Grid(name, rows),), decoded.errors, decoded.notes)
