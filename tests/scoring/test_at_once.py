"""Several servers and several graders at the same moment: everything still happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from examserver.delivery.models import Sitting
from examserver.delivery.states import SittingState
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.transitions import IllegalMove
from itembank.states import Subject
from scoring.models import GradingTask, ItemScore, SubjectScore, TaskScore
from scoring.services.marking import NewMark, finish_task, record_mark, rubric_of
from scoring.services.rescoring import NewCorrection, apply_correction, preview, propose_correction
from scoring.services.tasks import open_grading_tasks, take_task
from scoring.services.theory import score_closed_theory
from scoring.states import CorrectionState, Treatment
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue

pytestmark = pytest.mark.django_db(transaction=True)
Graders = tuple[Actor, Actor, Actor]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run `acts` in threads that begin together; what was refused comes back as the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except (IllegalMove, NotAllowed) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_four_servers_score_each_sitting_once(venue: Venue) -> None:
    sittings = [venue.candidate()[Subject.THEORY] for _ in range(4)]
    venue.begin(venue.theory, *sittings)
    for one in sittings:
        made.answer(one, ALL_RIGHT)
        made.hand_in(one)
    scored = at_once(*[lambda: score_closed_theory(now=LATER)] * 4)
    assert sum(scored) == 4
    assert (SubjectScore.objects.count(), ItemScore.objects.count()) == (4, 20)
    assert set(Sitting.objects.filter(session=venue.theory).values_list("state", flat=True)) == {
        SittingState.SCORED
    }


def test_a_key_that_is_corrected_while_papers_are_scored_counts_for_everybody(venue: Venue) -> None:
    sittings = [venue.candidate()[Subject.THEORY] for _ in range(4)]
    venue.begin(venue.theory, *sittings)
    for one in sittings:
        made.answer(one, {})
        made.hand_in(one)
    author, lead = made.staff("author", Role.ITEM_AUTHOR), made.staff("lead", Role.GRADING_LEAD)
    new = NewCorrection("SC-1", Treatment.CREDIT, "题干有误")
    row = propose_correction(paper_id=sittings[0].paper_id, new=new, actor=author, now=LATER)

    def decide() -> None:
        apply_correction(correction=row, seen=preview(row).digest, actor=lead, now=LATER)

    at_once(decide, *[lambda: score_closed_theory(now=LATER)] * 3)
    if row.state == CorrectionState.PROPOSED:  # somebody was scored after the lead had looked
        decide()
    score_closed_theory(now=LATER)
    assert {str(one.points) for one in SubjectScore.objects.all()} == {"2.0"}
    assert SubjectScore.objects.count() == 4


def test_four_servers_open_the_grading_tasks_once(work: Sitting) -> None:
    opened = at_once(*[lambda: open_grading_tasks(now=LATER)] * 4)
    assert (sum(opened), GradingTask.objects.filter(sitting=work).count()) == (1, 4)


def test_of_two_who_take_the_same_work_one_gets_it(work: Sitting, graders: Graders) -> None:
    open_grading_tasks(now=LATER)
    pk = GradingTask.objects.get(sitting=work, task="T1", slot=1).pk

    def take(actor: Actor) -> None:
        take_task(grading_task=GradingTask.objects.get(pk=pk), actor=actor, now=LATER)

    outcomes = at_once(lambda: take(graders[0]), lambda: take(graders[1]))
    assert sorted(type(one).__name__ for one in outcomes) == ["IllegalMove", "NoneType"]


def test_the_same_person_in_two_windows_gets_one_slot(work: Sitting, graders: Graders) -> None:
    open_grading_tasks(now=LATER)
    slots = GradingTask.objects.filter(sitting=work, task="T1")
    acts = [lambda one=one: take_task(grading_task=one, actor=graders[0], now=LATER) for one in slots]
    at_once(*acts)
    assert GradingTask.objects.filter(sitting=work, task="T1", grader_id=graders[0].id).count() == 1


def test_two_graders_who_finish_in_the_same_moment_still_make_one_mark(
    work: Sitting, graders: Graders
) -> None:
    open_grading_tasks(now=LATER)
    slots = list(GradingTask.objects.filter(sitting=work, task="T1").order_by("slot"))
    for one, actor in zip(slots, graders, strict=False):
        take_task(grading_task=one, actor=actor, now=LATER)
        for line in rubric_of(one).lines:
            record_mark(grading_task=one, actor=actor, mark=NewMark(line.no, line.points), now=LATER)
    acts = [
        lambda one=one, actor=actor: finish_task(grading_task=one, actor=actor, now=LATER)
        for one, actor in zip(slots, graders, strict=False)
    ]
    at_once(*acts)
    assert TaskScore.objects.get(sitting=work, task="T1").totals == ["60.0", "60.0"]
