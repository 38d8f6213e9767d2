"""The check of a face at the desk: S18 (a mismatch holds for a second person) and S19 (a refusal changes nothing)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import settings as run_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from examserver.invigilation.face_comparing import Answer, Said, cannot, read_answer
from examserver.invigilation.models import Case, FaceCheck
from examserver.invigilation.services import face_checks
from examserver.invigilation.services.cases import withdraw_case
from examserver.invigilation.services.retention import place_hold
from examserver.invigilation.states import FaceOutcome, Severity
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from proctor.identity.rules import load_identity_rules
from proctor.identity.verdicts import Outcome, outcome_of
from tests.delivery.conftest import START
from tests.delivery.venue import build
from tests.invigilation.room import Room, officer

MATCH = Answer(FaceOutcome.MATCH, "", 0.31, "a" * 64)
NO_MATCH = Answer(FaceOutcome.NO_MATCH, "", 0.83, "a" * 64)
LATE = 2  # candidate 2 has not come yet


def check(room: Room, answer: Answer = NO_MATCH, actor: Actor | None = None, at: float = 5) -> FaceCheck:
    pk = room.theory(LATE).pk
    return face_checks.record_comparison(
        sitting_id=pk, actor=actor or room.first, answer=answer, now=room.at(at)
    )


def admit(room: Room, actor: Actor | None = None, at: float = 6) -> None:
    face_checks.admit(sitting_id=room.theory(LATE).pk, actor=actor or room.first, now=room.at(at))


def release(room: Room, actor: Actor, note: str = "证件与本人一致", at: float = 7) -> None:
    face_checks.release(sitting_id=room.theory(LATE).pk, actor=actor, note=note, now=room.at(at))


def report(room: Room, actor: Actor) -> None:
    face_checks.report(
        sitting_id=room.theory(LATE).pk,
        actor=actor,
        note="不是本人",
        severity=Severity.SERIOUS,
        now=room.at(8),
    )


@pytest.mark.parametrize(
    ("beside", "outcome", "reason"),
    [
        (("same", 0), FaceOutcome.MATCH, ""),
        (("same", 1e-9), FaceOutcome.CANNOT_VERIFY, "unsure"),
        (("different", -1e-9), FaceOutcome.CANNOT_VERIFY, "unsure"),
        (("different", 0), FaceOutcome.NO_MATCH, ""),
    ],
)
def test_a_distance_on_either_side_of_a_limit(beside: tuple[str, float], outcome: str, reason: str) -> None:
    rules = load_identity_rules()
    middle = getattr(rules, beside[0]) + beside[1]
    answer = read_answer(Said(outcome_of(middle, rules), middle, None), "f" * 64)
    assert (answer.outcome, answer.reason, answer.distance) == (outcome, reason, middle)


def test_what_hides_a_face_is_said() -> None:
    answer = read_answer(Said(Outcome.CANNOT_VERIFY, None, "no_face"), "f" * 64)
    assert (answer.outcome, answer.reason) == (FaceOutcome.CANNOT_VERIFY, "no_face")


@pytest.mark.requirement("S18")
def test_s18_a_mismatch_holds_until_a_second_person_lets_in_with_a_note(room: Room) -> None:
    check(room)
    for actor in (room.first, room.second, room.venue.chief):
        with pytest.raises(NotAllowed, match="on_hold"):
            admit(room, actor)
    for actor, note, code in (
        (room.first, "是本人", "second_person_needed"),
        (room.second, "  ", "reason_needed"),
        (room.officer, "是本人", "staff_only"),
    ):
        with pytest.raises(NotAllowed, match=code):
            release(room, actor, note)
    assert room.theory(LATE).state == "EXPECTED"
    release(room, room.second)
    admit(room)
    made = FaceCheck.objects.get()
    assert (made.state, made.decided_by_id, made.note) == ("RELEASED", room.second.id, "证件与本人一致")
    assert (room.theory(LATE).state, Case.objects.count()) == ("CHECKED_IN", 0)


@pytest.mark.requirement("S18")
def test_s18_a_second_person_opens_a_case_and_the_hold_stands_until_it_is_withdrawn(room: Room) -> None:
    check(room)
    with pytest.raises(NotAllowed, match="second_person_needed"):
        report(room, room.first)
    report(room, room.second)
    case = Case.objects.get()
    assert (case.clause, case.severity, case.opened_by_id) == ("四.4", "SERIOUS", room.second.id)
    with pytest.raises(IllegalMove):
        report(room, room.second)
    with pytest.raises(NotAllowed, match="on_hold"):
        admit(room)
    with pytest.raises(NotAllowed, match="case_exists"):
        release(room, room.venue.chief)
    withdraw_case(case=case, actor=room.officer, note="本人", now=room.at(9))
    release(room, room.venue.chief)
    admit(room)
    assert room.theory(LATE).state == "CHECKED_IN"


@pytest.mark.requirement("S18", partly=True)
def test_a_held_candidate_is_not_compared_again_until_it_fits(room: Room) -> None:
    check(room)
    for again in (MATCH, cannot("no_face")):
        with pytest.raises(NotAllowed, match="on_hold"):
            check(room, again, room.second)
    with pytest.raises(NotAllowed, match="on_hold"):
        face_checks.record_refusal(sitting_id=room.theory(LATE).pk, actor=room.first, now=room.at(6))
    assert FaceCheck.objects.get().outcome == "NO_MATCH"


def test_time_at_the_hold_makes_nobody_late(room: Room) -> None:
    with override_settings(LATE_CUTOFF_MINUTES=10):
        check(room, at=10 - 1 / 60)
        release(room, room.second, at=25)
        admit(room, at=26)
    assert room.theory(LATE).state == "CHECKED_IN"


def test_who_came_to_the_desk_late_stays_late_after_a_hold(room: Room) -> None:
    with override_settings(LATE_CUTOFF_MINUTES=10):
        check(room, at=10)
        release(room, room.second, at=25)
        with pytest.raises(NotAllowed, match="too_late"):
            admit(room, at=26)


@pytest.mark.requirement("S19")
def test_s19_who_refuses_is_checked_by_eye_and_sits_the_exam(room: Room) -> None:
    made = face_checks.record_refusal(sitting_id=room.theory(LATE).pk, actor=room.first, now=room.at(5))
    assert (made.consent, made.reason, made.state, made.distance) == ("", "refused", "TO_LOOK", None)
    admit(room, room.second)
    made.refresh_from_db()
    assert (made.state, made.decided_by_id, made.decided_at) == ("CLEAR", room.second.id, room.at(6))
    assert room.theory(LATE).state == "CHECKED_IN"


def test_without_any_comparison_nothing_differs(room: Room) -> None:
    admit(room)
    assert (room.theory(LATE).state, FaceCheck.objects.count()) == ("CHECKED_IN", 0)


def test_what_the_machine_cannot_say_is_looked_at_by_eye_or_compared_again(room: Room) -> None:
    assert check(room, cannot("no_face")).state == "TO_LOOK"
    assert check(room, MATCH, room.second).state == "CLEAR"
    admit(room)
    with pytest.raises(NotAllowed, match="already_admitted"):
        check(room)
    assert FaceCheck.objects.get().outcome == "MATCH"


def test_consent_is_to_the_text_of_today(room: Room) -> None:
    for consent in ("", "2025-1"):
        with pytest.raises(NotAllowed, match="consent_needed"):
            face_checks.check_may_compare(sitting_id=room.theory(LATE).pk, actor=room.first, consent=consent)


def test_the_record_says_who_and_what_and_holds_no_measure(room: Room) -> None:
    check(room)
    entry = LogEntry.objects.get(action="face.checked")
    assert set(entry.data) == {"sitting", "state", "consent", "outcome", "reason"}
    assert str(room.first) in entry.actor


@pytest.mark.parametrize("changes", [{"decided_by_id": None}, {"note": ""}, {"own": True}])
def test_the_database_refuses_a_release_that_no_second_person_signed(
    room: Room, changes: dict[str, object]
) -> None:
    made = check(room)
    facts: dict[str, object] = {"state": "RELEASED", "note": "是", "decided_by_id": room.second.id}
    facts |= {"decided_by_id": room.first.id} if "own" in changes else changes
    with pytest.raises(IntegrityError), transaction.atomic():
        FaceCheck.objects.filter(pk=made.pk).update(**facts)


def test_the_distance_goes_when_its_days_are_over_and_the_outcome_stays(room: Room) -> None:
    check(room, MATCH)
    over = room.at(5) + timedelta(days=30)
    assert face_checks.forget_distances(now=over - timedelta(seconds=1), days=30) == 0
    assert face_checks.forget_distances(now=over, days=30) == 1
    made = FaceCheck.objects.get()
    assert (made.outcome, made.distance) == ("MATCH", None)


@pytest.mark.parametrize("held", [True, False])
def test_a_hold_at_the_desk_or_of_the_law_keeps_the_distance(room: Room, held: bool) -> None:
    check(room, NO_MATCH if held else MATCH)
    if not held:
        place_hold(sitting_id=room.theory(LATE).pk, actor=room.officer, reason="诉讼", now=room.at(9))
    assert face_checks.forget_distances(now=room.at(5) + timedelta(days=90), days=30) == 0


ACTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=12)


class NobodyPassesAHoldAlone(TestCase):
    """Whatever staff do in whatever order."""

    @run_settings(max_examples=25, deadline=None)
    @given(acts=ACTS)
    def test_no_sequence_admits_a_held_candidate_without_a_second_person(
        self, acts: list[tuple[int, int]]
    ) -> None:
        """After the machine said NO_MATCH, who is admitted has the signature of somebody else."""
        venue = build(START - timedelta(hours=1))
        room = Room(venue, START, officer("o1"), officer("o2"))
        people = (room.first, room.second, venue.chief)
        held = False
        for act, who in acts:
            try:
                _act(room, act, people[who])
            except (NotAllowed, IllegalMove):
                continue
            held = held or act == 0
        made = FaceCheck.objects.filter(sitting_id=room.theory(LATE).pk).first()
        if room.theory(LATE).state != "EXPECTED" and held:
            assert made is not None
            assert made.state == "RELEASED"
            assert made.decided_by_id not in (None, made.checked_by_id)


def _act(room: Room, act: int, actor: Actor) -> None:
    if act < 3:
        check(room, (NO_MATCH, MATCH, cannot("no_face"))[act], actor)
    elif act == 3:
        release(room, actor)
    elif act == 4:
        report(room, actor)
    else:
        admit(room, actor)


def test_the_candidate_of_another_hold_is_not_touched(room: Room) -> None:
    check(room)
    face_checks.admit(sitting_id=room.theory(3).pk, actor=room.first, now=room.at(6))
    assert room.theory(3).state == "CHECKED_IN"
