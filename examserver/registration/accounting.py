"""The file for the accountant: one row for each application that money came for, as CSV or XLSX. Pure."""

import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from examserver.kernel.csv_files import csv_file

COLUMNS = (
    "缴费单号",
    "银行流水号",
    "到账日期",
    "到账总额（元）",
    "付款方",
    "申报编号",
    "职业（工种）",
    "等级",
    "金额（元）",
    "不予退还",
)


class FileForm(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One application of a credit, in the order of `COLUMNS`; whole yuan, of which `came` is the whole transfer."""

    order: str
    reference: str
    credited_on: date
    came: int
    payer: str
    application: int
    offering: str
    level: int
    amount: int
    non_refundable: str


def written(rows: Sequence[CreditRow], form: FileForm) -> bytes:
    """The file; nothing that a person typed is run by a spreadsheet."""
    return _csv(rows) if form is FileForm.CSV else _xlsx(rows)


def _csv(rows: Sequence[CreditRow]) -> bytes:
    return csv_file(COLUMNS, map(astuple, rows))


def _xlsx(rows: Sequence[CreditRow]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    for number, row in enumerate([COLUMNS, *map(astuple, rows)], 1):
        for place, value in enumerate(row, 1):
            _put(sheet, number, place, value)
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """A number as a number; everything else as text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        cell.value = value if isinstance(value, int) else str(value)
        cell.data_type = "n" if isinstance(value, int) else "s"
