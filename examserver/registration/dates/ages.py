"""How old a person is on a day: a year older on the birthday itself (REQ-11). Pure."""

from datetime import date

from examserver.registration.dates.years import LeapDay, years_later


def birthday(born: date, age: int, leap: LeapDay = LeapDay.MARCH_1) -> date:
    """The day on which a person born on `born` becomes `age`."""
    return years_later(born, age, leap)


def age_on(born: date, day: date, leap: LeapDay = LeapDay.MARCH_1) -> int:
    """Full years on `day`; ValueError for a day before the birth."""
    if day < born:
        raise ValueError(f"{day} is before the birth on {born}")
    years = day.year - born.year
    return years if birthday(born, years, leap) <= day else years - 1
