"""Grading tasks: opened once, taken by one, marked as given, reconciled into one mark."""

from decimal import Decimal

import pytest

from examserver.delivery.models import Sitting
from examserver.delivery.states import SittingState
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.chain import broken_entries
from examserver.kernel.transitions import IllegalMove
from itembank.states import Subject
from scoring.models import GradingTask, Mark, SubjectScore, TaskScore
from scoring.reconcile import Decision, Final, NeedsThird, Waiting
from scoring.rubrics import BadMark
from scoring.selectors.queue import open_to
from scoring.services.marking import LinesUnmarked, NewMark, UnknownLine, finish_task, record_mark, rubric_of
from scoring.services.tasks import open_grading_tasks, take_next, take_task
from tests.scoring.venue import LATER, Venue

Graders = tuple[Actor, Actor, Actor]


def slot(work: Sitting, task: str = "T1", number: int = 1) -> GradingTask:
    return GradingTask.objects.get(sitting=work, task=task, slot=number)


def grade(grading_task: GradingTask, actor: Actor, points: str) -> object:
    """Take the task, give `points` on its first line and nothing on the others, finish."""
    take_task(grading_task=grading_task, actor=actor, now=LATER)
    for index, line in enumerate(rubric_of(grading_task).lines):
        given = Decimal(points) if index == 0 else Decimal(0)
        record_mark(grading_task=grading_task, actor=actor, mark=NewMark(line.no, given), now=LATER)
    return finish_task(grading_task=grading_task, actor=actor, now=LATER)


def test_every_task_gets_as_many_slots_as_graders_once(work: Sitting) -> None:
    assert [open_grading_tasks(now=LATER) for _ in range(2)] == [1, 0]
    slots = GradingTask.objects.filter(sitting=work).values_list("task", "slot")
    assert sorted(slots) == [("T1", 1), ("T1", 2), ("T2", 1), ("T2", 2)]
    assert len(set(GradingTask.objects.values_list("code", flat=True))) == 4


def test_a_task_is_taken_by_one_person(work: Sitting, graders: Graders) -> None:
    open_grading_tasks(now=LATER)
    first, second = slot(work), slot(work)
    take_task(grading_task=first, actor=graders[0], now=LATER)
    with pytest.raises(IllegalMove):
        take_task(grading_task=second, actor=graders[1], now=LATER)


def test_nobody_takes_both_slots_of_the_same_work_but_may_take_another_task(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    take_task(grading_task=slot(work), actor=graders[0], now=LATER)
    with pytest.raises(NotAllowed, match="both_slots"):
        take_task(grading_task=slot(work, number=2), actor=graders[0], now=LATER)
    assert {one.task for one in open_to(graders[0])} == {"T2"}
    take_task(grading_task=slot(work, "T2"), actor=graders[0], now=LATER)


def test_take_next_goes_on_when_somebody_was_quicker_and_says_when_nothing_is_left(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    seen = list(open_to(graders[1]).filter(task="T1", slot=1))
    take_task(grading_task=slot(work), actor=graders[0], now=LATER)
    with pytest.raises(NotAllowed, match="nothing_open"):
        take_next(open_tasks=seen, actor=graders[1], now=LATER)
    seen += list(open_to(graders[1]).filter(task="T1", slot=2))
    assert take_next(open_tasks=seen, actor=graders[1], now=LATER).slot == 2


def test_a_mark_is_stored_as_given_and_a_newer_one_takes_its_place(work: Sitting, graders: Graders) -> None:
    open_grading_tasks(now=LATER)
    one = slot(work)
    take_task(grading_task=one, actor=graders[0], now=LATER)
    for points in ("30", "35.5"):
        mark = NewMark("1.1", Decimal(points), " 结构完整 ")
        record_mark(grading_task=one, actor=graders[0], mark=mark, now=LATER)
    stored = Mark.objects.get(grading_task=one, line="1.1")
    assert (stored.points, stored.reason) == (Decimal("35.5"), "结构完整")
    assert not list(broken_entries(f"scoring:{work.session_id}"))


def test_a_mark_is_refused_from_another_on_another_line_or_beyond_it(work: Sitting, graders: Graders) -> None:
    open_grading_tasks(now=LATER)
    one = slot(work)
    take_task(grading_task=one, actor=graders[0], now=LATER)
    with pytest.raises(NotAllowed, match="not_yours"):
        record_mark(grading_task=one, actor=graders[1], mark=NewMark("1.1", Decimal(1)), now=LATER)
    with pytest.raises(UnknownLine):
        record_mark(grading_task=one, actor=graders[0], mark=NewMark("2.1", Decimal(1)), now=LATER)
    with pytest.raises(BadMark):
        record_mark(grading_task=one, actor=graders[0], mark=NewMark("1.1", Decimal("40.5")), now=LATER)
    assert not Mark.objects.exists()


def test_finishing_names_the_lines_without_a_mark_and_afterwards_nothing_changes(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    one = slot(work)
    take_task(grading_task=one, actor=graders[0], now=LATER)
    record_mark(grading_task=one, actor=graders[0], mark=NewMark("1.1", Decimal(30)), now=LATER)
    with pytest.raises(LinesUnmarked) as refused:
        finish_task(grading_task=one, actor=graders[0], now=LATER)
    assert refused.value.lines == ("1.2",)
    record_mark(grading_task=one, actor=graders[0], mark=NewMark("1.2", Decimal(0)), now=LATER)
    assert finish_task(grading_task=one, actor=graders[0], now=LATER) == Waiting(1)
    with pytest.raises(NotAllowed, match="grading_done"):
        record_mark(grading_task=one, actor=graders[0], mark=NewMark("1.1", Decimal(40)), now=LATER)


def test_near_marks_become_their_mean_and_all_tasks_together_the_subject(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    grade(slot(work), graders[0], "35")
    assert grade(slot(work, number=2), graders[1], "36.5") == Final(Decimal("35.75"), Decision.MEAN)
    grade(slot(work, "T2"), graders[0], "24")
    assert not SubjectScore.objects.exists()
    grade(slot(work, "T2", 2), graders[1], "24")
    work.refresh_from_db()
    assert work.state == SittingState.SCORED
    assert SubjectScore.objects.get(sitting=work).points == Decimal("59.5")


def test_far_marks_wait_for_the_lead_whose_mark_decides_and_all_three_are_kept(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    grade(slot(work), graders[0], "20")
    assert isinstance(grade(slot(work, number=2), graders[1], "30"), NeedsThird)
    assert not TaskScore.objects.exists()
    third = GradingTask.objects.get(sitting=work, third=True)
    assert isinstance(grade(third, graders[2], "27.5"), Final)
    kept = TaskScore.objects.get(sitting=work, task="T1")
    assert (kept.points, kept.totals, kept.lead_total) == (Decimal("27.5"), ["20.0", "30.0"], Decimal("27.5"))


def test_a_third_mark_is_the_leads_and_not_of_a_lead_who_graded_before(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    grade(slot(work), graders[2], "20")
    grade(slot(work, number=2), graders[1], "30")
    third = GradingTask.objects.get(sitting=work, third=True)
    with pytest.raises(NotAllowed, match="lead_only"):
        take_task(grading_task=third, actor=graders[0], now=LATER)
    with pytest.raises(NotAllowed, match="both_slots"):
        take_task(grading_task=third, actor=graders[2], now=LATER)


def test_work_that_was_never_begun_is_not_graded(venue: Venue) -> None:
    present, away = venue.candidate()[Subject.PRACTICAL], venue.candidate()[Subject.PRACTICAL]
    venue.begin(venue.practical, present)
    assert open_grading_tasks(now=LATER) == 0
    assert not GradingTask.objects.filter(sitting=away).exists()
