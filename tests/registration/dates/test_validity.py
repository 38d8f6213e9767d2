"""A passed subject is kept for years, the last day included."""

from datetime import date

import pytest

from examserver.registration.dates.validity import is_kept, kept_until

PASSED = date(2026, 3, 28)


@pytest.mark.requirement("REQ-68")
@pytest.mark.parametrize(
    ("passed_on", "until"),  # vectors.json, validity_end; then the days around a leap day
    [
        (date(2026, 3, 28), date(2028, 3, 28)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28)),
        (date(2026, 3, 1), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_subject_is_kept_for_two_years(passed_on: date, until: date) -> None:
    assert kept_until(passed_on, 2) == until


@pytest.mark.requirement("REQ-69")
def test_levels_two_and_one_keep_it_for_three() -> None:
    assert kept_until(PASSED, 3) == date(2029, 3, 28)
    assert kept_until(date(2025, 2, 28), 3) == date(2028, 2, 28)


@pytest.mark.requirement("REQ-70", "S50", partly=True)
def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    assert is_kept(PASSED, 2, date(2028, 3, 28))
    assert not is_kept(PASSED, 2, date(2028, 3, 29))


def test_a_resit_before_the_pass_finds_nothing_kept() -> None:
    assert is_kept(PASSED, 2, PASSED)
    assert not is_kept(PASSED, 2, date(2026, 3, 27))
