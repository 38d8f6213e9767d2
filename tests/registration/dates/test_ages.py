"""A person is a year older on the birthday itself."""

from datetime import date

import pytest

from examserver.registration.dates.ages import age_on, birthday
from examserver.registration.dates.years import LeapDay

LEAPLING = date(2008, 2, 29)


@pytest.mark.requirement("REQ-11", partly=True)
@pytest.mark.parametrize(
    ("born", "age"), [(date(2010, 2, 9), 16), (date(2010, 2, 10), 16), (date(2010, 2, 11), 15)]
)
def test_sixteen_begins_on_the_birthday(born: date, age: int) -> None:
    assert age_on(born, date(2026, 2, 10)) == age


@pytest.mark.requirement("REQ-11", "S1", partly=True)
@pytest.mark.parametrize(("day", "age"), [(date(2026, 3, 1), 15), (date(2026, 3, 2), 16)])
def test_the_day_before_the_birthday_is_too_early(day: date, age: int) -> None:
    assert age_on(date(2010, 3, 2), day) == age


@pytest.mark.requirement("REQ-11", partly=True)
@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2025, 2, 28), 16),
        (date(2025, 3, 1), 17),
        (date(2028, 2, 28), 19),
        (date(2028, 2, 29), 20),
    ],
)
def test_born_on_a_leap_day_is_older_on_the_first_of_march(day: date, age: int) -> None:
    assert age_on(LEAPLING, day) == age


def test_born_on_a_leap_day_may_be_older_on_the_28th_instead() -> None:
    assert birthday(LEAPLING, 16, LeapDay.FEBRUARY_28) == date(2024, 2, 29)
    assert age_on(LEAPLING, date(2025, 2, 27), LeapDay.FEBRUARY_28) == 16
    assert age_on(LEAPLING, date(2025, 2, 28), LeapDay.FEBRUARY_28) == 17


@pytest.mark.parametrize(("day", "age"), [(date(2025, 12, 31), 15), (date(2026, 1, 1), 16)])
def test_the_year_end_is_crossed(day: date, age: int) -> None:
    assert age_on(date(2010, 1, 1), day) == age


def test_nobody_has_an_age_before_the_birth() -> None:
    assert age_on(LEAPLING, LEAPLING) == 0
    with pytest.raises(ValueError, match="before the birth"):
        age_on(LEAPLING, date(2008, 2, 28))
