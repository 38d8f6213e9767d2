"""Writes question sheets as .xlsx."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import get_args

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from itembank.formats.known.sheets.words import heading, word
from itembank.formats.losses import losses, lost, not_written
from itembank.formats.numbers import is_whole, written
from itembank.formats.question import Answer, Error, Question, QuestionType, Written
from itembank.formats.texts import as_plain

# After these come the choices, then the rest.
FIRST = ("code", "type", "prompt")
LAST = ("answer", "points", "difficulty", "knowledge_point", "explanation")
MORE = ("title", "category", "direction", "level", "tags", "tolerance", "unit")
LEAST_CHOICES = 4
_MOST_CHOICES = 26
_TYPES = frozenset(get_args(QuestionType)) - {"other"}
_CARRIED = frozenset(("type", "prompt", "choices", "answers", "pairs", "points", "difficulty", "explanation"))
_ALSO = frozenset(
    ("code", "title", "category", "direction", "level", "tags", "knowledge_point", "parts", "units", "essay")
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_CELL = 32_767
_NUMBERS = ("points", "difficulty", "level")


def write(questions: Sequence[Question]) -> Written:
    """A workbook with one row a question; types that rows have no form for are left out and listed."""
    left: list[Error] = []
    rows: list[dict[str, str]] = []
    for number, question in enumerate(questions, 1):
        if not _is_writable(question):
            left.append(not_written(question, number))
            continue
        rows.append(_row(question))
        left += _losses(question, number)
    return Written(data=_workbook(rows), losses=tuple(left))


def _is_writable(question: Question) -> bool:
    if question.type == "cloze":
        return len(question.parts) > 1 and all(part.question.type == "short" for part in question.parts)
    return (
        question.type in _TYPES and len(question.choices) <= _MOST_CHOICES and len(question.answers) < 2
    ) or (question.type == "short")


def _losses(question: Question, number: int) -> Iterator[Error]:
    carried = _CARRIED | _ALSO | ({"format"} if not _has_markup(question) else frozenset())
    yield from losses(question, number, carried)
    told = [one.feedback for one in question.choices] + [one.feedback for one in question.answers]
    if any(told):
        yield lost(question, number, "feedback")
    if not _has_even_shares(question):
        yield lost(question, number, "fraction")
    if question.essay is not None and (
        question.essay.template or question.essay.max_words or question.essay.min_words
    ):
        yield lost(question, number, "essay")
    if question.units is not None and len(question.units.units) > 1:
        yield lost(question, number, "units")


def _has_markup(question: Question) -> bool:
    texts = (question.prompt, question.explanation, *(one.text for one in question.choices))
    return any(as_plain(text, question.format) != text.strip() for text in texts)


def _has_even_shares(question: Question) -> bool:
    shares = {one.fraction for one in question.choices if one.fraction}
    right = [one.fraction for one in question.choices if one.fraction]
    even = question.type not in ("single", "multiple") or (len(shares) == 1 and is_whole(right))
    return even and all(one.fraction == 1 for one in question.answers)


def _row(question: Question) -> dict[str, str]:
    is_cloze = question.type == "cloze"
    fields = {
        "code": question.code,
        "type": word("types", "short" if is_cloze else question.type),
        "prompt": _prompt(question),
        "answer": _answer(question),
        "points": "" if question.points is None else written(question.points),
        "difficulty": "" if question.difficulty is None else written(question.difficulty),
        "knowledge_point": question.knowledge_point,
        "explanation": as_plain(question.explanation, question.explanation_format or question.format),
        "title": question.title,
        "category": question.category,
        "direction": question.direction,
        "level": "" if question.level is None else str(question.level),
        "tags": ",".join(question.tags),
    }
    return fields | _choices(question) | _number(question)


def _prompt(question: Question) -> str:
    prompt = as_plain(question.prompt, question.format)
    for part in question.parts:
        prompt = prompt.replace(f"{{#{part.name}}}", "____", 1)
    return prompt


def _choices(question: Question) -> dict[str, str]:
    if question.type == "true_false":
        return {}
    texts = [as_plain(one.text, one.format or question.format) for one in question.choices]
    texts += [f"{one.left}→{one.right}" for one in question.pairs]
    return {f"choice:{chr(65 + n)}": text for n, text in enumerate(texts)}


def _number(question: Question) -> dict[str, str]:
    units = question.units
    return {"unit": units.units[0].name} if units is not None and units.units else {}


def _answer(question: Question) -> str:
    if question.type == "true_false":
        return word("answers", "true" if question.choices[0].fraction > 0 else "false")
    if question.type == "order":
        return "".join(chr(65 + n) for n in range(len(question.choices)))
    if question.type == "cloze":
        return "；".join("|".join(one.text for one in part.question.answers) for part in question.parts)
    if question.essay is not None:
        return question.essay.for_markers
    right = [chr(65 + n) for n, one in enumerate(question.choices) if one.fraction > 0]
    if question.type == "single":
        best = max(range(len(question.choices)), key=lambda n: question.choices[n].fraction)
        right = [chr(65 + best)]
    return "".join(right) if question.choices else "|".join(_accepted(one) for one in question.answers)


def _accepted(answer: Answer) -> str:
    if answer.min is not None and answer.max is not None:
        return f"{written(answer.min)}~{written(answer.max)}"
    if answer.value is not None:
        margin = f"±{written(answer.tolerance)}" if answer.tolerance else ""
        return written(answer.value) + margin
    return answer.text


def columns(rows: Sequence[dict[str, str]]) -> list[str]:
    """The fields in the order of the columns: all usual ones, and the others that some row fills."""
    used = {field for row in rows for field, text in row.items() if text}
    most = max((ord(field[-1]) - 64 for field in used if field.startswith("choice:")), default=0)
    letters = [f"choice:{chr(65 + n)}" for n in range(max(most, LEAST_CHOICES))]
    return [*FIRST, *letters, *LAST, *(field for field in MORE if field in used)]


def heading_of(field: str) -> str:
    """How a field's column is headed."""
    return heading("choices") + field[-1] if field.startswith("choice:") else heading(field)


def _workbook(rows: Sequence[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = word("written", "sheet")
    fill(sheet, rows, columns(rows))
    return saved(book)


def fill(sheet: Worksheet, rows: Sequence[dict[str, str]], fields: Sequence[str]) -> None:
    """Headings and rows; every cell is a text or a number, never a formula."""
    for place, field in enumerate(fields, 1):
        put(sheet, 1, place, heading_of(field))
    for number, row in enumerate(rows, 2):
        for place, field in enumerate(fields, 1):
            if text := row.get(field, ""):
                put(sheet, number, place, text, is_number=field in _NUMBERS)
    sheet.freeze_panes = "A2"


def put(sheet: Worksheet, row: int, column: int, text: str, *, is_number: bool = False) -> None:
    """A text into a cell, whatever it begins with; or the number that it is."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        cell.value = float(text) if is_number else _FORBIDDEN.sub("", text)[:_MOST_CELL]
        cell.data_type = "n" if is_number else "s"


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
