"""The file that tells the official look-ups what to add and what to forget: CSV, UTF-8 with its mark. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum

COLUMNS = (
    "操作",
    "证书编号",
    "姓名",
    "证件号码",
    "职业（工种）",
    "等级",
    "理论考核日期",
    "实操考核日期",
    "发证日期",
    "发证机构",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Action(StrEnum):
    """What a row asks for."""

    UPLOAD = "UPLOAD"
    WITHDRAW = "WITHDRAW"


@dataclass(frozen=True, slots=True)
class Row:
    """One certificate in the file, in the order of `COLUMNS`; dates as YYYY-MM-DD."""

    action: Action
    number: str
    holder: str
    id_number: str
    offering: str
    level: int
    theory_on: str
    practical_on: str
    issued_on: str
    issuer: str


def written(rows: Iterable[Row]) -> bytes:
    """The file; a cell that a spreadsheet would run begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    said = str(cell)
    return f"'{said}" if said.startswith(_FORMULA) else said
