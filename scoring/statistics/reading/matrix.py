"""Candidates by items: the first column says who, every other one is an item; a row `max` may give full marks."""

import numpy as np

from scoring.statistics.reading.table import Row, Table
from scoring.statistics.sheet import BadSheet, Floats, Sheet, highest, sheet_of

FULL = frozenset({"max", "maximum", "full", "满分"})


def read_matrix(table: Table) -> Sheet:
    """Marks as they stand; a blank cell is a candidate who did not have the item.

    Without a row of full marks an item's is the highest mark that anybody has, at least 1.
    """
    items = table.columns[1:]
    head = [row for row in table.rows if _who(table, row).lower() in FULL]
    people = [row for row in table.rows if _who(table, row).lower() not in FULL]
    if len(head) > 1:
        raise BadSheet("full_marks_twice", head[1].where)
    _check_people(table, people)
    marks = _numbers(people, items)
    full = _numbers(head, items)[0] if head else np.maximum(highest(marks), 1.0)
    if np.isnan(full).any():
        raise BadSheet("full_mark_missing", head[0].where)
    return sheet_of(items, marks, full)


def _who(table: Table, row: Row) -> str:
    return row.cells[table.columns[0]].strip()


def _check_people(table: Table, people: list[Row]) -> None:
    seen: set[str] = set()
    for row in people:
        who = _who(table, row)
        if not who or who in seen:
            raise BadSheet("candidate_twice" if who else "candidate_missing", row.where, who)
        seen.add(who)


def _numbers(rows: list[Row], items: tuple[str, ...]) -> Floats:
    cells = [[row.number(item, float("nan")) for item in items] for row in rows]
    return np.array(cells, dtype=np.float64).reshape(len(rows), len(items))
