"""One mark a row: `slot` and `mark`, and where there are any: attempt, question, variant, full mark, total.

A file that names no attempt starts a new one whenever its first slot comes again, as an export of question states does.
A row without a mark counts 0, as in Moodle: the candidate had the item.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from scoring.statistics.reading.table import Row, Table
from scoring.statistics.sheet import BadSheet, Floats, Sheet, highest

_Names = Mapping[int, Sequence[str]]
_Numbers = Mapping[int, Sequence[int]]
ATTEMPTS = ("questionusageid", "quizattempt", "attempt", "candidate")
TOTALS = ("sumgrades", "summarks", "total")
QUESTIONS = ("questionid", "question")
FULL = ("maxmark", "defaultmark")


def is_long(table: Table) -> bool:
    """Whether the file is of this form."""
    return {"slot", "mark"} <= set(table.columns)


def read_long(table: Table, questions: Table | None = None) -> Sheet:
    """The sheet; `questions` may give each slot's full mark (`slot`, `maxmark` or `mark`)."""
    if not table.rows:
        raise BadSheet("no_rows", table.name)
    attempts = _attempts(table)
    slots = _slots(table, questions)
    marks = np.full((len(attempts), len(slots)), np.nan)
    for line, rows in enumerate(attempts):
        for row in rows:
            marks[line, _place(row, slots, marks[line])] = row.number("mark", 0.0)
    full = _full(table, questions, slots, marks)
    totals = np.array([_total(rows) for rows in attempts], dtype=np.float64)
    drawn, variants = _inside(attempts, slots)
    return Sheet(slots, full, marks, totals, np.ones(len(attempts), dtype=np.bool_), drawn, variants)


def _attempts(table: Table) -> list[list[Row]]:
    by = _column(table, ATTEMPTS)
    if by is None:
        return list(_runs(table.rows))
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(row.cells[by].strip(), []).append(row)
    return list(groups.values())


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    first, run = rows[0].cells["slot"].strip(), list[Row]()
    for row in rows:
        if row.cells["slot"].strip() == first and run:
            yield run
            run = []
        run.append(row)
    yield run


def _slots(table: Table, questions: Table | None) -> tuple[str, ...]:
    sources = (questions, table) if questions is not None and "slot" in questions.columns else (table,)
    names = [row.cells["slot"].strip() for one in sources for row in one.rows]
    return tuple(dict.fromkeys(name for name in names if name and name != "0"))


def _place(row: Row, slots: tuple[str, ...], line: Floats) -> int:
    slot = row.cells["slot"].strip()
    if slot not in slots:
        raise BadSheet("slot_missing", row.where, slot)
    if not np.isnan(line[slots.index(slot)]):
        raise BadSheet("slot_twice", row.where, slot)
    return slots.index(slot)


def _total(rows: Sequence[Row]) -> float:
    """The attempt's own total where the file has one, else the sum of its marks."""
    for name in TOTALS:
        given = rows[0].number(name)
        if given is not None:
            return given
    return sum(row.number("mark", 0.0) or 0.0 for row in rows)


def _full(table: Table, questions: Table | None, slots: tuple[str, ...], marks: Floats) -> Floats:
    """Full marks: the questions file's, else the rows' own, else the highest mark there is, at least 1."""
    given = {**_given(table, FULL), **(_given(questions, (*FULL, "mark")) if questions else {})}
    seen = np.maximum(highest(marks), 1.0)
    return np.array([given.get(slot, seen[at]) for at, slot in enumerate(slots)], dtype=np.float64)


def _given(source: Table, names: Sequence[str]) -> dict[str, float]:
    column = _column(source, names)
    if column is None or "slot" not in source.columns:
        return {}
    found = ((row.cells["slot"].strip(), row.number(column)) for row in source.rows)
    return {slot: value for slot, value in found if value is not None}


def _inside(attempts: list[list[Row]], slots: tuple[str, ...]) -> tuple[_Names, _Numbers]:
    """Which question and which variant everybody had: only slots where they differ are broken down."""
    drawn: dict[int, list[str]] = {at: [""] * len(attempts) for at in range(len(slots))}
    variants: dict[int, list[int]] = {at: [1] * len(attempts) for at in range(len(slots))}
    for line, rows in enumerate(attempts):
        for row in rows:
            at = slots.index(row.cells["slot"].strip())
            drawn[at][line] = next((row.cells[name].strip() for name in QUESTIONS if name in row.cells), "")
            variants[at][line] = int(row.number("variant", 1.0) or 1)
    return {at: names for at, names in drawn.items() if len(set(names) - {""}) > 1}, variants


def _column(table: Table, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in table.columns), None)
