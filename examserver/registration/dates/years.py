"""A day some years later, and the two ways to treat 29 February where there is none. Pure."""

from datetime import date
from enum import StrEnum


class LeapDay(StrEnum):
    """What 29 February becomes in a year without one."""

    FEBRUARY_28 = "february_28"
    MARCH_1 = "march_1"


def years_later(day: date, years: int, leap: LeapDay) -> date:
    """The same day `years` later; ValueError beyond the year 9999."""
    if (day.month, day.day) != (2, 29):
        return day.replace(year=day.year + years)
    first_of_march = date(day.year + years, 3, 1)
    there = date.fromordinal(first_of_march.toordinal() - 1)
    return there if there.day == day.day or leap is LeapDay.FEBRUARY_28 else first_of_march
