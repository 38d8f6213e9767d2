"""A sheet that a stranger made, as rows of texts: what would make it read otherwise than it looks is refused. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from examserver.registration.applications.faults import Fault, Refused, refuse
from itembank.formats.archives import Archive, BadArchive
from itembank.formats.known.sheets.grid import Grid, Row, grids

MOST_ROWS = 10_000
MOST_BYTES = 20 * 2**20
# Binary workbooks and other offices' files are zip files too, and say otherwise where their formulas are.
_BOOK = "xl/workbook.xml"
_ROWS = b"sheetData"
_OLD = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z0-9:]+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+\d+)["']""")
_NEAR = 4096


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row and its number in the file, from 1."""

    number: int
    cells: Row


def rows_of(data: bytes, name: str) -> tuple[Numbered, ...]:
    """The rows with anything in them of the one sheet that has any; Refused with what is wrong with the file.

    `file_empty`, `file_too_large`, `sheet_old_format`, `sheet_unknown`, `sheet_macros`, `sheet_merged`,
    `sheet_formula`, `sheet_several`, `too_many_rows`, and what the readers of archives, text and sheets say.
    """
    if not data:
        raise refuse("file_empty", "file")
    if len(data) > MOST_BYTES:
        raise refuse("file_too_large", "file", most=MOST_BYTES // 2**20)
    if data.startswith(_OLD):
        raise refuse("sheet_old_format", "file")
    if data.startswith(b"PK"):
        _check_workbook(data)
    found = grids(data, name)
    if found.errors:
        raise Refused(Fault(one.code, "file", {"row": one.line, **one.params}) for one in found.errors[:20])
    rows = tuple(_filled(_only(found.grids)))
    if len(rows) > MOST_ROWS:
        raise refuse("too_many_rows", "file", rows=len(rows), most=MOST_ROWS)
    return rows


def _only(sheets: tuple[Grid, ...]) -> Grid:
    filled = [one for one in sheets if any(any(row) for row in one.rows)]
    if not filled:
        raise refuse("file_empty", "file")
    if len(filled) > 1:
        raise refuse("sheet_several", "file", sheets="、".join(one.name for one in filled)[:120])
    return filled[0]


def _filled(grid: Grid) -> Iterator[Numbered]:
    for number, row in enumerate(grid.rows, grid.first):
        if any(row):
            yield Numbered(number, row)


def _check_workbook(data: bytes) -> None:
    try:
        archive = Archive(data)
        if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
            raise refuse("sheet_macros", "file")
        if _BOOK not in archive.names:
            raise refuse("sheet_unknown", "file")
        for name in archive.names:
            if name.endswith(".xml") and _ROWS in (part := archive.read(name)):
                _check_cells(part)
    except BadArchive as error:
        raise Refused([Fault(error.code, "file", error.params)]) from error


def _check_cells(sheet: bytes) -> None:
    if merged := _MERGED.search(sheet):
        raise refuse("sheet_merged", "file", cells=merged[1].decode())
    if formula := _FORMULA.search(sheet):
        # It stands in the last cell that was opened before it.
        opened = _CELL.findall(sheet, max(0, formula.start() - _NEAR), formula.start())
        raise refuse("sheet_formula", "file", cell=opened[-1].decode() if opened else "?")
