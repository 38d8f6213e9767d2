"""Chinese working days: the library's calendar, what people entered over it, and guesses that say so. Pure.

chinesecalendar knows the days off and the make-up days that the State Council has announced. Of any other year nobody
knows: its Mondays to Fridays are taken for working days, and what is counted with them is provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar import is_workday  # type: ignore[import-untyped]
from chinese_calendar.constants import holidays  # type: ignore[import-untyped]

_ANNOUNCED = frozenset(day.year for day in holidays)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Overrides:
    """What people entered: single days (True: working day), and the years of which they entered every day off."""

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


NO_OVERRIDES = Overrides()


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that was counted to, and the years that had to be guessed on the way; none of them, and it is sure."""

    day: date
    guessed_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the day may still move when a year's calendar is known."""
        return bool(self.guessed_years)


def is_known(year: int, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the days off of `year` are known, by the library or by hand."""
    return year in _ANNOUNCED or year in overrides.years


def is_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether people work on `day`; a guess where `is_known` says no of its year."""
    if day in overrides.days:
        return overrides.days[day]
    if day.year in _ANNOUNCED:
        return bool(is_workday(day))
    return not is_weekend(day)


def is_weekend(day: date) -> bool:
    """Whether `day` is a Saturday or a Sunday, worked on or not."""
    return day.weekday() >= _SATURDAY


def working_days_after(start: date, count: int, overrides: Overrides = NO_OVERRIDES) -> DueDay:
    """The `count`th working day after `start`, of which the next day is the first; ValueError below 1.

    A year counts as guessed when a day of it was looked at that nobody has entered.
    """
    if count < 1:
        raise ValueError(f"{count} working days")
    day, left, guessed = start, count, set[int]()
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, overrides)
        if not is_known(day.year, overrides) and day not in overrides.days:
            guessed.add(day.year)
    return DueDay(day, tuple(sorted(guessed)))
