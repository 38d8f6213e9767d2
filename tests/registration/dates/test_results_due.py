"""Results are due after 20 working days, or 30 where people mark."""

from datetime import date

import pytest

from examserver.registration.dates.results_due import ResultDays, is_overdue, results_due
from examserver.registration.dates.workdays import NO_OVERRIDES, DueDay, Overrides

RULE = ResultDays(plain=20, marked=30)
# vectors.json, result_due; the last four are of requirements.md, part F
VECTORS = [
    (date(2026, 2, 13), date(2026, 3, 19), date(2026, 4, 2)),
    (date(2026, 2, 28), date(2026, 3, 27), date(2026, 4, 13)),
    (date(2026, 3, 28), date(2026, 4, 27), date(2026, 5, 13)),
    (date(2026, 4, 25), date(2026, 5, 26), date(2026, 6, 9)),
    (date(2026, 5, 30), date(2026, 6, 29), date(2026, 7, 13)),
    (date(2026, 6, 27), date(2026, 7, 24), date(2026, 8, 7)),
    (date(2026, 9, 26), date(2026, 10, 29), date(2026, 11, 12)),
    (date(2026, 10, 31), date(2026, 11, 27), date(2026, 12, 11)),
]


@pytest.mark.requirement("REQ-63", "REQ-64")
@pytest.mark.parametrize(("exam_day", "plain", "marked"), VECTORS)
def test_results_are_due_after_20_and_30_working_days(exam_day: date, plain: date, marked: date) -> None:
    assert results_due(exam_day, False, RULE, NO_OVERRIDES) == DueDay(plain)
    assert results_due(exam_day, True, RULE, NO_OVERRIDES) == DueDay(marked)


@pytest.mark.requirement("S48", partly=True)
def test_november_with_marking_is_provisional_and_without_it_is_sure() -> None:
    november = date(2026, 11, 28)
    assert results_due(november, False, RULE, NO_OVERRIDES) == DueDay(date(2026, 12, 25))
    due = results_due(november, True, RULE, NO_OVERRIDES)
    assert due.guessed_years == (2027,)
    assert due.day == date(2027, 1, 8)


@pytest.mark.requirement("S48", partly=True)
@pytest.mark.parametrize("marked", [False, True])
def test_december_is_provisional_either_way(marked: bool) -> None:
    assert results_due(date(2026, 12, 19), marked, RULE, NO_OVERRIDES).provisional


@pytest.mark.requirement("S48", partly=True)
def test_the_day_is_sure_when_the_year_was_entered() -> None:
    entered = Overrides({date(2027, 1, 1): False}, frozenset({2027}))
    assert results_due(date(2026, 11, 28), True, RULE, entered) == DueDay(date(2027, 1, 11))


@pytest.mark.requirement("S47", partly=True)
def test_the_due_day_is_in_time_and_the_day_after_is_overdue() -> None:
    due = results_due(date(2026, 3, 28), True, RULE, NO_OVERRIDES)
    assert not is_overdue(due, date(2026, 5, 13))
    assert is_overdue(due, date(2026, 5, 14))
