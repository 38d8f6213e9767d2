"""Files of groups as venues would send them, and as they should not."""

import io
from collections.abc import Sequence

import openpyxl

from examserver.people.identity import CHECK_CHARACTERS, WEIGHTS

HEADINGS = ("外部编号", "姓名", "身份证号", "申报项目", "等级", "申报条件", "手机号", "承诺")
Cells = list[str]


def row(index: int, **changes: str) -> Cells:
    """A row of a person who does not exist, with some cells changed by heading."""
    cells = dict(
        zip(
            HEADINGS,
            (f"HR-{index:05d}", f"考生{index}", number(index), "O5", "", "L3-1", "13800000000", "是"),
            strict=True,
        )
    )
    return list((cells | changes).values())


def number(index: int) -> str:
    """An ID number of its own for each of thousands; the demo's repeat sooner."""
    body = f"99000019900{1 + index // 1000 % 9}15{index % 1000:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + CHECK_CHARACTERS[total % 11]


def csv_file(rows: Sequence[Cells], headings: Sequence[str] = HEADINGS) -> bytes:
    """The rows as a CSV file."""
    return "\n".join(",".join(one) for one in (headings, *rows)).encode()


def workbook(rows: Sequence[Cells]) -> openpyxl.Workbook:
    """The rows as a workbook that can still be spoilt."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for one in (HEADINGS, *rows):
        sheet.append(list(one))
    return book


def xlsx(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
