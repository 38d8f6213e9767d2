"""The accountant's file: every yuan that the bank showed in the period, once; nothing in it runs."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from examserver.registration.accounting import COLUMNS, CreditRow, FileForm, written
from examserver.registration.applications.faults import Refused
from examserver.registration.models import Application
from examserver.registration.services.accounting import Period, export_credits
from tests.registration.applications.people import Office
from tests.registration.applications.test_orders import CREDITED, LATER, credit, group, opened

ROW = CreditRow("F000001", "=cmd|'/c calc'!A1", CREDITED, 500, "@学校", 7, "全媒体运营师", 3, 500, "")


def table(data: bytes, form: FileForm) -> list[tuple[Any, ...]]:
    if form is FileForm.CSV:
        return [tuple(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def exported(office: Office, form: FileForm, first: date = CREDITED, last: date = CREDITED) -> bytes:
    return export_credits(period=Period(first, last), form=form, actor=office.clerk, now=LATER)


@pytest.mark.requirement("REQ-53", partly=True)
@pytest.mark.parametrize("form", FileForm)
def test_the_amounts_of_a_transfer_add_up_to_what_came(office: Office, form: FileForm) -> None:
    credit(office, opened(office, group(office, "O1", "O5")), 900)
    head, *rows = table(exported(office, form), form)
    assert head == COLUMNS
    assert [row[:5] for row in rows] == [(*rows[0][:2], "2026-02-27", rows[0][3], "学校S1")] * 2
    assert sum(int(row[8]) for row in rows) == int(rows[0][3]) == 900


@pytest.mark.parametrize(
    ("first", "last", "found"), [(0, 0, 1), (-1, 0, 1), (0, 1, 1), (1, 2, 0), (-2, -1, 0)]
)
def test_both_ends_of_the_period_are_in_it(office: Office, first: int, last: int, found: int) -> None:
    credit(office, opened(office, group(office, "O5")), 500)
    days = [CREDITED + timedelta(days=one) for one in (first, last)]
    assert len(table(exported(office, FileForm.CSV, *days), FileForm.CSV)) == 1 + found


@pytest.mark.requirement("REQ-39", "S56", partly=True)
def test_what_is_not_given_back_is_marked(office: Office) -> None:
    credit(office, opened(office, group(office, "O5")), 500)
    Application.objects.update(non_refundable=True)
    assert table(exported(office, FileForm.XLSX), FileForm.XLSX)[1][-1] == "是"


def test_nothing_that_was_typed_is_run() -> None:
    [_, row] = table(written([ROW], FileForm.CSV), FileForm.CSV)
    assert (row[1], row[4]) == ("'=cmd|'/c calc'!A1", "'@学校")
    sheet = openpyxl.load_workbook(io.BytesIO(written([ROW], FileForm.XLSX))).worksheets[0]
    assert [sheet.cell(2, column).data_type for column in (2, 5, 9)] == ["s", "s", "n"]


def test_every_file_is_audited_and_only_finance_gets_one(office: Office) -> None:
    exported(office, FileForm.CSV)
    exported(office, FileForm.CSV)
    assert LogEntry.objects.filter(action="credits.export").count() == 2
    period = Period(CREDITED, CREDITED)
    with pytest.raises(NotAllowed, match="role_needed"):
        export_credits(period=period, form=FileForm.CSV, actor=office.other_clerk, now=LATER)
    with pytest.raises(Refused, match="period_wrong"):
        exported(office, FileForm.CSV, CREDITED, CREDITED - timedelta(days=1))
