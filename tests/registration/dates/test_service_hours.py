"""A desk is staffed in its hours from Monday to Friday, not on days off and not on make-up weekends."""

from datetime import UTC, date, datetime, time

import pytest

from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.dates.service_hours import Opening, Period, ServiceHours, opening
from examserver.registration.dates.workdays import NO_OVERRIDES, Overrides

BODY = ServiceHours((Period(time(9, 30), time(11, 30)), Period(time(13, 30), time(17, 30))))
CENTRE = ServiceHours((Period(time(9, 30), time(11, 0)), Period(time(13, 30), time(16, 30))))
MONDAY, MAKE_UP_SATURDAY = date(2026, 3, 2), date(2026, 2, 28)


def staffed(hours: ServiceHours, day: date, hour: int, minute: int) -> bool:
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=VENUE_ZONE)
    return opening(hours, moment, NO_OVERRIDES).open


@pytest.mark.requirement("REQ-76")
@pytest.mark.parametrize(
    ("hour", "minute", "there"),
    [
        (9, 29, False),
        (9, 30, True),
        (11, 29, True),
        (11, 30, False),
        (13, 29, False),
        (13, 30, True),
        (17, 29, True),
        (17, 30, False),
    ],
)
def test_the_body_is_there_from_half_past_nine_with_a_break(hour: int, minute: int, there: bool) -> None:
    assert staffed(BODY, MONDAY, hour, minute) is there


@pytest.mark.requirement("REQ-80")
@pytest.mark.parametrize(
    ("hour", "minute", "there"), [(10, 59, True), (11, 0, False), (16, 29, True), (16, 30, False)]
)
def test_the_supervising_centre_leaves_earlier(hour: int, minute: int, there: bool) -> None:
    assert staffed(CENTRE, MONDAY, hour, minute) is there


@pytest.mark.requirement("REQ-76")
@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2026, 2, 27), True),
        (MAKE_UP_SATURDAY, False),
        (date(2026, 3, 1), False),
        (date(2026, 2, 23), False),  # Monday of the Spring Festival
        (date(2026, 2, 24), True),
    ],
)
def test_nobody_is_there_on_days_off_and_make_up_weekends(day: date, there: bool) -> None:
    assert staffed(BODY, day, 10, 0) is there


@pytest.mark.requirement("REQ-76")
def test_make_up_weekends_are_staffed_where_the_hours_say_so() -> None:
    eager = ServiceHours(BODY.periods, make_up_days=True)
    assert staffed(eager, MAKE_UP_SATURDAY, 10, 0)
    assert not staffed(eager, date(2026, 3, 7), 10, 0)


def test_the_hours_are_those_of_the_venue() -> None:
    assert opening(BODY, datetime(2026, 3, 2, 1, 30, tzinfo=UTC), NO_OVERRIDES).open
    assert not opening(BODY, datetime(2026, 3, 2, 9, 30, tzinfo=UTC), NO_OVERRIDES).open


def test_in_an_unknown_year_it_is_a_guess() -> None:
    monday = datetime(2027, 1, 4, 10, 0, tzinfo=VENUE_ZONE)
    assert opening(BODY, monday, NO_OVERRIDES) == Opening(open=True, provisional=True)
    entered = Overrides({date(2027, 1, 4): False})
    assert opening(BODY, monday, entered) == Opening(open=False, provisional=False)
