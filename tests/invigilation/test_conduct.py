"""Reminders, cases and what follows: the scenarios S22 to S28 through the services."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from examserver.delivery.models import Notice, Sitting
from examserver.delivery.services import closing
from examserver.delivery.services.notices import mark_read
from examserver.invigilation import selectors
from examserver.invigilation.models import Case, Incident, Reminder
from examserver.invigilation.services.cases import withdraw_case
from examserver.invigilation.services.incidents import dismiss_incident
from examserver.invigilation.services.reminders import (
    NewReminder,
    follow_notices,
    issue_reminder,
    mark_complied,
    mark_not_complied,
)
from examserver.invigilation.states import DismissReason, Severity
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import IllegalMove
from examserver.registration.models import Bar
from examserver.registration.selectors import bars_on
from itembank.states import Subject
from tests.invigilation.room import Room


def begin_practical(room: Room) -> None:
    """Candidate 0 sits the practical from 13:00 on; the theory is over."""
    now = room.at(240)
    if room.theory().state == "IN_PROGRESS":
        closing.close_overdue(now=room.at(95))
    room.venue.make_ready(0, now - timedelta(minutes=5), Subject.PRACTICAL)
    room.venue.start(now, Subject.PRACTICAL)
    assert room.practical().state == "IN_PROGRESS"


def test_s22_a_candidate_who_complies_has_no_case_and_a_free_screen(room: Room) -> None:
    incident = room.notice()
    new = NewReminder("二.1", incident)
    reminder = issue_reminder(sitting_id=room.theory().pk, actor=room.first, new=new, now=room.at(12))
    notice = Notice.objects.get(sitting=room.theory())
    assert (notice.kind, notice.clause, notice.issued_by_id) == ("REMINDER", "二.1", room.first.id)
    assert "经提醒" in notice.body
    mark_complied(reminder=reminder, actor=room.first, note="", now=room.at(13))
    assert (Reminder.objects.get().state, Incident.objects.get().state) == ("COMPLIED", "ACKNOWLEDGED")
    assert Notice.objects.get().withdrawn_at == room.at(13)
    assert not Case.objects.exists()
    assert room.theory().state == "IN_PROGRESS"


def test_s23_who_refuses_loses_this_subject_and_keeps_the_other(room: Room) -> None:
    reminder = room.remind()
    room.refuse(reminder)
    case = room.propose("二.1", reminder=reminder)
    assert (case.state, case.proposed_by_id) == ("PROPOSED", room.first.id)
    room.confirm(case)
    theory = room.theory()
    assert (theory.state, theory.submitted_by, theory.receipt_count) == ("VOID_SUBJECT", "staff", 0)
    assert not Bar.objects.exists()
    begin_practical(room)


def test_s24_without_a_reminder_nobody_can_confirm(room: Room) -> None:
    case = room.propose("二.1")
    for actor in (room.first, room.second, room.venue.chief, room.officer):
        with pytest.raises(NotAllowed, match="reminder_required"):
            room.confirm(case, actor)
    assert (Case.objects.get().state, room.theory().state) == ("PROPOSED", "IN_PROGRESS")


@pytest.mark.parametrize("act", ["nothing", "complied", "wordless"])
def test_s24_a_reminder_that_was_not_refused_opens_nothing(room: Room, act: str) -> None:
    reminder = room.remind()
    if act == "complied":
        mark_complied(reminder=reminder, actor=room.first, note="已收起", now=room.at(13))
    if act == "wordless":
        room.refuse(reminder, note=" ")
    with pytest.raises(NotAllowed, match="reminder_required"):
        room.confirm(room.propose("二.1"))


def test_s25_a_reminder_of_another_clause_opens_nothing(room: Room) -> None:
    reminder = room.remind("二.2")
    room.refuse(reminder)
    with pytest.raises(NotAllowed, match="clause_mismatch"):
        room.propose("二.1", reminder=reminder)
    with pytest.raises(NotAllowed, match="reminder_required"):
        room.confirm(room.propose("二.1"))


def test_s26_a_reminder_of_the_morning_does_not_count_in_the_afternoon(room: Room) -> None:
    reminder = room.remind()
    room.refuse(reminder)
    begin_practical(room)
    practical = room.practical()
    with pytest.raises(NotAllowed, match="clause_mismatch"):
        room.propose("二.1", reminder=reminder, sitting=practical, minutes=260)
    case = room.propose("二.1", sitting=practical, minutes=260)
    with pytest.raises(NotAllowed, match="reminder_required"):
        room.confirm(case, minutes=261)
    room.refuse(room.remind(minutes=262, sitting=practical), minutes=264)
    room.confirm(case, minutes=265)
    assert (room.theory().state, room.practical().state) == ("SUBMITTED", "VOID_SUBJECT")


def test_an_incident_that_goes_on_is_evidence_without_a_word(room: Room) -> None:
    room.notice()
    reminder = room.remind()
    room.refuse(reminder, note="")
    room.confirm(room.propose("二.1", reminder=reminder))
    assert Case.objects.get().reminder_id == reminder.pk


def test_s27_the_use_of_a_device_voids_the_day_and_bars_the_year(room: Room) -> None:
    incident = room.notice()
    case = room.propose("三.1", incident=incident, note="用手机拍屏幕")
    assert (case.state, case.proposed_by_id, Incident.objects.get().state) == ("OPEN", None, "ATTACHED")
    case = room.propose("三.1", room.venue.chief, note="看到照片")
    assert (case.state, case.note) == ("PROPOSED", "用手机拍屏幕\n看到照片")
    room.confirm(case, room.officer, minutes=40)
    assert (room.theory().state, room.practical().state) == ("VOID_ALL", "VOID_ALL")
    bar = Bar.objects.get()
    assert (bar.first_day, bar.last_day) == (date(2026, 3, 28), date(2026, 12, 31))
    assert bars_on(bar.candidate_id, date(2026, 12, 31)).exists()
    assert not bars_on(bar.candidate_id, date(2027, 1, 1)).exists()


def test_s27_a_voided_practical_cannot_begin(room: Room) -> None:
    room.confirm(room.propose("三.1", room.venue.chief), room.officer)
    with pytest.raises(IllegalMove):
        room.venue.make_ready(0, room.at(235), Subject.PRACTICAL)
    assert room.practical(1).state == "EXPECTED"


def test_s28_a_late_decision_ends_the_practical_that_runs(room: Room) -> None:
    case = room.propose("三.1", room.venue.chief)
    begin_practical(room)
    assert room.practical().state == "IN_PROGRESS"
    room.confirm(case, room.officer, minutes=310)
    assert (room.theory().state, room.practical().state) == ("VOID_ALL", "VOID_ALL")
    assert room.practical().submitted_at == room.at(310)


def test_tier_four_is_signed_by_two_of_the_office_and_its_bar_has_its_length(room: Room) -> None:
    case = room.propose("四.4", room.venue.chief, severity=Severity.SERIOUS)
    assert case.state == "OPEN"
    case = room.propose("四.4", room.officer, severity=Severity.MINOR)
    with pytest.raises(NotAllowed, match="second_person_needed"):
        room.confirm(case, room.officer)
    room.confirm(case, room.second_officer)
    assert (Bar.objects.get().last_day, Case.objects.get().severity) == (date(2028, 3, 27), "MINOR")


def test_nobody_confirms_what_they_proposed(room: Room) -> None:
    room.refuse(room.remind())
    case = room.propose("二.1")
    with pytest.raises(NotAllowed, match="second_person_needed"):
        room.confirm(case, room.first)
    room.confirm(case, room.venue.chief)


def test_the_second_person_must_have_the_tiers_role_and_be_in_the_room(room: Room) -> None:
    third = Actor("staff", room.officer.id, frozenset({Role.INVIGILATOR}))
    room.refuse(room.remind())
    with pytest.raises(NotAllowed, match="not_on_duty"):
        room.confirm(room.propose("二.1"), third)
    case = room.propose("三.2", room.venue.chief)
    for actor in (room.first, room.second):
        with pytest.raises(NotAllowed, match="role_needed"):
            room.confirm(case, actor)


def test_what_was_only_reported_cannot_be_confirmed(room: Room) -> None:
    case = room.propose("三.2")
    with pytest.raises(IllegalMove):
        room.confirm(case, room.officer)
    with pytest.raises(NotAllowed, match="case_exists"):
        room.propose("三.2", room.second)


def test_confirming_twice_is_refused_and_bars_once(room: Room) -> None:
    case = room.propose("三.2", room.venue.chief)
    room.confirm(case, room.officer)
    with pytest.raises(IllegalMove):
        room.confirm(case, room.second_officer)
    assert Bar.objects.count() == 1


@pytest.mark.parametrize(
    ("clause", "more", "code"),
    [
        ("五.1", {}, "unknown_clause"),
        ("四.1", {}, "severity_required"),
        ("三.2", {"severity": Severity.MINOR}, "severity_not_allowed"),
        ("二.4", {"note": " "}, "note_required"),
        ("三.5", {"note": ""}, "note_required"),
        ("四.7", {"note": "", "severity": Severity.MINOR}, "note_required"),
    ],
)
def test_a_case_must_be_whole(room: Room, clause: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        room.propose(clause, **more)
    assert not Case.objects.exists()


def test_a_case_rests_only_on_its_own_sittings_incidents(room: Room) -> None:
    incident = room.notice()
    with pytest.raises(NotAllowed, match="incident_mismatch"):
        room.propose("三.2", sitting=room.theory(1), incident=incident)
    dismiss_incident(incident=incident, actor=room.first, reason=DismissReason.STAFF, now=room.at(12))
    with pytest.raises(IllegalMove):
        room.propose("三.2", incident=incident)
    assert not Case.objects.exists()


def test_a_withdrawn_case_changes_nothing_and_may_be_reported_again(room: Room) -> None:
    case = room.propose("三.2", room.venue.chief)
    for actor, note, code in ((room.second, "误会", "role_needed"), (room.venue.chief, " ", "reason_needed")):
        with pytest.raises(NotAllowed, match=code):
            withdraw_case(case=case, actor=actor, note=note, now=room.at(20))
    withdraw_case(case=case, actor=room.venue.chief, note="误会", now=room.at(20))
    with pytest.raises(IllegalMove):
        room.confirm(case, room.officer)
    assert room.theory().state == "IN_PROGRESS"
    assert room.propose("三.2", room.venue.chief).pk != case.pk


def test_a_confirmed_case_cannot_be_withdrawn(room: Room) -> None:
    case = room.confirm(room.propose("三.2", room.venue.chief), room.officer)
    with pytest.raises(IllegalMove):
        withdraw_case(case=case, actor=room.venue.chief, note="误会", now=room.at(20))


@pytest.mark.parametrize(
    ("clause", "code"),
    [("二.4", "no_reminder_for_clause"), ("三.1", "no_reminder_for_clause"), ("二.9", "no_rem")],
)
def test_only_the_three_clauses_have_reminders(room: Room, clause: str, code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        room.remind(clause)


def test_a_reminder_comes_from_a_person_on_duty_and_never_from_the_machine(room: Room) -> None:
    for actor in (SYSTEM, room.venue.candidate(0), room.officer):
        with pytest.raises(NotAllowed, match="staff_only"):
            issue_reminder(sitting_id=room.theory().pk, actor=actor, new=NewReminder("二.1"), now=room.at(12))
    assert not Notice.objects.exists()


def test_one_reminder_of_a_clause_at_a_time(room: Room) -> None:
    reminder = room.remind()
    with pytest.raises(NotAllowed, match="already_reminded"):
        room.remind(minutes=13)
    room.remind("二.3", minutes=13)
    mark_complied(reminder=reminder, actor=room.first, note="", now=room.at(14))
    room.remind(minutes=15)
    assert Reminder.objects.count() == Notice.objects.count() == 3


def test_who_is_not_there_cannot_be_reminded(room: Room) -> None:
    with pytest.raises(NotAllowed, match="not_open"):
        room.remind(sitting=room.theory(2))


def test_a_reminder_is_decided_once(room: Room) -> None:
    reminder = room.remind()
    room.refuse(reminder)
    with pytest.raises(IllegalMove):
        mark_not_complied(reminder=Reminder.objects.get(), actor=room.second, note="", now=room.at(15))
    assert Reminder.objects.get().decided_by_id == room.first.id


def test_a_reminder_follows_what_the_page_says_of_its_notice(room: Room) -> None:
    reminder = room.remind()
    assert follow_notices(now=room.at(13)) == 0
    mark_read(sitting=room.theory(), notice_id=reminder.notice_id, now=room.at(12.5))
    assert follow_notices(now=room.at(13)) == 1
    followed = Reminder.objects.get()
    assert (followed.state, followed.read_at) == ("READ", room.at(12.5))
    assert follow_notices(now=room.at(14)) == 0


def test_the_database_itself_wants_two_different_people(room: Room) -> None:
    case = room.propose("三.2", room.venue.chief)
    for signed in (None, room.venue.chief.id):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.update(state="CONFIRMED", confirmed_by_id=signed, confirmed_at=room.at(20))
    assert Case.objects.get(pk=case.pk).state == "PROPOSED"


def test_the_database_itself_wants_the_reminder_of_a_confirmed_case(room: Room) -> None:
    room.propose("二.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state="CONFIRMED", confirmed_by_id=room.second.id, confirmed_at=room.at(20))


def test_what_results_ask_about_cases(room: Room) -> None:
    both = [room.theory().pk, room.practical().pk, room.theory(1).pk]
    case = room.propose("三.2", room.venue.chief)
    assert selectors.open_case_sittings(both) == {room.theory().pk}
    assert selectors.void_clauses(both) == {}
    room.confirm(case, room.officer)
    assert selectors.open_case_sittings(both) == frozenset()
    assert selectors.void_clauses(both) == {room.theory().pk: "三.2", room.practical().pk: "三.2"}


def test_a_subject_case_names_only_its_own_sitting_and_a_graver_one_takes_over(room: Room) -> None:
    both = [room.theory().pk, room.practical().pk]
    room.refuse(room.remind())
    room.confirm(room.propose("二.1"))
    assert selectors.void_clauses(both) == {room.theory().pk: "二.1"}
    room.confirm(room.propose("三.1", room.venue.chief), room.officer)
    assert selectors.void_clauses(both) == {room.theory().pk: "三.1", room.practical().pk: "三.1"}
    assert Sitting.objects.filter(state="VOID_ALL").count() == 2
