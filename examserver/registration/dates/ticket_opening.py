"""From when an admission ticket may be downloaded: midnight in Shanghai, some days before the exam (REQ-60). Pure."""

from datetime import date, datetime, time, timedelta

from examserver.kernel.clock import VENUE_ZONE


def opens_on(exam_day: date, days_before: int) -> date:
    """The day on which the ticket opens."""
    return exam_day - timedelta(days=days_before)


def opens_at(exam_day: date, days_before: int) -> datetime:
    """The moment at which the ticket opens, aware, 00:00 at the venue."""
    return datetime.combine(opens_on(exam_day, days_before), time.min, VENUE_ZONE)


def is_open(exam_day: date, days_before: int, now: datetime) -> bool:
    """Whether the ticket may be downloaded at `now`, which is aware."""
    return now >= opens_at(exam_day, days_before)
