"""Which two passes make a certificate."""

from datetime import date

import pytest

from examserver.results.certificates.completing import Pass, completed
from itembank.states import Subject

DAY, RESIT = date(2026, 3, 28), date(2026, 6, 20)
THEORY = Pass(1, Subject.THEORY, DAY, ticket=1, full=True)


def resit(day: date, *, full: bool = False) -> Pass:
    return Pass(2, Subject.PRACTICAL, day, ticket=2, full=full)


def test_two_passes_of_one_ticket_are_enough_whatever_the_years() -> None:
    found = completed([THEORY, Pass(2, Subject.PRACTICAL, DAY, 1, full=True)], [DAY], 0)
    assert found is not None
    assert (found.theory.result, found.practical.result, found.last_day) == (1, 2, DAY)


@pytest.mark.requirement("S49", partly=True)
def test_a_kept_pass_and_that_of_the_resit_are_one_certificate_with_both_days() -> None:
    found = completed([THEORY, resit(RESIT)], [DAY], 2)
    assert found is not None
    assert (found.theory.day, found.practical.day, found.last_day) == (DAY, RESIT, RESIT)


@pytest.mark.requirement("REQ-70")
def test_the_kept_pass_serves_to_its_last_day() -> None:
    assert completed([THEORY, resit(date(2028, 3, 28))], [DAY], 2)
    assert completed([THEORY, resit(date(2028, 3, 29))], [DAY], 2) is None


@pytest.mark.requirement("REQ-71", partly=True)
def test_passes_of_two_days_in_full_do_not_add_up() -> None:
    assert completed([THEORY, resit(RESIT, full=True)], [DAY, RESIT], 2) is None


@pytest.mark.requirement("REQ-71", partly=True)
def test_a_pass_from_before_a_new_day_in_full_serves_no_resit_after_it() -> None:
    assert completed([THEORY, resit(RESIT)], [DAY, date(2026, 5, 9)], 2) is None
    assert completed([THEORY, resit(RESIT)], [DAY, date(2026, 7, 9)], 2)


def test_one_subject_alone_is_nothing() -> None:
    assert completed([THEORY, THEORY], [DAY], 2) is None
    assert completed([], [], 2) is None
