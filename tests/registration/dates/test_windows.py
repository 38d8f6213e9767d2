"""Who applies in a month is evaluated by the end of the next one, and December waits for a person."""

from datetime import date

import pytest

from examserver.registration.applications.faults import Refused
from examserver.registration.dates.windows import (
    DecemberChoice,
    Window,
    decide_december,
    last_of_month,
    next_window,
    usual_windows,
    window_on,
)

OPENS = date(2026, 1, 15)
WINDOWS = tuple(usual_windows(OPENS))
NOVEMBER, DECEMBER = WINDOWS[-2:]
# vectors.json, windows
VECTORS = [
    (date(2026, 1, 15), date(2026, 2, 28)),
    (date(2026, 1, 31), date(2026, 2, 28)),
    (date(2026, 2, 1), date(2026, 3, 31)),
    (date(2026, 2, 28), date(2026, 3, 31)),
    (date(2026, 3, 31), date(2026, 4, 30)),
    (date(2026, 6, 30), date(2026, 7, 31)),
]


@pytest.mark.requirement("REQ-40", "REQ-41")
@pytest.mark.parametrize(("applied", "evaluate_by"), VECTORS)
def test_an_application_is_evaluated_by_the_end_of_the_next_month(applied: date, evaluate_by: date) -> None:
    window = window_on(WINDOWS, applied)
    assert window is not None
    assert window.evaluate_by == evaluate_by


@pytest.mark.requirement("REQ-41")
@pytest.mark.parametrize("month", range(1, 12))
def test_each_of_the_eleven_rows_holds_on_its_first_and_last_day(month: int) -> None:
    first = max(OPENS, date(2026, month, 1))
    for day in (first, last_of_month(2026, month)):
        window = window_on(WINDOWS, day)
        assert window is not None
        assert window.evaluate_by == last_of_month(2026, month + 1)


@pytest.mark.requirement("REQ-40")
def test_january_opens_with_the_notice_and_not_a_day_before() -> None:
    assert window_on(WINDOWS, date(2026, 1, 14)) is None
    assert window_on(WINDOWS, OPENS) == Window(OPENS, date(2026, 1, 31), date(2026, 2, 28))


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29), (2100, 28), (2000, 29)])
def test_january_is_evaluated_by_the_last_of_february_in_leap_years_too(year: int, last: int) -> None:
    january = next(usual_windows(date(year, 1, 1)))
    assert january.evaluate_by == date(year, 2, last)


@pytest.mark.requirement("REQ-42", "S11", partly=True)
@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 31)])
def test_december_has_no_date_of_its_own(day: date) -> None:
    window = window_on(WINDOWS, day)
    assert window is not None
    assert window.decided_by_person
    assert window.evaluate_by is None


@pytest.mark.requirement("REQ-42", partly=True)
def test_the_last_of_november_has_a_date_and_next_year_no_window() -> None:
    assert window_on(WINDOWS, date(2026, 11, 30)) == NOVEMBER
    assert NOVEMBER.evaluate_by == date(2026, 12, 31)
    assert window_on(WINDOWS, date(2027, 1, 1)) is None


@pytest.mark.requirement("REQ-42", "S11", partly=True)
@pytest.mark.parametrize("chosen", [date(2026, 12, 1), date(2026, 12, 31)])
def test_this_year_takes_a_date_until_the_last_of_december(chosen: date) -> None:
    assert decide_december(DECEMBER, DecemberChoice.THIS_YEAR, chosen) == chosen


@pytest.mark.requirement("REQ-42", "S11", partly=True)
@pytest.mark.parametrize(
    ("chosen", "key"),
    [
        (None, "december_date_missing"),
        (date(2027, 1, 1), "december_date_late"),
        (date(2026, 11, 30), "december_date_early"),
    ],
)
def test_this_year_takes_no_other_date(chosen: date | None, key: str) -> None:
    with pytest.raises(Refused) as refused:
        decide_december(DECEMBER, DecemberChoice.THIS_YEAR, chosen)
    assert refused.value.keys == (key,)
    assert refused.value.faults[0].where == "evaluate_by"


@pytest.mark.requirement("REQ-42", "S11", partly=True)
def test_next_year_shows_no_date_and_takes_none() -> None:
    assert decide_december(DECEMBER, DecemberChoice.NEXT_YEAR, None) is None
    with pytest.raises(Refused, match="december_date_given"):
        decide_december(DECEMBER, DecemberChoice.NEXT_YEAR, date(2026, 12, 20))


def test_a_month_with_a_date_is_not_decided() -> None:
    with pytest.raises(Refused, match="window_has_date"):
        decide_december(NOVEMBER, DecemberChoice.NEXT_YEAR, None)


@pytest.mark.requirement("REQ-45", partly=True)
def test_too_few_go_to_the_next_month() -> None:
    february, march = WINDOWS[1:3]
    assert next_window(WINDOWS, february) == march
    assert march.evaluate_by == date(2026, 4, 30)


@pytest.mark.requirement("S12", partly=True)
def test_too_few_of_november_go_to_the_decision_of_december_and_not_to_january() -> None:
    target = next_window(WINDOWS, NOVEMBER)
    assert target == DECEMBER
    assert target is not None
    assert target.decided_by_person


@pytest.mark.requirement("REQ-42", partly=True)
def test_after_december_there_is_only_the_next_notice() -> None:
    assert next_window(WINDOWS, DECEMBER) is None
