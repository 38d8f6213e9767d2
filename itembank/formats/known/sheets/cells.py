"""One row of a sheet, asked by the names of fields."""

import re
from dataclasses import dataclass

from itembank.formats.known.sheets.grid import Row
from itembank.formats.known.sheets.headings import Headed, letter
from itembank.formats.known.sheets.keys import Lettered
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Error

_MARKED = re.compile(r"\s*([A-Za-zＡ-Ｚ])\s*[.．、)）:：]\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(r"[|｜\n]+|[;；](?=\s*[A-Z]\s*[.．、)）])")


@dataclass(slots=True)
class Cells:
    """A row: its sheet, its texts (one for each column), its number (from 1), whether difficulty goes from 1 to 5.

    `field` is the one being read.
    """

    sheet: Headed
    row: Row
    number: int
    in_five: bool
    field: str = "prompt"

    def text(self, field: str) -> str:
        """The text of a field; empty where there is no such column."""
        column = self.sheet.columns.get(field)
        return self.row[column] if column is not None else ""

    def at(self, field: str) -> str:
        """The text of a field, to which belongs what goes wrong until the next one is looked at."""
        self.field = field
        return self.text(field)

    def where(self, field: str = "") -> str:
        """The place in the way spreadsheets name it: sheet, column, row."""
        column = self.sheet.columns.get(field, 0)
        return f"{self.sheet.grid.name}!{letter(column)}{self.number}"

    def error(self, problem: BadQuestion) -> Error:
        """What is wrong with the field being read."""
        column = self.sheet.columns.get(self.field)
        return Error(
            where=self.where(self.field),
            code=problem.code,
            params=problem.params,
            row=self.number,
            column=self.sheet.names[column] if column is not None else "",
        )

    def choices(self) -> list[Lettered]:
        """The choices that are filled in, of columns of their own or of one that has them all; none is left out."""
        in_one = self.text("choices")
        given = [(one, self.row[column]) for one, column in self.sheet.letters.items()]
        if in_one and not any(text for _, text in given):
            return _parted(in_one)
        while given and not given[-1][1]:
            given.pop()
        for one, text in given:
            if not text:
                self.field = f"choice:{one}"
                raise BadQuestion("choice_left_out", letter=one)
        return [Lettered(one, text) for one, text in given]


def _parted(text: str) -> list[Lettered]:
    texts = [one.strip() for one in _BETWEEN.split(text) if one.strip()]
    marked = [_MARKED.fullmatch(one) for one in texts]
    expected = [chr(65 + n) for n in range(len(texts))]
    if [found[1].upper() if found else "" for found in marked] == expected:
        texts = [found[2].strip() for found in marked if found]
    return [Lettered(letter, text) for letter, text in zip(expected, texts, strict=True)]
