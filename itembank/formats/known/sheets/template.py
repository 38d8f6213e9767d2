"""The workbook that a venue downloads to fill in: headings with lists to choose from, notes, examples."""

from collections.abc import Callable

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from itembank.formats.known.sheets.words import word, words
from itembank.formats.known.sheets.writing import FIRST, LAST, fill, heading_of, put, saved

Said = Callable[[str], str]
LETTERS = "ABCDEFGH"
FIELDS = (*FIRST, *(f"choice:{letter}" for letter in LETTERS), *LAST)
LAST_ROW = 5_000
_WIDTHS = {"prompt": 48, "explanation": 36, "answer": 14, "knowledge_point": 18}
_NOTES = ("type", "choices", "answer", "points", "difficulty", "code")
_HEAD = PatternFill("solid", fgColor="E8EEF7")


def template(said: Said) -> bytes:
    """An .xlsx file; `said` tells the text of a key of the locale. Its examples are not read as questions."""
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = word("written", "sheet")
    fill(sheet, [], FIELDS)
    _head(sheet)
    _validate(sheet, said)
    _notes(book.create_sheet(said("formats.template.sheet")), said)
    examples = book.create_sheet(said("formats.template.examples"))
    fill(examples, _examples(said), FIELDS)
    _head(examples)
    return saved(book)


def _head(sheet: Worksheet) -> None:
    for place, field in enumerate(FIELDS, 1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, 12)


def _validate(sheet: Worksheet, said: Said) -> None:
    listed = ",".join(words("types"))
    types = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    types.error = said("formats.template.wrong_type")
    points = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    points.error = said("formats.template.wrong_points")
    for field, rule in (("type", types), ("points", points)):
        letter = get_column_letter(FIELDS.index(field) + 1)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")


def _notes(sheet: Worksheet, said: Said) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, name in enumerate(_NOTES, 1):
        put(sheet, number, 1, said(f"formats.template.{name}"))
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _examples(said: Said) -> list[dict[str, str]]:
    known = said("formats.template.knowledge")
    rows = [
        {"type": "single", "prompt": said("formats.template.example_single"), "answer": "A"}
        | {"choice:A": "9:16", "choice:B": "16:9", "choice:C": "4:3", "choice:D": "21:9"},
        {"type": "multiple", "prompt": said("formats.template.example_multiple"), "answer": "ABD"}
        | {f"choice:{letter.upper()}": said(f"formats.template.multiple_{letter}") for letter in "abcd"},
        {"type": "true_false", "prompt": said("formats.template.example_true_false")}
        | {"answer": word("answers", "false")},
        {"type": "short", "prompt": said("formats.template.example_short"), "answer": "fps|FPS"},
        {"type": "essay", "prompt": said("formats.template.example_essay")}
        | {"answer": said("formats.template.essay_key")},
    ]
    return [
        {
            **row,
            "type": word("types", row["type"]),
            "points": "1",
            "difficulty": "0.3",
            "knowledge_point": known,
        }
        for row in rows
    ]


def headings() -> tuple[str, ...]:
    """The headings of the template, in order."""
    return tuple(heading_of(field) for field in FIELDS)
