"""From the written decision to the end of an appeal: windows, signatures, and what is given back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.delivery.states import SittingState
from examserver.invigilation.appeals import Verdict, is_graver, void_due
from examserver.invigilation.models import Appeal, Case
from examserver.invigilation.selectors import void_clauses
from examserver.invigilation.services.appeals import (
    Ruling,
    close_cases,
    decide_appeal,
    decide_case,
    file_appeal,
    tell_decision,
)
from examserver.invigilation.states import CaseState, Severity, ToldBy
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from examserver.registration.models import Bar
from examserver.registration.notice import CLAUSES
from examserver.registration.selectors import bars_on
from tests.invigilation.room import Room, officer
from tests.invigilation.test_conduct import begin_practical

WITHDRAWN = Ruling(CaseState.WITHDRAWN, "新证据表明不是其所为")


def confirmed(room: Room, clause: str = "三.1", severity: Severity = Severity.NONE) -> Case:
    """Candidate 0 is void for all of the day."""
    first = room.officer if clause.startswith("四") else room.venue.chief
    case = room.propose(clause, first, severity=severity)
    return room.confirm(case, room.second_officer)


def day(room: Room, later: int = 0) -> date:
    return room.start.date() + timedelta(days=later)


def told(room: Room, case: Case, later: int = 0) -> Case:
    """Decided and told `later` days after the exam."""
    now = room.at(60) + timedelta(days=later)
    decide_case(case=case, document="认定〔2026〕1 号", actor=room.officer, now=now)
    return tell_decision(
        case=case, told_by=ToldBy.IN_PERSON, on=day(room, later), actor=room.officer, now=now
    )


def appealed(room: Room, case: Case, received: date | None = None) -> Case:
    told(room, case)
    received = received or day(room)
    now = room.at(90) + (received - day(room))
    file_appeal(case=case, grounds="手机不是我的", received_on=received, actor=room.officer, now=now)
    return case


def third(room: Room) -> Actor:
    return officer("third officer")


def rule(room: Room, case: Case, ruling: Ruling, actor: Actor | None = None) -> Case:
    return decide_appeal(case=case, ruling=ruling, actor=actor or third(room), now=room.at(3000))


def test_the_window_is_five_working_days_from_the_day_after_the_candidate_was_told(room: Room) -> None:
    case = told(room, confirmed(room))  # Saturday 2026-03-28; the last of five working days is Friday 3 April
    assert (day(room), case.appeal_until) == (date(2026, 3, 28), date(2026, 4, 3))


@pytest.mark.parametrize(("received", "in_time"), [(date(2026, 4, 3), True), (date(2026, 4, 4), False)])
def test_an_appeal_is_in_time_on_the_last_day_and_late_on_the_next(
    room: Room, received: date, in_time: bool
) -> None:
    case = confirmed(room)
    if in_time:
        appealed(room, case, received)
        assert Case.objects.get().state == CaseState.APPEALED
        return
    with pytest.raises(NotAllowed, match="appeal_late"):
        appealed(room, case, received)
    assert Case.objects.get().state == CaseState.NOTIFIED


@pytest.mark.requirement("S58", partly=True)
def test_an_appeal_that_is_granted_gives_back_the_sittings_and_lifts_the_bar(room: Room) -> None:
    case = confirmed(room)
    assert {room.theory().state, room.practical().state} == {SittingState.VOID_ALL}
    assert bars_on(room.theory().ticket.candidate_id, day(room)).exists()
    rule(room, appealed(room, case), WITHDRAWN)
    # The theory was under way when it was voided, and so ended by staff; the practical is still to come.
    assert (room.theory().state, room.practical().state) == (SittingState.TERMINATED, SittingState.EXPECTED)
    assert not bars_on(room.theory().ticket.candidate_id, day(room)).exists()
    assert Bar.objects.get().lifted_at is not None
    assert void_clauses([room.theory().pk]) == {}
    begin_practical(room)
    actions = set(LogEntry.objects.values_list("action", flat=True))
    assert {"case.withdrawn", "sitting.restored", "bar.lifted"} <= actions


def test_a_subject_whose_session_is_over_is_given_back_as_not_admitted(room: Room) -> None:
    case = confirmed(room)
    appealed(room, case)
    session = room.practical().session
    session.state = "CLOSED"
    session.save(update_fields=["state"])
    rule(room, case, WITHDRAWN)
    assert room.practical().state == SittingState.NOT_ADMITTED


def test_another_verdict_of_the_day_keeps_its_own_void(room: Room) -> None:
    minor = room.propose("二.4", room.first)
    room.confirm(minor)
    rule(room, appealed(room, confirmed(room)), WITHDRAWN)
    assert (room.theory().state, room.practical().state) == (SittingState.VOID_SUBJECT, SittingState.EXPECTED)
    assert room.theory().before_void == SittingState.TERMINATED


def test_a_lighter_verdict_leaves_one_subject_void_and_no_bar(room: Room) -> None:
    case = rule(room, appealed(room, confirmed(room)), Ruling(CaseState.CHANGED, "尚不构成作弊", "二.4"))
    assert (case.clause, Appeal.objects.get().clause_before) == ("二.4", "三.1")
    assert (room.theory().state, room.practical().state) == (SittingState.VOID_SUBJECT, SittingState.EXPECTED)
    assert Bar.objects.get().lifted_at is not None


def test_a_lighter_severity_shortens_the_bar(room: Room) -> None:
    case = appealed(room, confirmed(room, "四.1", Severity.SERIOUS))
    before = Bar.objects.get().last_day
    # Both signatures of 四 are of officers, so a third one decides.
    rule(room, case, Ruling(CaseState.CHANGED, "情节较轻", "四.1", Severity.MINOR))
    bar = Bar.objects.get()
    assert (before, bar.last_day, bar.lifted_at) == (date(2031, 3, 27), date(2028, 3, 27), None)
    assert room.theory().state == SittingState.VOID_ALL


def test_an_appeal_that_is_refused_changes_nothing(room: Room) -> None:
    rule(room, appealed(room, confirmed(room)), Ruling(CaseState.UPHELD, "证据充分"))
    assert room.theory().state == SittingState.VOID_ALL
    assert Bar.objects.get().lifted_at is None


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        (Ruling(CaseState.CHANGED, "更重", "四.1", Severity.MINOR), "graver_verdict"),
        (Ruling(CaseState.CHANGED, "一样", "三.1"), "same_verdict"),
        (Ruling(CaseState.CHANGED, "没有", "五.1"), "unknown_clause"),
        (Ruling(CaseState.CHANGED, "未提醒", "二.1"), "reminder_required"),
        (Ruling(CaseState.CHANGED, "多余", "二.4", Severity.MINOR), "severity_not_allowed"),
        (Ruling(CaseState.WITHDRAWN, " "), "reason_needed"),
        (Ruling(CaseState.CLOSED, "结束"), "ruling_needed"),
    ],
)
def test_a_ruling_that_may_not_be_leaves_everything_as_it_was(room: Room, ruling: Ruling, code: str) -> None:
    case = appealed(room, confirmed(room))
    with pytest.raises(NotAllowed, match=code):
        rule(room, case, ruling)
    assert (Case.objects.get().state, Appeal.objects.get().ruling) == (CaseState.APPEALED, "")


def test_who_signed_cannot_decide_the_appeal(room: Room) -> None:
    case = appealed(room, confirmed(room))
    for actor, code in ((room.second_officer, "other_person_needed"), (room.venue.chief, "officer_only")):
        with pytest.raises(NotAllowed, match=code):
            rule(room, case, WITHDRAWN, actor)


def test_of_two_rulings_the_second_is_refused(room: Room) -> None:
    case = appealed(room, confirmed(room))
    stale = Case.objects.get()
    actor = third(room)
    rule(room, case, WITHDRAWN, actor)
    with pytest.raises(IllegalMove):
        rule(room, stale, Ruling(CaseState.UPHELD, "不成立"), actor)


def test_a_decision_needs_its_document_and_a_day_that_can_be(room: Room) -> None:
    case, now = confirmed(room), room.at(60)
    with pytest.raises(NotAllowed, match="document_needed"):
        decide_case(case=case, document=" ", actor=room.officer, now=now)
    decide_case(case=case, document="1", actor=room.officer, now=now)
    for later in (-1, 1):
        with pytest.raises(NotAllowed, match="told_day_wrong"):
            tell_decision(case=case, told_by=ToldBy.LETTER, on=day(room, later), actor=room.officer, now=now)


def test_a_case_is_closed_the_day_after_its_window_and_goes_on_to_stand(room: Room) -> None:
    case = told(room, confirmed(room))
    last_day = room.at(60) + timedelta(days=6)  # 3 April
    assert (close_cases(now=last_day), close_cases(now=last_day + timedelta(days=1))) == (0, 1)
    assert Case.objects.get().state == CaseState.CLOSED
    assert void_clauses([room.theory().pk]) == {room.theory().pk: "三.1"}
    assert case.withdrawn_at is None


CODES = st.sampled_from(sorted(CLAUSES))


@given(st.lists(st.tuples(st.sampled_from([1, 2]), CODES), max_size=4))
def test_what_is_due_is_the_gravest_that_reaches_the_sitting(verdicts: list[tuple[int, str]]) -> None:
    due = void_due(1, [Verdict(sitting, code) for sitting, code in verdicts])
    if any(code[0] in "三四" for _, code in verdicts):
        assert due is SittingState.VOID_ALL
    elif any(sitting == 1 for sitting, _ in verdicts):
        assert due is SittingState.VOID_SUBJECT
    else:
        assert due is None


def test_gravity_is_by_tier_and_then_by_severity() -> None:
    none, minor, serious = Severity
    assert is_graver("三.1", none, "二.1", none)
    assert is_graver("四.1", serious, "四.2", minor)
    assert not is_graver("四.1", minor, "四.1", serious)
    assert not is_graver("三.2", none, "三.1", none)
