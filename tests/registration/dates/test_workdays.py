"""Working days in China: make-up weekends count, days off do not, and an unknown year is a guess that says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.registration.dates.workdays import (
    NO_OVERRIDES,
    DueDay,
    Overrides,
    is_known,
    is_working_day,
    working_days_after,
)

DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@pytest.mark.requirement("REQ-63")
@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 2, 13), True),  # Friday before the Spring Festival
        (date(2026, 2, 14), True),  # a Saturday that is worked
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # a Saturday that is worked
        (date(2026, 3, 1), False),
        (date(2026, 9, 20), True),  # a Sunday that is worked
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday that is worked
    ],
)
def test_make_up_weekends_are_worked_and_days_off_are_not(day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.requirement("REQ-63")
def test_the_day_after_is_the_first_and_a_make_up_saturday_counts() -> None:
    assert working_days_after(date(2026, 2, 12), 1) == DueDay(date(2026, 2, 13))
    assert working_days_after(date(2026, 2, 13), 1) == DueDay(date(2026, 2, 14))
    assert working_days_after(date(2026, 2, 14), 1) == DueDay(date(2026, 2, 24))


def test_no_working_day_is_no_count() -> None:
    with pytest.raises(ValueError, match="0 working days"):
        working_days_after(date(2026, 2, 12), 0)


@pytest.mark.requirement("S48", partly=True)
def test_the_last_day_of_a_known_year_is_sure_and_the_first_of_the_next_is_not() -> None:
    assert working_days_after(date(2026, 12, 30), 1) == DueDay(date(2026, 12, 31))
    assert working_days_after(date(2026, 12, 31), 1) == DueDay(date(2027, 1, 1), (2027,))


@pytest.mark.requirement("S48", partly=True)
def test_a_year_that_was_entered_is_sure() -> None:
    new_year = Overrides({date(2027, 1, 1): False}, frozenset({2027}))
    assert working_days_after(date(2026, 12, 31), 1, new_year) == DueDay(date(2027, 1, 4))


def test_single_days_do_not_make_a_year_known() -> None:
    new_year = Overrides({date(2027, 1, 1): False})
    assert not is_known(2027, new_year)
    assert working_days_after(date(2026, 12, 31), 1, new_year) == DueDay(date(2027, 1, 4), (2027,))


def test_a_day_that_was_entered_goes_before_the_library() -> None:
    typhoon = Overrides({date(2026, 7, 24): False, date(2026, 7, 25): True})
    assert working_days_after(date(2026, 7, 23), 1) == DueDay(date(2026, 7, 24))
    assert working_days_after(date(2026, 7, 23), 1, typhoon) == DueDay(date(2026, 7, 25))


def test_years_before_the_library_are_a_guess_too() -> None:
    assert working_days_after(date(2003, 1, 3), 1) == DueDay(date(2003, 1, 6), (2003,))


@given(DAYS, st.integers(1, 60))
def test_one_more_working_day_is_later_and_is_one(start: date, count: int) -> None:
    one, more = (working_days_after(start, n).day for n in (count, count + 1))
    assert is_working_day(more)
    between = (one + timedelta(days=n) for n in range(1, (more - one).days))
    assert one < more
    assert not any(is_working_day(day) for day in between)


@given(DAYS, st.integers(1, 60))
def test_a_day_is_provisional_when_and_only_when_an_unknown_year_was_counted(start: date, count: int) -> None:
    due = working_days_after(start, count, NO_OVERRIDES)
    last = due.day.year
    counted = range((start + timedelta(days=1)).year, last + 1)
    assert due.guessed_years == tuple(year for year in counted if not is_known(year))
