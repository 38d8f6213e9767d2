"""The file that tells the official look-ups what to add and what to forget: CSV, UTF-8 with its mark. Pure."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum

from examserver.kernel.csv_files import csv_file

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
    return csv_file(COLUMNS, map(astuple, rows))
