"""How long a passed subject is kept for a resit of the other one: years by level, the last day included. Pure."""

from datetime import date

from examserver.registration.dates.years import LeapDay, years_later


def kept_until(exam_day: date, years: int) -> date:
    """The last day on which a resit may be sat with the subject that was passed on `exam_day`."""
    return years_later(exam_day, years, LeapDay.FEBRUARY_28)


def is_kept(passed_on: date, years: int, resit_day: date) -> bool:
    """Whether the subject passed on `passed_on` still counts on the day of the resit (REQ-70)."""
    return passed_on <= resit_day <= kept_until(passed_on, years)
