"""Reads question sheets."""

from dataclasses import dataclass, field

from itembank.formats.known.sheets.cells import Cells
from itembank.formats.known.sheets.grid import Grid, grids
from itembank.formats.known.sheets.headings import Headed, headed
from itembank.formats.known.sheets.rows import question_of
from itembank.formats.known.sheets.words import heading, meaning
from itembank.formats.numbers import number
from itembank.formats.problems import BadQuestion, in_file
from itembank.formats.question import Error, Question, Reading

_NEEDED = ("prompt", "answer")


@dataclass(slots=True)
class _Found:
    """What the sheets of a file have given so far."""

    questions: list[Question] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    notes: list[Error] = field(default_factory=list)


def read(data: bytes, name: str) -> Reading:
    """The questions of every sheet that has headings; what is wrong is named by sheet, row and column."""
    file = grids(data, name)
    found = _Found(errors=list(file.errors), notes=list(file.notes))
    used = [_sheet(grid, found) for grid in file.grids]
    if file.grids and not any(used):
        wanted = "、".join(heading(field) for field in ("type", *_NEEDED))
        found.errors.append(in_file(name, "headings_missing", headings=wanted))
    return Reading(
        questions=tuple(found.questions), errors=tuple(found.errors), notes=tuple(found.notes), format="sheet"
    )


def _sheet(grid: Grid, found: _Found) -> bool:
    """Whether the sheet has headings, and so may hold questions."""
    if not any(any(row) for row in grid.rows):
        return False
    sheet = None if meaning("sheets", grid.name) else headed(grid)
    if sheet is None:
        found.notes.append(in_file(grid.name, "sheet_skipped", sheet=grid.name))
        return bool(meaning("sheets", grid.name) == "examples" and headed(grid))
    found.notes += [in_file(grid.name, "column_unknown", column=one) for one in sheet.unknown]
    if sheet.twice:
        found.errors += [in_file(grid.name, "column_twice", column=one) for one in sheet.twice]
        return True
    _rows(sheet, found)
    return True


def _rows(sheet: Headed, found: _Found) -> None:
    in_five, width = _in_five(sheet), len(sheet.names)
    for index in range(sheet.start, len(sheet.grid.rows)):
        row = sheet.grid.rows[index]
        if not any(row):
            continue
        texts = row if len(row) >= width else row + [""] * (width - len(row))
        cells = Cells(sheet, texts, sheet.grid.first + index, in_five)
        try:
            found.questions.append(question_of(cells))
        except BadQuestion as problem:
            found.errors.append(cells.error(problem))


def _in_five(sheet: Headed) -> bool:
    """Whether difficulty goes from 1 to 5 in this sheet: some number in its column is above 1."""
    column = sheet.columns.get("difficulty")
    if column is None:
        return False
    values = (number(row[column]) for row in sheet.grid.rows[sheet.start :] if column < len(row))
    return any(value is not None and value > 1 for value in values)
