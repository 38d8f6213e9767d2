"""A key is corrected after the exam: who changes is seen first, a second person decides, and nothing is lost."""

from decimal import Decimal
from typing import Any

import pytest

from examserver.delivery.models import Sitting
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.chain import broken_entries
from examserver.kernel.models import LogEntry
from examserver.results.models import SubjectResult
from examserver.results.selectors.days import release_plan
from examserver.results.services.amending import amend_result
from examserver.results.services.compiling import compile_results
from examserver.results.services.releasing import release_results
from itembank.selectors import keys, paper_intact
from itembank.states import Subject
from scoring.models import ItemScore, KeyCorrection, ScoreChange, SubjectScore
from scoring.papers import key_accepting, key_words
from scoring.routines import score_closed_sittings
from scoring.selectors.scores import item_explanations, section_scores
from scoring.services.rescoring import (
    NewCorrection,
    apply_correction,
    preview,
    propose_correction,
    reject_correction,
)
from scoring.services.theory import score_closed_theory
from scoring.states import CorrectionState, Treatment
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue

CREDIT = NewCorrection("SC-1", Treatment.CREDIT, "题干有误")
REMOVE = NewCorrection("SC-1", Treatment.REMOVE, "题干有误")


def other_key(*correct: str, **changes: Any) -> NewCorrection:
    key = {"type": "single", "correct": list(correct), "points": "2", **changes}
    return NewCorrection("SC-1", Treatment.KEY, "答案应为 C", key)


@pytest.fixture
def author(venue: Venue) -> Actor:
    """Who finds the mistake."""
    return made.staff("author", Role.ITEM_AUTHOR)


@pytest.fixture
def lead(venue: Venue) -> Actor:
    """Who decides."""
    return made.staff("lead", Role.GRADING_LEAD)


@pytest.fixture
def scored(venue: Venue) -> dict[str, Sitting]:
    """Three candidates: all right; SC-1 answered C and TF wrong, which fails by one item; nothing answered."""
    answers: dict[str, dict[str, Any]] = {
        "right": ALL_RIGHT,
        "near": {"SC-1": ["C"], "SC-2": ["C"], "MC-1": ["A", "B", "E"]},
        "empty": {},
    }
    sittings = {name: venue.candidate()[Subject.THEORY] for name in answers}
    venue.begin(venue.theory, *sittings.values())
    for name, sitting in sittings.items():
        made.answer(sitting, answers[name])
        made.hand_in(sitting)
    score_closed_theory(now=LATER)
    return sittings


def points(sittings: dict[str, Sitting]) -> dict[str, str]:
    return {name: str(SubjectScore.objects.get(sitting=one).points) for name, one in sittings.items()}


def propose(sittings: dict[str, Sitting], new: NewCorrection, actor: Actor) -> KeyCorrection:
    paper_id = sittings["right"].paper_id
    return propose_correction(paper_id=paper_id, new=new, actor=actor, now=LATER)


def correct(sittings: dict[str, Sitting], new: NewCorrection, people: tuple[Actor, Actor]) -> KeyCorrection:
    row = propose(sittings, new, people[0])
    apply_correction(correction=row, seen=preview(row).digest, actor=people[1], now=LATER)
    return row


def test_a_proposal_shows_who_would_change_and_changes_nobody(
    scored: dict[str, Sitting], author: Actor
) -> None:
    found = preview(propose(scored, other_key("C"), author))
    near, right = scored["near"].pk, scored["right"].pk
    assert {one.sitting.pk: (str(one.before), str(one.after), one.crosses()) for one in found.changes} == {
        near: ("4.0", "6.0", "pass"),
        right: ("10.0", "8.0", ""),
    }
    assert (found.sittings, points(scored)["near"]) == (3, "4.0")


def test_another_key_scores_everybody_anew_and_keeps_what_was(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    row = correct(scored, other_key("C"), (author, lead))
    assert points(scored) == {"right": "8.0", "near": "6.0", "empty": "0.0"}
    kept = ScoreChange.objects.get(correction=row, sitting=scored["near"])
    assert (kept.earlier[0]["points"], kept.points_before, kept.points_after) == ("0.00", 4, 6)
    assert ItemScore.objects.get(sitting=scored["near"], item="SC-1").points == 2
    row.refresh_from_db()
    assert SubjectScore.objects.get(sitting=scored["near"]).key_sha256 == row.key_sha256


def test_the_frozen_key_stays_and_every_act_is_in_the_chain(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    row = correct(scored, CREDIT, (author, lead))
    assert keys(row.paper_id)["SC-1"]["correct"] == ["B"]
    assert paper_intact(row.paper)
    stream = f"keys:{row.paper_id}"
    assert [one.action for one in LogEntry.objects.filter(stream=stream).order_by("number")] == [
        "key.proposed",
        "key.corrected",
    ]
    streams = (stream, f"scoring:{scored['right'].session_id}")
    assert [list(broken_entries(one)) for one in streams] == [[], []]


def test_a_preview_tells_another_total_from_another_reason(scored: dict[str, Sitting], author: Actor) -> None:
    found = preview(propose(scored, CREDIT, author))
    same = [one for one in found.changes if one.before == one.after]
    assert [one.sitting.pk for one in same] == [scored["right"].pk]
    assert (len(found.changes), found.moved) == (3, 2)


def test_a_credited_item_counts_for_everybody_who_left_it_too(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    correct(scored, CREDIT, (author, lead))
    assert points(scored) == {"right": "10.0", "near": "6.0", "empty": "2.0"}
    rows = ItemScore.objects.filter(item="SC-1").values_list("explanation__key", flat=True)
    assert set(rows) == {"outcome.credited"}


def test_a_removed_item_leaves_its_points_to_the_others(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    correct(scored, REMOVE, (author, lead))
    assert points(scored) == {"right": "10.0", "near": "5.0", "empty": "0.0"}
    assert str(SubjectScore.objects.get(sitting=scored["right"]).of) == "10.0"
    single = section_scores(scored["right"])[1]
    assert (single.right, str(single.points)) == (1, "2.00")


def test_a_later_correction_is_laid_over_the_earlier_one(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    correct(scored, other_key("C"), (author, lead))
    correct(scored, CREDIT, (author, lead))
    assert points(scored) == {"right": "10.0", "near": "6.0", "empty": "2.0"}
    correct(scored, other_key("B"), (author, lead))
    assert points(scored) == {"right": "10.0", "near": "4.0", "empty": "0.0"}


def test_who_is_scored_later_is_scored_by_the_corrected_key(venue: Venue, author: Actor, lead: Actor) -> None:
    sitting = venue.candidate()[Subject.THEORY]
    with pytest.raises(NotAllowed, match="not_begun"):
        propose({"right": sitting}, other_key("C"), author)
    venue.begin(venue.theory, sitting)
    correct({"right": sitting}, other_key("C"), (author, lead))
    made.answer(sitting, {"SC-1": ["C"]})
    made.hand_in(sitting)
    score_closed_theory(now=LATER)
    assert points({"late": sitting}) == {"late": "2.0"}


def test_each_item_is_explained_without_naming_the_key(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    correct(scored, CREDIT, (author, lead))
    told = item_explanations(scored["near"])
    assert [one.explanation["key"] for one in told] == [
        "outcome.unanswered",
        "outcome.unanswered",
        "outcome.credited" if told[2].item == "SC-1" else "outcome.right",
        "outcome.right" if told[2].item == "SC-1" else "outcome.credited",
        "outcome.right",
    ]
    assert all(set(one.explanation["params"]) <= {"chosen", "of"} for one in told)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (other_key("B"), "same_key"),
        (other_key("Z"), "bad_key"),
        (other_key(), "bad_key"),
        (other_key("A", "B"), "bad_key"),
        (other_key("C", points="1"), "bad_key"),
        (other_key("C", type="multiple"), "bad_key"),
        (NewCorrection("SC-1", Treatment.KEY, "x"), "bad_key"),
        (NewCorrection("SC-1", Treatment.CREDIT, "x", {"type": "single"}), "bad_key"),
        (NewCorrection("SC-9", Treatment.CREDIT, "x"), "unknown_item"),
        (NewCorrection("SC-1", Treatment.CREDIT, " "), "reason_needed"),
    ],
)
def test_what_is_no_correction_is_refused(
    scored: dict[str, Sitting], author: Actor, new: NewCorrection, code: str
) -> None:
    with pytest.raises(NotAllowed, match=code):
        propose(scored, new, author)
    assert not KeyCorrection.objects.exists()


def test_one_proposes_and_another_decides_and_each_has_the_role(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    row = propose(scored, CREDIT, lead)
    seen = preview(row).digest
    for actor, code in ((lead, "four_eyes"), (author, "decider_only")):
        with pytest.raises(NotAllowed, match=code):
            apply_correction(correction=row, seen=seen, actor=actor, now=LATER)
    with pytest.raises(NotAllowed, match="proposer_only"):
        propose(scored, CREDIT, made.staff("grader", Role.GRADER))
    with pytest.raises(NotAllowed, match="correction_open"):
        propose(scored, REMOVE, author)


def test_a_decision_on_another_preview_is_refused(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    row = propose(scored, CREDIT, author)
    with pytest.raises(NotAllowed, match="preview_changed"):
        apply_correction(correction=row, seen="0" * 64, actor=lead, now=LATER)
    row.refresh_from_db()
    assert (row.state, points(scored)["empty"]) == (CorrectionState.PROPOSED, "0.0")


def test_a_rejected_correction_changes_nothing_and_makes_room(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    row = propose(scored, CREDIT, author)
    reject_correction(correction=row, actor=lead, reason="原答案无误", now=LATER)
    assert points(scored)["empty"] == "0.0"
    assert propose(scored, REMOVE, author).pk != row.pk


def test_an_unreleased_result_follows_the_corrected_key(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    compile_results(now=LATER)
    correct(scored, other_key("C"), (author, lead))
    compile_results(now=LATER)
    result = SubjectResult.objects.get(sitting=scored["near"])
    assert (result.state, result.points) == ("PASSED", Decimal("6.0"))
    assert compile_results(now=LATER) == 0


def test_a_released_result_is_only_listed_until_an_officer_amends_it(
    scored: dict[str, Sitting], author: Actor, lead: Actor
) -> None:
    score_closed_sittings(LATER)
    compile_results(now=LATER)
    day, officer = scored["near"].session.exam_day, made.staff("officer", Role.OFFICER)
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    row = correct(scored, other_key("C"), (author, lead))
    compile_results(now=LATER)
    assert points(scored)["near"] == "4.0"
    change = ScoreChange.objects.get(correction=row, sitting=scored["near"])
    assert change.applied_at is None
    result = amend_result(change=change, actor=officer, reason="答案更正", now=LATER)
    assert (result.state, points(scored)["near"]) == ("PASSED", "6.0")
    change.refresh_from_db()
    with pytest.raises(NotAllowed, match="already_amended"):
        amend_result(change=change, actor=officer, reason="再来", now=LATER)
    with pytest.raises(NotAllowed, match="officer_only"):
        amend_result(change=change, actor=lead, reason="x", now=LATER)


SHORT = {"by": "short", "answers": [{"text": "抖音", "fraction": "1"}]}
NUMERIC = {"by": "numeric", "answers": [{"value": "25", "tolerance": "1", "fraction": "1"}]}


@pytest.mark.parametrize(
    ("key", "said", "words"),
    [
        ({"correct": ["A"]}, "b, d", "B D"),
        ({"grading": SHORT}, "快手；小红书", "抖音 / 快手 / 小红书"),
        ({"grading": NUMERIC}, "30", "25 / 30"),
    ],
)
def test_a_key_takes_other_options_or_more_answers_in_words(
    key: dict[str, Any], said: str, words: str
) -> None:
    corrected = key_accepting({"type": "short", "points": "1", **key}, said)
    assert key_words(corrected) == words
    assert "快手" not in str(SHORT)


def test_an_added_number_keeps_the_tolerance_and_what_has_no_words_is_refused() -> None:
    corrected = key_accepting({"grading": NUMERIC}, "30")
    assert corrected["grading"]["answers"][1] == {"value": "30", "tolerance": "1", "fraction": "1"}
    for key, said in (({"grading": SHORT}, " ；"), ({"grading": {"by": "match", "pairs": []}}, "A")):
        with pytest.raises(ValueError, match="words"):
            key_accepting(key, said)
