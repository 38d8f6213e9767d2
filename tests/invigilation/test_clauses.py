"""The notice's clauses as data, what an incident points at, and how long a person is barred."""

from datetime import date

import pytest

from examserver.invigilation.clauses import (
    INCIDENTS,
    REMINDER_CLAUSES,
    UnknownIncident,
    bar_days,
    clauses_for,
    incident_rule,
    proposed_clauses,
    years_later,
)
from examserver.invigilation.states import Risk, Severity
from examserver.registration.notice import CLAUSES, TIERS, UnknownClause, clause, tier_of
from proctor.reports import Code
from tests.architecture.locales import LANGUAGES, books


def test_the_notice_has_four_five_and_seven_clauses() -> None:
    numbers = [[one.code for one in CLAUSES.values() if one.tier == tier] for tier in (2, 3, 4)]
    assert [len(codes) for codes in numbers] == [4, 5, 7]
    assert all(TIERS[one.tier].numeral + f".{one.item}" == one.code for one in CLAUSES.values())


def test_only_the_first_three_of_tier_two_need_a_reminder_and_say_so() -> None:
    assert REMINDER_CLAUSES == ("二.1", "二.2", "二.3")
    assert [c.code for c in CLAUSES.values() if "经提醒拒不改正" in c.text_zh] == list(REMINDER_CLAUSES)


def test_every_clause_has_words_in_both_languages() -> None:
    for one in CLAUSES.values():
        assert one.text("zh-hans") == one.text_zh != one.text("en") == one.text_en
        assert one.text_en.isascii()


def test_only_tier_four_has_a_severity() -> None:
    assert {one.tier for one in CLAUSES.values() if one.severity_required} == {4}


def test_the_catch_alls_and_the_use_of_a_device_need_words() -> None:
    needed = [one.code for one in CLAUSES.values() if one.note_required]
    assert needed == ["二.4", "三.1", "三.5", "四.7"]


@pytest.mark.parametrize(
    ("code", "clauses"),
    [
        ("PHONE", ["二.1", "三.1"]),
        ("BOOK_NOTES", ["二.1", "三.2"]),
        ("LAPTOP_TABLET", ["二.1", "三.1"]),
        ("SEAT_EMPTY", ["二.2"]),
        ("EXTRA_PERSON", ["三.2", "三.5", "四.3"]),
        ("CAMERA_BLOCKED", []),
        ("FRAME_FROZEN", []),
        ("LOW_QUALITY", []),
        ("CAMERA_LOST", []),
        ("WRONG_SEAT", ["二.2", "四.4"]),
        ("LATE_RETURN", ["二.2"]),
        ("FACE_MISMATCH", ["四.4"]),
        ("TAB_BLUR", ["二.4", "三.2", "三.5"]),
        ("FULLSCREEN_EXIT", ["二.4", "三.2", "三.5"]),
        ("SECOND_DISPLAY", ["二.4"]),
        ("DEVTOOLS", ["二.4", "三.5"]),
        ("PASTE", ["三.2"]),
        ("ITEM_COPY", ["三.4"]),
        ("PRINT_SCREEN", ["三.4"]),
        ("VIRTUAL_CAMERA", ["四.4"]),
        ("SECOND_LOGIN", ["三.5", "四.4"]),
    ],
)
def test_an_incident_points_at_clauses_in_order(code: str, clauses: list[str]) -> None:
    assert [one.code for one in clauses_for(code)] == clauses


def test_every_code_of_the_proctor_has_a_row_and_the_camera_is_only_technical() -> None:
    assert {code.value for code in Code} <= set(INCIDENTS)
    technical = {code for code in Code if incident_rule(code).risk is Risk.TECHNICAL}
    assert technical == {Code.CAMERA_BLOCKED, Code.CAMERA_LOST, Code.FRAME_FROZEN, Code.LOW_QUALITY}


def test_what_is_technical_points_at_nothing_but_a_second_login() -> None:
    """Requirements B.2: a second sign-in is technical, and may become 三.5 or 四.4 when a person finds more."""
    technical = {rule.code for rule in INCIDENTS.values() if rule.risk is Risk.TECHNICAL}
    pointing = {rule.code for rule in INCIDENTS.values() if rule.clauses}
    assert technical & pointing == {"SECOND_LOGIN"}
    assert technical | pointing == set(INCIDENTS)
    assert {"CAMERA_CHANGED", "CLOCK_SKEW", "NETWORK_GAP", "COVERAGE_GAP"} <= technical


@pytest.mark.parametrize(
    ("code", "lasted", "proposed"),
    [("SEAT_EMPTY", 14.999, []), ("SEAT_EMPTY", 15, ["二.2"]), ("PHONE", 0, ["二.1", "三.1"])],
)
def test_s30_a_seat_points_at_its_clause_when_it_was_empty_for_fifteen_seconds(
    code: str, lasted: float, proposed: list[str]
) -> None:
    assert proposed_clauses(code, lasted) == proposed


def test_every_incident_has_a_name_on_the_board_in_both_languages() -> None:
    words = [book.all_keys() for book in books() if book.domain == "djangojs"]
    named = {f"board.incident.{code}" for code in INCIDENTS}
    assert len([keys for keys in words if named <= keys]) == len(LANGUAGES)


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UnknownClause, match=r"五\.1"):
        clause("五.1")
    with pytest.raises(UnknownIncident, match="SMOKE"):
        clauses_for("SMOKE")


def test_tier_two_voids_the_subject_and_bars_nobody() -> None:
    assert not tier_of("二.4").voids_all
    assert bar_days("二.1", Severity.NONE, date(2026, 3, 28)) is None


@pytest.mark.parametrize("act", [date(2026, 1, 1), date(2026, 3, 28), date(2026, 12, 31)])
def test_tier_three_bars_to_the_end_of_the_acts_year(act: date) -> None:
    days = bar_days("三.1", Severity.NONE, act)
    assert days is not None
    assert (days.first, days.last) == (act, date(2026, 12, 31))
    assert tier_of("三.1").voids_all


@pytest.mark.parametrize(
    ("severity", "act", "last"),
    [
        (Severity.MINOR, date(2026, 3, 28), date(2028, 3, 27)),
        (Severity.SERIOUS, date(2026, 3, 28), date(2031, 3, 27)),
        (Severity.MINOR, date(2026, 3, 1), date(2028, 2, 29)),
        (Severity.MINOR, date(2028, 2, 29), date(2030, 2, 28)),
        (Severity.SERIOUS, date(2028, 2, 29), date(2033, 2, 28)),
        (Severity.MINOR, date(2026, 1, 1), date(2027, 12, 31)),
    ],
)
def test_tier_four_ends_the_day_before_the_same_day(severity: Severity, act: date, last: date) -> None:
    days = bar_days("四.4", severity, act)
    assert days is not None
    assert (days.first, days.last) == (act, last)


def test_tier_four_without_a_severity_is_an_error_and_not_no_bar() -> None:
    with pytest.raises(KeyError):
        bar_days("四.4", Severity.NONE, date(2026, 3, 28))


def test_the_29th_of_february_comes_back_as_itself_or_the_1st_of_march() -> None:
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_later(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_later(date(2024, 2, 28), 1) == date(2025, 2, 28)
