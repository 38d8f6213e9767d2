"""Bars: first and last day are barred, the days around them are not."""

from datetime import UTC, date, datetime

import pytest

from examserver.people.services import add_candidate
from examserver.registration.models import Bar, Offering
from examserver.registration.services import Barred, BarTerm, add_offering, issue_ticket, set_bar

ACT, YEAR_END = date(2026, 3, 28), date(2026, 12, 31)
NOW = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)


@pytest.fixture
def offering(db: None) -> Offering:
    return add_offering(code="O5", name="直播运营", name_en="Live", level=3)


@pytest.fixture
def candidate_id(db: None) -> int:
    return add_candidate(name="张三", id_number="11010519491231002X").pk


def bar(candidate_id: int, case: int = 1) -> Bar:
    return set_bar(
        candidate_id=candidate_id, term=BarTerm(ACT, YEAR_END, "三.1", case), actor="staff:1", now=NOW
    )


@pytest.mark.parametrize("day", [ACT, YEAR_END])
def test_the_first_and_the_last_day_are_barred(offering: Offering, candidate_id: int, day: date) -> None:
    bar(candidate_id)
    with pytest.raises(Barred) as barred:
        issue_ticket(candidate_id=candidate_id, offering=offering, exam_date=day, number="1")
    assert barred.value.last_day == YEAR_END


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2027, 1, 1)])
def test_the_day_before_and_the_day_after_are_free(offering: Offering, candidate_id: int, day: date) -> None:
    bar(candidate_id)
    assert issue_ticket(candidate_id=candidate_id, offering=offering, exam_date=day, number="1")


def test_a_case_bars_once(candidate_id: int) -> None:
    assert bar(candidate_id) == bar(candidate_id)
    assert Bar.objects.count() == 1
