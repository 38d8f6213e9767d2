"""A day with two candidates who sat theory, one of whom has a practical that is graded."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from examserver.delivery.models import ExamDay, Sitting
from examserver.kernel.access import Actor, Role
from examserver.results.services.compiling import compile_results
from itembank.states import Subject
from scoring.models import GradingTask
from scoring.routines import score_closed_sittings
from scoring.services.marking import NewMark, finish_task, record_mark, rubric_of
from scoring.services.tasks import take_task
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue

Both = dict[Subject, Sitting]


@pytest.fixture
def venue(db: None, tmp_path: Path, settings: Any) -> Venue:
    """The small venue in an empty database; one grader is enough for its practical."""
    settings.UPLOAD_DIR, settings.MATERIAL_DIR = tmp_path / "uploads", tmp_path / "materials"
    settings.HAND_IN_AFTER_MINUTES = 30
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    return made.build(tmp_path, {"graders": 1})


@pytest.fixture
def officer(venue: Venue) -> Actor:
    """An officer of the exam office."""
    return made.staff("officer", Role.OFFICER)


@pytest.fixture
def day(venue: Venue) -> ExamDay:
    """The exam day."""
    found: ExamDay = venue.theory.exam_day
    return found


@pytest.fixture
def good(venue: Venue) -> Both:
    """Somebody who knew everything, in both subjects."""
    return venue.candidate()


@pytest.fixture
def poor(venue: Venue) -> Both:
    """Somebody who left the theory paper empty and never came to the practical."""
    return venue.candidate()


@pytest.fixture
def held(venue: Venue, good: Both, poor: Both) -> Venue:
    """The day up to the last hand-in; scores are there, nothing is graded yet."""
    venue.begin(venue.theory, good[Subject.THEORY], poor[Subject.THEORY])
    made.answer(good[Subject.THEORY], ALL_RIGHT)
    venue.begin(venue.practical, good[Subject.PRACTICAL])
    made.answer(good[Subject.PRACTICAL], {"T1.D1": {"text": "开场"}})
    for one in (good[Subject.THEORY], poor[Subject.THEORY], good[Subject.PRACTICAL]):
        made.hand_in(one)
    settle()
    return venue


def settle() -> None:
    """What the server does by itself every second."""
    score_closed_sittings(LATER)
    compile_results(now=LATER)


@pytest.fixture
def grade(held: Venue) -> Callable[[Sitting, str], None]:
    """`grade(sitting, share)`: every line of the practical gets that share of its points."""
    grader = made.staff("grader", Role.GRADER)

    def mark_with(sitting: Sitting, share: str) -> None:
        mark(sitting, share, grader)

    return mark_with


def mark(sitting: Sitting, share: str, grader: Actor) -> None:
    """Every line of the practical gets that share of its points."""
    for one in GradingTask.objects.filter(sitting=sitting):
        take_task(grading_task=one, actor=grader, now=LATER)
        for line in rubric_of(one).lines:
            new = NewMark(line.no, line.points * Decimal(share))
            record_mark(grading_task=one, actor=grader, mark=new, now=LATER)
        finish_task(grading_task=one, actor=grader, now=LATER)
    settle()


def sat(venue: Venue) -> Both:
    """Somebody who knew everything and has handed in both subjects."""
    sittings = venue.candidate()
    venue.begin(venue.theory, sittings[Subject.THEORY])
    made.answer(sittings[Subject.THEORY], ALL_RIGHT)
    venue.begin(venue.practical, sittings[Subject.PRACTICAL])
    made.answer(sittings[Subject.PRACTICAL], {"T1.D1": {"text": "开场"}})
    for one in sittings.values():
        made.hand_in(one)
    settle()
    return sittings
