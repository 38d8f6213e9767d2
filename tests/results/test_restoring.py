"""An appeal inside its window that ends without a verdict: results come back from the kept points (S58)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from examserver.delivery.models import ExamDay, Sitting
from examserver.delivery.selectors import venue_date
from examserver.invigilation.models import Case
from examserver.invigilation.services.appeals import (
    Ruling,
    decide_appeal,
    decide_case,
    file_appeal,
    tell_decision,
)
from examserver.invigilation.services.cases import NewCase, confirm_case, propose_case
from examserver.invigilation.states import CaseState, ToldBy
from examserver.kernel.access import Actor, Role
from examserver.registration.models import Bar, SubjectOutcome
from examserver.results.models import Certificate, Release, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import eligible
from examserver.results.selectors.days import release_plan
from examserver.results.services.certificates import issue_certificate
from examserver.results.services.releasing import release_results
from examserver.results.states import ResultState
from itembank.states import Subject
from scoring.models import SubjectScore
from tests.registration.catalogue.notices import load
from tests.results.conftest import Both, settle
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue

Grade = Callable[[Sitting, str], None]


def convicted(held: Venue, sitting: Sitting, officer: Actor) -> Case:
    """All of the day is void, and the person barred."""
    new = NewCase(clause="三.1", note="试卷上有他人笔迹")
    case = propose_case(sitting_id=sitting.pk, actor=held.chief, new=new, now=LATER)
    confirm_case(case=case, actor=officer, note="属实", now=LATER)
    settle()
    follow_results(LATER)
    return case


def cleared(case: Case, officer: Actor) -> None:
    """Told, appealed against and taken back; what the server does by itself follows."""
    other, today, soon = made.staff("appeals", Role.OFFICER), venue_date(LATER), LATER + timedelta(hours=1)
    decide_case(case=case, document="认定 1 号", actor=officer, now=LATER)
    tell_decision(case=case, told_by=ToldBy.IN_PERSON, on=today, actor=officer, now=LATER)
    file_appeal(case=case, grounds="笔迹鉴定", received_on=today, actor=officer, now=soon)
    decide_appeal(case=case, ruling=Ruling(CaseState.WITHDRAWN, "鉴定为本人笔迹"), actor=other, now=soon)
    settle()
    follow_results(LATER)


def states(sittings: Both) -> set[str]:
    return {SubjectResult.objects.get(sitting=one).state for one in sittings.values()}


@pytest.mark.requirement("S58")
def test_s58_a_granted_appeal_restores_results_from_the_kept_points_and_lifts_the_bar(
    held: Venue, day: ExamDay, officer: Actor, good: Both, grade: Grade
) -> None:
    load()
    grade(good[Subject.PRACTICAL], "1")
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    follow_results(LATER)
    issued = issue_certificate(certificate_id=eligible().get().pk, actor=officer, now=LATER)
    points = dict(SubjectScore.objects.values_list("sitting", "points"))
    case = convicted(held, good[Subject.THEORY], officer)
    assert states(good) == {ResultState.VOIDED}
    assert Certificate.objects.get().state == "REVOKED"
    cleared(case, officer)
    assert states(good) == {ResultState.PASSED}
    assert dict(SubjectScore.objects.values_list("sitting", "points")) == points
    assert Bar.objects.get().lifted_at is not None
    told = SubjectOutcome.objects.filter(ticket=good[Subject.THEORY].ticket)
    assert set(told.values_list("outcome", flat=True)) == {"PASSED"}
    [again] = eligible()
    assert (again.pk != issued.pk, again.number) == (True, "")


def test_points_that_nobody_was_told_wait_for_a_release(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    theory = good[Subject.THEORY]
    kept = SubjectResult.objects.get(sitting=theory).points
    case = convicted(held, theory, officer)
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    assert SubjectResult.objects.get(sitting=theory).release == Release.objects.get()
    cleared(case, officer)
    result = SubjectResult.objects.get(sitting=theory)
    assert (result.state, result.points, result.release) == (ResultState.PASSED, kept, None)
    assert [one.sitting for one in release_plan(day.date).results] == [theory]


def test_what_was_void_before_it_was_marked_is_marked_after_all(
    held: Venue, day: ExamDay, officer: Actor, good: Both, grade: Grade
) -> None:
    case = convicted(held, good[Subject.PRACTICAL], officer)
    cleared(case, officer)
    result = SubjectResult.objects.get(sitting=good[Subject.PRACTICAL])
    assert (result.state, result.points) == (ResultState.PENDING, None)
    grade(good[Subject.PRACTICAL], "1")
    result.refresh_from_db()
    assert (result.state, result.points) == (ResultState.PASSED, Decimal(100))
