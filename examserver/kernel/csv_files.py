"""CSV as offices open it: UTF-8 with its mark, and nothing in it that a spreadsheet would run. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The file; a cell that a spreadsheet would run begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    said = str(cell)
    return f"'{said}" if said.startswith(_FORMULA) else said
