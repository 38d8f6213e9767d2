"""Question sheets as venues keep them: one row a question, headings 题型, 题干, 选项A…, 答案, 分值, 难度, 知识点, 解析.

How cells are read (words.toml lists every word that is known):
- A type that is missing is the sheet's name, where that is one ("单选题").
- Keys: letters in any width and with any separator ("AB", "A,B", "A、B"), or the text of the one right choice.
- The choices of a multiple question share the points evenly.
- 填空: `|` between answers that are equally right; a prompt with several blanks (____ or （ ）) takes as many answers,
  with ； between them, and becomes a cloze question.
- Numbers: "3.14", "3.14±0.05", "3~5", or the margin in a column of its own.
- 匹配: each choice is "left→right"; 排序: choices and the key as their right order ("CAB"), or in the right order.
- 难度: 0 (easy) to 1, or 1 to 5, or a word. 难度系数 is the share of right answers, so that 1 minus it is kept.
"""

from itembank.formats.format import LIKELY, MAYBE, NO, SURE, Format, named
from itembank.formats.known.sheets.reading import read
from itembank.formats.known.sheets.writing import write

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognises(data: bytes, name: str) -> int:
    """By its name and the first bytes that such a file has."""
    if named(name, ".xlsx", ".xlsm"):
        return SURE
    if data[:4] == b"PK\x03\x04" and b"xl/" in data[:65536] + data[-65536:]:
        return SURE
    if data.startswith(_OLD):
        return SURE if named(name, ".xls") else LIKELY
    return LIKELY if named(name, ".csv", ".tsv") else MAYBE if named(name, ".xls") else NO


FORMAT = Format(
    "sheet",
    (".xlsx", ".xls", ".csv", ".tsv"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    recognises,
    read,
    write,
)
