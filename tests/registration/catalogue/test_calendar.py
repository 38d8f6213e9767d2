"""A person may enter a year that the library does not know, and single days over it."""

from datetime import date
from typing import Final

import pytest

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.models import LogEntry
from examserver.registration.applications.faults import Refused
from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.dates.results_due import results_due
from examserver.registration.dates.workdays import DueDay
from examserver.registration.models import CalendarDay, CalendarYear
from examserver.registration.selectors.catalogue import unknown_years, work_calendar
from examserver.registration.services.calendar import (
    DayEntry,
    clear_calendar_day,
    enter_calendar_year,
    set_calendar_day,
)
from tests.registration.catalogue.notices import ADMIN, MAY

pytestmark = pytest.mark.django_db
NEW_YEAR: Final = DayEntry(date(2027, 1, 1), False, "元旦")
SUNDAY: Final = DayEntry(date(2027, 1, 3), True, "调休")
NOVEMBER = date(2026, 11, 28)
RULE = read_catalogue(shipped(2026)).rules.results


def enter(*entries: DayEntry, year: int = 2027, source: str = "国务院办公厅通知") -> CalendarYear:
    return enter_calendar_year(year=year, source=source, entries=entries, actor=ADMIN, now=MAY)


@pytest.mark.requirement("S48", partly=True)
def test_a_due_day_is_provisional_until_the_year_is_entered() -> None:
    assert results_due(NOVEMBER, True, RULE, work_calendar()) == DueDay(date(2027, 1, 8), (2027,))
    assert unknown_years([2026, 2027]) == (2027,)
    enter(NEW_YEAR, SUNDAY)
    assert results_due(NOVEMBER, True, RULE, work_calendar()) == DueDay(date(2027, 1, 8))
    assert unknown_years([2026, 2027]) == ()


def test_what_was_entered_is_in_the_audit() -> None:
    enter(NEW_YEAR, SUNDAY)
    entry = LogEntry.objects.get(action="calendar.year_entered")
    assert (entry.actor, entry.subject) == ("staff:7", "year:2027")
    assert entry.data == {"source": "国务院办公厅通知", "days": {"2027-01-01": False, "2027-01-03": True}}


@pytest.mark.parametrize(
    ("entries", "year", "source", "key"),
    [
        ([NEW_YEAR], 2026, "通知", "year_known"),
        ([NEW_YEAR], 2027, " ", "source_missing"),
        ([NEW_YEAR], 2027, "x" * 201, "source_long"),
        ([], 2027, "通知", "year_empty"),
        ([SUNDAY], 2027, "通知", "year_empty"),
        ([NEW_YEAR, DayEntry(date(2028, 1, 3), False)], 2027, "通知", "day_of_other_year"),
        ([NEW_YEAR, NEW_YEAR], 2027, "通知", "day_twice"),
        ([DayEntry(date(2027, 1, 1), False, "x" * 81)], 2027, "通知", "note_long"),
    ],
)
def test_a_year_that_cannot_be_is_refused(entries: list[DayEntry], year: int, source: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        enter(*entries, year=year, source=source)
    assert key in refused.value.keys
    assert not CalendarDay.objects.exists()


def test_of_two_who_enter_a_year_the_second_is_refused() -> None:
    enter(NEW_YEAR)
    with pytest.raises(Refused, match="year_known"):
        enter(NEW_YEAR, SUNDAY)
    assert CalendarDay.objects.count() == 1


def test_a_single_day_is_set_and_cleared_again() -> None:
    typhoon = DayEntry(date(2026, 7, 24), False, "台风")
    set_calendar_day(entry=typhoon, actor=ADMIN, now=MAY)
    assert work_calendar().days == {typhoon.day: False}
    clear_calendar_day(day=typhoon.day, actor=ADMIN, now=MAY)
    assert work_calendar().days == {}
    assert list(LogEntry.objects.values_list("action", flat=True)) == [
        "calendar.day_set",
        "calendar.day_cleared",
    ]


def test_nothing_is_cleared_where_nothing_is_or_the_whole_year_was_entered() -> None:
    enter(NEW_YEAR)
    for day, key in ((date(2026, 7, 24), "day_not_entered"), (NEW_YEAR.day, "year_by_hand")):
        with pytest.raises(Refused, match=key):
            clear_calendar_day(day=day, actor=ADMIN, now=MAY)
    assert CalendarDay.objects.count() == 1


def test_only_an_administrator_touches_the_calendar() -> None:
    officer = Actor("staff", 8, frozenset({Role.OFFICER}))
    with pytest.raises(NotAllowed, match="admin_only"):
        set_calendar_day(entry=NEW_YEAR, actor=officer, now=MAY)
    with pytest.raises(NotAllowed, match="admin_only"):
        clear_calendar_day(day=NEW_YEAR.day, actor=officer, now=MAY)
    with pytest.raises(NotAllowed, match="admin_only"):
        enter_calendar_year(year=2027, source="x", entries=[NEW_YEAR], actor=officer, now=MAY)
