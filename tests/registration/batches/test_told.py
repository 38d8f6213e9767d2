"""What becomes of a month is told: to each candidate, and to an institution once of all its people."""

import pytest

from examserver.notifications.models import Notification
from examserver.notifications.selectors import inbox
from examserver.notifications.words import body
from examserver.registration.dates.windows import DecemberChoice
from examserver.registration.models import Application, Institution
from examserver.registration.services import applications
from examserver.registration.services.batches import (
    December,
    confirm_batch,
    decide_december_batch,
)
from tests.registration.applications.people import Office, institution, seen
from tests.registration.batches.test_batches import (
    APRIL,
    MARCH,
    NEW_YEAR,
    close,
    date,
    looked,
    office,
    paid,
)

__all__ = ["office"]


def of(event: str) -> list[Notification]:
    return list(Notification.objects.filter(event=event).exclude(candidate=None).order_by("pk"))


def join(rows: list[Application], school: Institution) -> None:
    keys = [one.pk for one in rows]
    Application.objects.filter(pk__in=keys).update(channel="GROUP", institution=school)


@pytest.mark.requirement("REQ-45", "S9")
def test_each_roll_over_is_told_to_everybody_from_which_month_to_which(office: Office) -> None:
    paid(12, date(2026, 2, 27))
    close(2, office, MARCH)
    paid(3, date(2026, 3, 10), first=40)
    close(3, office, APRIL)
    told = [(one.facts["source"], one.facts["target"]) for one in of("batch.rolled_over")]
    assert told == [("2026-02", "2026-03")] * 12 + [("2026-03", "2026-04")] * 15
    assert not of("batch.requeued")


@pytest.mark.requirement("REQ-45", partly=True)
def test_an_institution_is_told_once_of_all_its_people_and_mixed_with_nobody_elses(office: Office) -> None:
    rows, (school, member) = paid(12, date(2026, 2, 27)), institution("S9")
    join(rows[:7], school)
    close(2, office, MARCH)
    [row] = inbox(member)
    assert (row.event, row.people) == ("batch.rolled_over", 7)
    assert "涉及本机构 7 名考生" in body(row)


def test_a_confirmed_month_is_told_with_its_last_day_and_again_when_it_is_undone(office: Office) -> None:
    rows = paid(30, date(2026, 2, 27))
    confirm_batch(seen=looked(close(2, office, MARCH)), actor=office.clerk, now=MARCH)
    assert {one.facts["evaluate_by"] for one in of("batch.confirmed")} == {"2026-03-31"}
    assert len(of("batch.confirmed")) == 30
    applications.withdraw(seen=seen(rows[0]), reason="", actor=office.clerk, now=MARCH)
    assert len(of("batch.reopened")) == 29
    assert [one.candidate_id for one in of("application.withdrawn")] == [rows[0].candidate_id]


@pytest.mark.requirement("REQ-42", partly=True)
def test_december_that_waits_for_next_year_is_told_without_any_date(office: Office) -> None:
    paid(5, date(2026, 12, 3))
    closed = close(12, office, NEW_YEAR.replace(year=2027, month=1))
    december = December(DecemberChoice.NEXT_YEAR)
    decide_december_batch(seen=looked(closed), december=december, actor=office.clerk, now=NEW_YEAR)
    told = of("batch.next_year")
    assert len(told) == 5
    assert set(told[0].facts) == {"offering"}
