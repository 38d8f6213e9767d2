"""Whatever bytes come as a file of a group or as a document, they are taken or refused with a reason."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examserver.registration.applications.documents import media_type
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.group_rows import Choice, read_group
from examserver.registration.applications.identity import Standards
from examserver.registration.dates.years import LeapDay
from tests.registration.applications.people import NOW, pdf
from tests.registration.applications.sheets import HEADINGS, csv_file, row, workbook, xlsx

CHOICES = (Choice("O5", "全媒体运营师（直播运营）", 3),)
STANDARDS = Standards(NOW.date(), 16, LeapDay.MARCH_1)
BOOK = xlsx(workbook([row(1), row(2)]))
CELL = st.text(st.characters(blacklist_characters=',"\r\n', blacklist_categories=["Cs"]), max_size=20)


def taken_or_refused(data: bytes, name: str) -> None:
    reasons: tuple[str, ...] = ()
    try:
        sheet = read_group(data, name, CHOICES, STANDARDS)
    except Refused as refusal:
        sheet, reasons = None, refusal.keys
    assert reasons if sheet is None else all(row.reference for row in sheet.rows)


def spoilt(at: int, byte: int) -> bytes:
    """The sheet of a good workbook with one byte of its XML changed, packed again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = bytearray(source.read(name))
            if name.startswith("xl/worksheets/"):
                data[at % len(data)] = byte
            target.writestr(name, bytes(data))
    return buffer.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["g.csv", "g.xlsx", "", "g.pdf"]))
def test_any_bytes_as_a_file(data: bytes, name: str) -> None:
    taken_or_refused(data, name)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_packed_or_not(at: int, byte: int) -> None:
    taken_or_refused(spoilt(at, byte), "g.xlsx")
    whole = bytearray(BOOK)
    whole[at % len(whole)] = byte
    taken_or_refused(bytes(whole), "g.xlsx")


def test_an_archive_with_a_member_without_a_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("a", b"")
    nameless = buffer.getvalue().replace(b"a", b"\0")
    with pytest.raises(Refused, match="zip_path"):
        read_group(nameless, "g.xlsx", CHOICES, STANDARDS)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_any_cells_in_a_row(cells: list[str]) -> None:
    taken_or_refused(csv_file([cells]), "g.csv")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_as_a_document(data: bytes, is_pdf: bool) -> None:
    try:
        ending = [media_type(pdf() + data if is_pdf else data)]
    except Refused as refusal:
        ending = list(refusal.keys)
    assert ending
    assert all(ending)
