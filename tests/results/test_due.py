"""The office sees by when results are due, that a day without a calendar is provisional, and what is overdue."""

from collections.abc import Callable
from datetime import date

import pytest

from examserver.delivery.models import ExamDay, Sitting
from examserver.kernel.access import Actor
from examserver.results.selectors.days import DayPage, day_page, release_plan
from examserver.results.selectors.due import Due, due_of
from examserver.results.services.releasing import release_results
from itembank.states import Subject
from tests.registration.catalogue.notices import load
from tests.results.conftest import Both
from tests.results.test_pages import office
from tests.scoring.venue import LATER, Venue

DUE = date(2026, 5, 13)
LAST, AFTER = DUE, date(2026, 5, 14)


def due(page: DayPage, today: date) -> Due:
    found = due_of(page, today)
    assert found is not None
    return found


@pytest.mark.requirement("REQ-64", "S47")
def test_s47_results_of_a_day_with_marking_are_due_on_13_may_and_overdue_on_the_14th(
    held: Venue, day: ExamDay
) -> None:
    load()
    page = day_page(day)
    assert (due(page, LAST).day, due(page, LAST).overdue, due(page, AFTER).overdue) == (DUE, False, True)


@pytest.mark.requirement("S47")
def test_what_is_released_is_not_overdue(
    held: Venue, day: ExamDay, officer: Actor, good: Both, grade: Callable[[Sitting, str], None]
) -> None:
    load()
    grade(good[Subject.PRACTICAL], "1")
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    left = [cell for row in day_page(day).rows for cell in row.cells if not cell.released]
    assert due(day_page(day), AFTER).overdue == bool(left)
    Sitting.objects.filter(pk__in=[cell.sitting for cell in left]).delete()
    assert not due(day_page(day), AFTER).overdue


@pytest.mark.requirement("S48", "REQ-63")
def test_s48_a_due_day_in_a_year_without_calendar_is_provisional_and_the_page_asks_for_it(
    held: Venue, day: ExamDay, officer: Actor
) -> None:
    load()
    ExamDay.objects.filter(pk=day.pk).update(date=date(2026, 11, 28))
    page = office(officer).get("/office/2026-11-28/").content.decode()
    assert "2027-01-08" in page
    assert "暂定" in page
    assert "/office/calendar/" in page


@pytest.mark.requirement("S47", partly=True)
def test_the_list_says_overdue(held: Venue, officer: Actor) -> None:
    load()
    assert "已逾期" in office(officer).get("/office/").content.decode()


def test_without_a_notice_the_office_is_told_that_no_day_is_known(held: Venue, officer: Actor) -> None:
    assert "无法计算应发布日期" in office(officer).get("/office/2026-03-28/").content.decode()
