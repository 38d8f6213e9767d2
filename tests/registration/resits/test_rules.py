"""Who may take which subject again: both sides of every boundary."""

from dataclasses import replace
from datetime import date

import pytest

from examserver.registration.applications.states import Origin
from examserver.registration.resits.rules import judge
from examserver.registration.resits.values import Allowed, Ask, Denied, Outcome, ResitPlan, Taken
from itembank.states import Subject
from tests.registration.resits.cases import DAY, practical, terms, theory

PRACTICAL = frozenset({Subject.PRACTICAL})
MAY = Ask(date(2026, 5, 10), exam_by=date(2026, 6, 30))
PLAN = ResitPlan(
    "BK-1", "2026", "2027", date(2027, 3, 1), {Subject.PRACTICAL: frozenset({Subject.PRACTICAL})}
)


def refused(answer: Allowed | Denied) -> str:
    assert isinstance(answer, Denied)
    return answer.fault.key


def allowed(answer: Allowed | Denied) -> Allowed:
    assert isinstance(answer, Allowed)
    return answer


def on(day: date) -> Ask:
    return Ask(date(2026, 5, 10), exam_on=day)


@pytest.mark.requirement("REQ-67")
@pytest.mark.requirement("S49", partly=True)
def test_only_the_failed_subject_is_offered_at_its_own_price() -> None:
    answer = allowed(judge([theory(), practical()], MAY, terms("O5")))
    assert (answer.subjects, answer.price, answer.warnings) == (PRACTICAL, 390, ())
    assert (answer.kept, answer.until) == ((theory(),), date(2028, 3, 28))


@pytest.mark.requirement("REQ-59")
@pytest.mark.parametrize(("code", "price"), [("O1", 290), ("O2", 390), ("O5", 390)])
def test_a_resit_of_the_practical_costs_what_the_subject_costs(code: str, price: int) -> None:
    assert allowed(judge([theory(), practical()], MAY, terms(code))).price == price


@pytest.mark.requirement("REQ-59")
@pytest.mark.parametrize("code", ["O1", "O5"])
def test_a_resit_of_the_theory_costs_what_the_subject_costs(code: str) -> None:
    results = [theory(Outcome.FAILED), practical(Outcome.PASSED)]
    answer = allowed(judge(results, MAY, terms(code)))
    assert (answer.subjects, answer.price) == (frozenset({Subject.THEORY}), 110)


@pytest.mark.requirement("REQ-67")
@pytest.mark.parametrize(
    ("results", "key"),
    [
        ([], "no_result"),
        ([theory(Outcome.FAILED), practical()], "nothing_passed"),
        ([theory(), practical(Outcome.PASSED)], "nothing_failed"),
        ([theory(), practical(Outcome.OTHER)], "nothing_failed"),
        ([theory(Outcome.OTHER), practical()], "nothing_passed"),
        ([theory()], "nothing_failed"),
        ([theory(forfeited=True), practical()], "pass_forfeited"),
    ],
)
def test_anything_but_one_passed_and_one_failed_is_no_case_for_a_resit(
    results: list[Taken], key: str
) -> None:
    answer = judge(results, MAY, terms())
    assert refused(answer) == key
    assert isinstance(answer, Denied)
    assert answer.all_subjects == 500


def test_who_fails_the_resit_may_come_again() -> None:
    again = practical(day=date(2026, 6, 20))
    assert allowed(judge([again, practical(), theory()], MAY, terms())).subjects == {Subject.PRACTICAL}


def test_who_has_passed_the_resit_has_nothing_left_to_take() -> None:
    passed = practical(Outcome.PASSED, day=date(2026, 6, 20))
    assert refused(judge([passed, practical(), theory()], MAY, terms())) == "nothing_failed"


@pytest.mark.requirement("REQ-68", "REQ-70", "S50")
def test_the_exam_may_be_on_the_last_day_and_not_on_the_day_after() -> None:
    results = [theory(), practical()]
    assert allowed(judge(results, on(date(2028, 3, 28)), terms())).price == 390
    late = judge(results, on(date(2028, 3, 29)), terms())
    assert isinstance(late, Denied)
    assert (late.fault.key, late.fault.facts["until"], late.all_subjects) == (
        "result_expired",
        "2028-03-28",
        500,
    )


@pytest.mark.requirement("REQ-69")
@pytest.mark.parametrize(("day", "free"), [(date(2029, 3, 28), True), (date(2029, 3, 29), False)])
def test_levels_two_and_one_have_three_years(day: date, free: bool) -> None:
    three = replace(terms(), level=2, years=3)
    assert isinstance(judge([theory(), practical()], on(day), three), Allowed) is free


@pytest.mark.requirement("REQ-68")
@pytest.mark.parametrize(
    ("passed_on", "last"),
    [
        (date(2028, 2, 29), date(2030, 2, 28)),  # no 29 February there
        (date(2026, 2, 28), date(2028, 2, 28)),  # although that year has a 29th
        (date(2026, 3, 1), date(2028, 3, 1)),
    ],
)
def test_around_a_leap_day_the_last_day_is_still_a_day(passed_on: date, last: date) -> None:
    results = [theory(day=passed_on), practical(day=passed_on)]
    assert allowed(judge(results, on(last), terms())).until == last
    assert refused(judge(results, on(date.fromordinal(last.toordinal() + 1)), terms())) == "result_expired"


@pytest.mark.requirement("REQ-70")
def test_at_the_application_an_exam_that_may_come_too_late_is_a_warning() -> None:
    results, applied = [theory(), practical()], date(2028, 3, 1)
    inside = judge(results, Ask(applied, exam_by=date(2028, 3, 28)), terms())
    beyond = judge(results, Ask(applied, exam_by=date(2028, 3, 29)), terms())
    assert [one.key for one in allowed(inside).warnings] == []
    assert [one.key for one in allowed(beyond).warnings] == ["may_expire"]


@pytest.mark.requirement("REQ-70")
def test_an_application_after_the_last_day_is_refused_at_once() -> None:
    assert refused(judge([theory(), practical()], Ask(date(2028, 3, 29)), terms())) == "result_expired"
    assert allowed(judge([theory(), practical()], Ask(date(2028, 3, 28)), terms()))


@pytest.mark.requirement("REQ-73", "S52")
def test_who_came_through_a_competition_has_no_resit() -> None:
    results = [theory(origin=Origin.COMPETITION), practical(origin=Origin.COMPETITION)]
    assert refused(judge(results, MAY, terms())) == "competition_no_resit"


@pytest.mark.requirement("REQ-73")
def test_a_pass_of_a_competition_serves_no_resit_of_an_ordinary_day() -> None:
    results = [theory(origin=Origin.COMPETITION), practical()]
    assert refused(judge(results, MAY, terms())) == "nothing_passed"


@pytest.mark.requirement("REQ-72", "S53")
def test_a_changed_mode_blocks_until_a_plan_is_published_and_follows_it_then() -> None:
    results, day = [theory(), practical()], PLAN.published_on
    assert refused(judge(results, Ask(day), terms(mode="2027"))) == "mode_changed"
    before, after = (terms(mode="2027", plans=(PLAN,)),) * 2
    assert refused(judge(results, Ask(date(2027, 2, 28)), before)) == "mode_changed"
    answer = allowed(judge(results, Ask(day), after))
    assert (answer.plan, answer.subjects, answer.price) == ("BK-1", PRACTICAL, 390)


@pytest.mark.requirement("REQ-72")
@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, old_mode="2025"),
        replace(PLAN, new_mode="2028"),
        replace(PLAN, takes={Subject.THEORY: frozenset({Subject.THEORY})}),
        replace(PLAN, takes={Subject.PRACTICAL: frozenset()}),
    ],
)
def test_a_plan_for_other_modes_or_subjects_does_not_help(other: ResitPlan) -> None:
    offered = terms(mode="2027", plans=(other,))
    assert refused(judge([theory(), practical()], Ask(PLAN.published_on), offered)) == "mode_changed"


@pytest.mark.requirement("REQ-72")
def test_a_plan_may_ask_for_both_subjects_and_they_are_charged() -> None:
    wide = replace(PLAN, takes={Subject.PRACTICAL: frozenset(Subject)})
    answer = judge([theory(), practical()], Ask(PLAN.published_on), terms(mode="2027", plans=(wide,)))
    assert (allowed(answer).subjects, allowed(answer).price) == (frozenset(Subject), 500)


def test_the_years_come_from_the_catalogue_of_the_offering() -> None:
    assert (terms("O1").years, terms("O1").level, DAY.year) == (2, 4, 2026)
