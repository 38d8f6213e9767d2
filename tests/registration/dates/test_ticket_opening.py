"""A ticket opens seven days before the exam, at midnight in Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest

from examserver.registration.dates.ticket_opening import is_open, opens_at, opens_on

DAYS = 7
EXAM = date(2026, 3, 28)


@pytest.mark.requirement("REQ-60", "REQ-62", "S14", partly=True)
@pytest.mark.parametrize(
    ("exam_day", "opening"),  # vectors.json, ticket_open
    [(date(2026, 3, 28), date(2026, 3, 21)), (date(2026, 10, 10), date(2026, 10, 3))],
)
def test_a_ticket_opens_a_week_before(exam_day: date, opening: date) -> None:
    assert opens_on(exam_day, DAYS) == opening


@pytest.mark.requirement("REQ-60", "REQ-62", "S14", partly=True)
def test_a_ticket_is_closed_a_second_before_midnight_in_shanghai_and_open_at_midnight() -> None:
    midnight = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)
    assert opens_at(EXAM, DAYS) == midnight
    assert not is_open(EXAM, DAYS, midnight - timedelta(seconds=1))
    assert is_open(EXAM, DAYS, midnight)


@pytest.mark.parametrize(
    ("exam_day", "opening"),
    [
        (date(2027, 1, 3), date(2026, 12, 27)),
        (date(2028, 3, 4), date(2028, 2, 26)),
        (date(2028, 3, 7), date(2028, 2, 29)),
        (date(2027, 3, 7), date(2027, 2, 28)),
    ],
)
def test_a_week_crosses_the_year_and_the_leap_day(exam_day: date, opening: date) -> None:
    assert opens_on(exam_day, DAYS) == opening
