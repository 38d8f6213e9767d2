"""Closed theory sittings are scored by the server, once, by the paper's key."""

import json
from decimal import Decimal

import pytest
from django.db import connection

from examserver.delivery.models import Sitting
from examserver.delivery.services.sittings import terminate_sitting, void_sitting
from examserver.delivery.states import SittingState
from examserver.kernel import chain
from itembank.states import Subject
from scoring.models import ItemScore, SubjectScore
from scoring.selectors.scores import section_scores
from scoring.services.theory import score_closed_theory
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue


@pytest.fixture
def sitting(venue: Venue) -> Sitting:
    """A theory sitting at work."""
    found = venue.candidate()[Subject.THEORY]
    venue.begin(venue.theory, found)
    found.refresh_from_db()
    return found


def test_an_all_right_sitting_gets_every_point_and_becomes_scored(sitting: Sitting) -> None:
    made.answer(sitting, ALL_RIGHT)
    made.hand_in(sitting)
    assert score_closed_theory(now=LATER) == 1
    score = SubjectScore.objects.get(sitting=sitting)
    assert (score.points, score.of) == (Decimal("10.0"), Decimal("10.0"))
    sitting.refresh_from_db()
    assert sitting.state == SittingState.SCORED


def test_a_missing_letter_costs_the_whole_item_and_an_empty_paper_is_zero(sitting: Sitting) -> None:
    made.answer(sitting, {**ALL_RIGHT, "MC-1": ["A", "B"], "SC-1": []})
    made.hand_in(sitting)
    score_closed_theory(now=LATER)
    assert SubjectScore.objects.get(sitting=sitting).points == Decimal("6.0")
    reasons = dict(ItemScore.objects.filter(sitting=sitting).values_list("item", "explanation__key"))
    assert (reasons["MC-1"], reasons["SC-1"]) == ("outcome.incomplete", "outcome.unanswered")


def test_scoring_again_changes_nothing(sitting: Sitting) -> None:
    made.answer(sitting, ALL_RIGHT)
    made.hand_in(sitting)
    assert [score_closed_theory(now=LATER) for _ in range(3)] == [1, 0, 0]
    assert ItemScore.objects.filter(sitting=sitting).count() == 5
    assert not list(chain.broken_entries(f"scoring:{sitting.session_id}"))


def test_a_sitting_at_work_is_not_scored(sitting: Sitting) -> None:
    made.answer(sitting, ALL_RIGHT)
    assert score_closed_theory(now=LATER) == 0


def test_of_a_terminated_sitting_the_raw_score_is_kept_and_its_state_stays(
    venue: Venue, sitting: Sitting
) -> None:
    made.answer(sitting, ALL_RIGHT)
    terminate_sitting(sitting=sitting, actor=venue.chief, reason="手机", now=made.HANDED_IN)
    assert score_closed_theory(now=LATER) == 1
    sitting.refresh_from_db()
    assert sitting.state == SittingState.TERMINATED
    assert SubjectScore.objects.get(sitting=sitting).points == Decimal("10.0")


def test_of_a_void_sitting_the_raw_score_is_kept_so_that_an_appeal_can_restore_it(
    venue: Venue, sitting: Sitting
) -> None:
    made.answer(sitting, ALL_RIGHT)
    void_sitting(
        sitting=sitting,
        target=SittingState.VOID_SUBJECT,
        actor=venue.chief,
        reason="二.1",
        now=made.HANDED_IN,
    )
    assert score_closed_theory(now=LATER) == 1
    sitting.refresh_from_db()
    assert sitting.state == SittingState.VOID_SUBJECT


def test_a_key_that_was_changed_after_freezing_is_said_loudly_and_scores_nobody(
    sitting: Sitting, caplog: pytest.LogCaptureFixture
) -> None:
    made.answer(sitting, ALL_RIGHT)
    made.hand_in(sitting)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE itembank_paperkey SET sha256 = %s", ["0" * 64])
    assert score_closed_theory(now=LATER) == 0
    assert not SubjectScore.objects.exists()
    assert "is not the frozen one" in caplog.text


def test_a_score_that_breaks_off_leaves_nothing_behind(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.answer(sitting, ALL_RIGHT)
    made.hand_in(sitting)
    with monkeypatch.context() as patch:
        patch.setattr("scoring.services.theory.mark_scored", _power_cut)
        with pytest.raises(ConnectionError):
            score_closed_theory(now=LATER)
    assert not SubjectScore.objects.exists()
    assert score_closed_theory(now=LATER) == 1


def _power_cut(**_: object) -> None:
    raise ConnectionError


def test_sections_add_up_and_name_no_key(sitting: Sitting) -> None:
    made.answer(sitting, {**ALL_RIGHT, "TF-2": ["T"], "SC-2": []})
    made.hand_in(sitting)
    score_closed_theory(now=LATER)
    sitting.refresh_from_db()
    first, second, third = section_scores(sitting)
    assert (first.points, first.right, first.items) == (Decimal("2.0"), 1, 2)
    assert (second.right, second.unanswered) == (1, 1)
    assert third.points == third.of == Decimal("2.0")
    kept = json.dumps(list(ItemScore.objects.values_list("explanation", flat=True)))
    assert "correct" not in kept
