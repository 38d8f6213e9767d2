"""The public rule of certificate numbers (P-14): letter, body, province, body's serial, year, level, serial. Pure.

The first 13 characters are the evaluation body's filing number, the last 9 are the body's own to give.
"""

import re
from dataclasses import dataclass

SERIALS = 999_999
LENGTH = 22
_NUMBER = re.compile(
    r"(?P<filing>[YS][0-9]{4}[0-9]{2}[0-9]{6})(?P<year>[0-9]{2})(?P<level>[1-5])(?P<serial>[0-9]{6})"
)
_FILING = re.compile(r"[YS][0-9]{12}")


class BadNumber(ValueError):
    """No certificate number can be made of this, or this is none; `code` names what is wrong."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Series:
    """What the certificates that are counted together share: body, year of issue, level."""

    filing_no: str
    year: int
    level: int

    def __post_init__(self) -> None:
        if not _FILING.fullmatch(self.filing_no):
            raise BadNumber("bad_filing_number", self.filing_no)
        if not (2000 <= self.year <= 2099 and 1 <= self.level <= 5):
            raise BadNumber("bad_series", f"{self.year} {self.level}")

    @property
    def prefix(self) -> str:
        """The first 16 characters of its numbers."""
        return f"{self.filing_no}{self.year % 100:02d}{self.level}"

    def number(self, serial: int) -> str:
        """The certificate number with this serial, from 1 on; BadNumber `series_full`."""
        if not 1 <= serial <= SERIALS:
            raise BadNumber("series_full", f"{self.prefix} {serial}")
        return f"{self.prefix}{serial:06d}"


def is_number(text: str) -> bool:
    """Whether `text` has the shape of a certificate number, serial 000000 excepted."""
    found = _NUMBER.fullmatch(text)
    return found is not None and found["serial"] != "000000"
