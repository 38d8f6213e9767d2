"""Compiling and releasing: what is final goes out, once, by an officer, and nothing else."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from examserver.delivery.models import ExamDay, Sitting
from examserver.delivery.selectors import sitting as sitting_of
from examserver.delivery.services.sessions import close_session
from examserver.delivery.services.sittings import mark_absent, terminate_sitting, void_sitting
from examserver.delivery.states import SittingState
from examserver.invigilation.services.cases import NewCase, propose_case
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.chain import broken_entries
from examserver.notifications.models import Notification
from examserver.results.models import Release, SubjectResult
from examserver.results.selectors.days import day_page, release_plan
from examserver.results.services.compiling import compile_results
from examserver.results.services.releasing import count_terminated, release_results
from examserver.results.states import Overall, ResultState, Standing
from itembank.states import Subject
from scoring.models import SubjectScore
from tests.results.conftest import Both, settle
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue

Grade = Callable[[Sitting, str], None]


def state_of(sitting: Sitting) -> str:
    return str(SubjectResult.objects.get(sitting=sitting).state)


def release(day: ExamDay, officer: Actor) -> Release:
    return release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)


def test_a_scored_sitting_is_passed_or_failed_and_one_that_waits_for_graders_is_pending(
    held: Venue, good: Both, poor: Both
) -> None:
    assert state_of(good[Subject.THEORY]) == ResultState.PASSED
    assert state_of(poor[Subject.THEORY]) == ResultState.FAILED
    assert state_of(good[Subject.PRACTICAL]) == ResultState.PENDING


def test_compiling_again_changes_nothing(held: Venue, day: ExamDay) -> None:
    assert compile_results(now=LATER) == 0
    assert not list(broken_entries(f"results:{day.date.isoformat()}"))


def test_a_graded_practical_is_judged_by_its_own_pass_mark(held: Venue, good: Both, grade: Grade) -> None:
    grade(good[Subject.PRACTICAL], "0.6")
    result = SubjectResult.objects.get(sitting=good[Subject.PRACTICAL])
    assert (result.state, result.points) == (ResultState.PASSED, Decimal("60.0"))


def test_the_absent_are_told_from_the_failed_once_the_session_is_closed(held: Venue, poor: Both) -> None:
    away = sitting_of(poor[Subject.PRACTICAL].pk)
    mark_absent(sitting=away, actor=held.chief, now=LATER)
    assert compile_results(now=LATER) == 0
    held.practical.refresh_from_db()
    close_session(session=held.practical, actor=held.chief, now=LATER)
    compile_results(now=LATER)
    assert state_of(away) == ResultState.ABSENT


def test_the_office_sees_where_everything_stands(held: Venue, day: ExamDay, good: Both) -> None:
    page = day_page(day)
    assert page.counts == {Standing.READY: 2, Standing.GRADERS: 1, Standing.UNDER_WAY: 1}
    row = next(one for one in page.rows if one.ticket == good[Subject.THEORY].ticket.number)
    assert row.practical is not None
    assert (row.overall, row.practical.graded, row.practical.slots) == (Overall.PENDING, 0, 2)


def test_a_release_lets_out_what_is_final_and_leaves_the_rest(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    done = release(day, officer)
    assert done.counts == {"passed": 1, "failed": 1}
    good[Subject.THEORY].refresh_from_db()
    assert good[Subject.THEORY].state == SittingState.RELEASED
    assert SubjectResult.objects.get(sitting=good[Subject.PRACTICAL]).released_at is None
    with pytest.raises(NotAllowed, match="nothing_ready"):
        release(day, officer)


def test_only_an_officer_releases(held: Venue, day: ExamDay) -> None:
    with pytest.raises(NotAllowed, match="officer_only"):
        release(day, held.chief)
    assert not SubjectResult.objects.exclude(released_at=None).exists()


def test_what_has_changed_since_it_was_confirmed_is_not_released(
    held: Venue, day: ExamDay, officer: Actor, good: Both, grade: Grade
) -> None:
    seen = release_plan(day.date).digest
    grade(good[Subject.PRACTICAL], "1")
    with pytest.raises(NotAllowed, match="plan_changed"):
        release_results(exam_day=day, actor=officer, seen=seen, now=LATER)
    assert not Release.objects.exists()


def test_an_open_case_holds_back_every_subject_of_that_candidate_and_nobody_elses(
    held: Venue, day: ExamDay, officer: Actor, good: Both, poor: Both
) -> None:
    case = NewCase(clause="三.2", note="邻座答案一致")
    propose_case(sitting_id=good[Subject.THEORY].pk, actor=held.chief, new=case, now=LATER)
    assert day_page(day).counts[Standing.CASE_OPEN] == 2
    assert release(day, officer).counts == {"failed": 1}
    assert SubjectResult.objects.get(sitting=poor[Subject.THEORY]).released_at == LATER


def test_a_void_result_is_told_along_without_being_released_as_a_score(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    sitting = sitting_of(good[Subject.THEORY].pk)
    void_sitting(
        sitting=sitting, target=SittingState.VOID_SUBJECT, actor=held.chief, reason="二.4", now=LATER
    )
    settle()
    assert state_of(sitting) == ResultState.VOIDED
    assert release(day, officer).counts == {"failed": 1, "voided": 1}
    sitting.refresh_from_db()
    assert sitting.state == SittingState.VOID_SUBJECT
    assert SubjectScore.objects.get(sitting=sitting).points == Decimal("10.0")


def test_a_released_result_that_is_voided_later_is_void_at_once(
    held: Venue, day: ExamDay, officer: Actor, good: Both
) -> None:
    release(day, officer)
    sitting = sitting_of(good[Subject.THEORY].pk)
    void_sitting(sitting=sitting, target=SittingState.VOID_ALL, actor=held.chief, reason="三.1", now=LATER)
    settle()
    result = SubjectResult.objects.get(sitting=sitting)
    assert (result.state, result.released_at) == (ResultState.VOIDED, LATER)


def test_a_sitting_that_staff_ended_waits_for_an_officer_who_gives_a_reason(
    venue: Venue, good: Both, officer: Actor
) -> None:
    sitting = good[Subject.THEORY]
    venue.begin(venue.theory, sitting)
    made.answer(sitting, made.ALL_RIGHT)
    ended = sitting_of(sitting.pk)
    terminate_sitting(sitting=ended, actor=venue.chief, reason="身体不适", now=made.HANDED_IN)
    settle()
    assert state_of(sitting) == ResultState.PENDING
    with pytest.raises(NotAllowed, match="reason_needed"):
        count_terminated(sitting=ended, actor=officer, reason=" ", now=LATER)
    count_terminated(sitting=ended, actor=officer, reason="无违纪", now=LATER)
    settle()
    assert state_of(sitting) == ResultState.PASSED


@pytest.mark.usefixtures("held")
def test_a_release_is_told_once_a_ticket_and_without_points(
    day: ExamDay, officer: Actor, good: Both, poor: Both
) -> None:
    release(day, officer)
    told = Notification.objects.filter(event="result.released")
    tickets = (good[Subject.THEORY].ticket, poor[Subject.THEORY].ticket)
    assert sorted(one.candidate_id or 0 for one in told) == sorted(one.candidate_id for one in tickets)
    assert all(set(one.facts) == {"offering", "day"} for one in told)
