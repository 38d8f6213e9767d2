"""The day's rules: admission, seats, start, clock, same day."""

from datetime import datetime, timedelta

import pytest

from examserver.delivery.models import Session
from examserver.delivery.services import admission, scheduling, sessions, sittings, time
from examserver.delivery.services.notices import NewNotice, issue_notice, mark_read
from examserver.delivery.states import NoticeKind, SittingState
from examserver.kernel.access import NotAllowed
from examserver.kernel.chain import broken_entries
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from itembank.states import Subject
from tests.delivery.venue import SmallVenue


def fresh(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def test_one_invigilator_cannot_start_a_room(venue: SmallVenue, start: datetime) -> None:
    first = venue.invigilators[0]
    sessions.arrive(session=venue.theory, actor=first, now=start)
    sessions.arm_session(session=venue.theory, actor=first, now=start)
    with pytest.raises(NotAllowed, match="room_needs_two"):
        sessions.start_session(session=fresh(venue.theory), actor=first, now=start)


def test_the_signal_begins_only_who_is_ready(venue: SmallVenue, start: datetime) -> None:
    venue.make_ready(0, start)
    sittings.admit(sitting=venue.sitting(1), actor=venue.invigilators[0], now=start)
    venue.start(start)
    assert [venue.sitting(n).state for n in (0, 1, 2)] == ["IN_PROGRESS", "CHECKED_IN", "EXPECTED"]


def test_who_comes_at_minute_29_gets_the_same_end(venue: SmallVenue, start: datetime) -> None:
    venue.start(start)
    arrival = start + timedelta(minutes=29, seconds=59)
    venue.make_ready(0, arrival)
    late = venue.sitting(0)
    assert (late.state, late.late_minutes) == ("IN_PROGRESS", 29)
    assert late.ends_at == start + timedelta(minutes=90)


def test_from_minute_30_only_the_chief_admits_and_says_why(venue: SmallVenue, start: datetime) -> None:
    venue.start(start)
    closed = start + timedelta(minutes=30)
    for actor, reason in ((venue.invigilators[0], "堵车"), (venue.chief, " ")):
        with pytest.raises(NotAllowed, match="too_late"):
            sittings.admit(sitting=venue.sitting(0), actor=actor, now=closed, reason=reason)
    sittings.admit(sitting=venue.sitting(0), actor=venue.chief, now=closed, reason="车祸，有证明")
    assert venue.sitting(0).state == "CHECKED_IN"


def test_sign_in_works_only_at_the_assigned_seat(venue: SmallVenue, start: datetime) -> None:
    tail, other = venue.people[0].id_number[-6:].lower(), venue.sitting(1).seat
    typed = admission.Credentials(" ta01 ", tail)
    with pytest.raises(admission.SignInRefused) as refused:
        admission.sign_in(credentials=typed, seat=other, now=start)
    assert (refused.value.code, refused.value.right_seat) == ("wrong_seat", "一号考场 A01")
    assert LogEntry.objects.filter(action="sitting.wrong_seat").count() == 1
    assert admission.sign_in(credentials=typed, seat=venue.sitting(0).seat, now=start)


@pytest.mark.parametrize(
    ("ticket", "tail", "code"), [("T999", "000000", "unknown_ticket"), ("TA01", "000000", "wrong_id_tail")]
)
def test_wrong_credentials_say_which(
    venue: SmallVenue, start: datetime, ticket: str, tail: str, code: str
) -> None:
    with pytest.raises(admission.SignInRefused, match=code):
        admission.sign_in(
            credentials=admission.Credentials(ticket, tail), seat=venue.sitting(0).seat, now=start
        )


def test_a_ticket_is_good_on_its_day_only(venue: SmallVenue, start: datetime) -> None:
    typed = admission.Credentials("TA01", venue.people[0].id_number[-6:])
    with pytest.raises(admission.SignInRefused, match="not_today"):
        admission.sign_in(credentials=typed, seat=venue.sitting(0).seat, now=start + timedelta(days=1))


def test_after_theory_the_ticket_leads_to_the_practical(venue: SmallVenue, start: datetime) -> None:
    venue.make_ready(0, start)
    venue.start(start)
    sittings.terminate_sitting(sitting=venue.sitting(0), actor=venue.chief, reason="测试", now=start)
    typed = admission.Credentials("TA01", venue.people[0].id_number[-6:])
    admission.sign_in(credentials=typed, seat=venue.sitting(0).seat, now=start)
    practical = venue.sitting(0, Subject.PRACTICAL)
    assert practical.ticket.candidate.sessions.get(closed_at=None).sitting == practical.pk


def test_a_first_time_candidate_has_both_subjects_on_one_date(venue: SmallVenue, start: datetime) -> None:
    with pytest.raises(NotAllowed, match="same_day_required"):
        scheduling.schedule_session(
            exam_day=venue.theory.exam_day,
            room=venue.theory.room,
            subject=Subject.PRACTICAL,
            start=start + timedelta(days=1),
            staff=[],
        )
    tomorrow = scheduling.add_exam_day(day=venue.theory.exam_day.date + timedelta(days=1), title="次日")
    other = scheduling.schedule_session(
        exam_day=tomorrow,
        room=venue.theory.room,
        subject=Subject.PRACTICAL,
        start=start + timedelta(days=1),
        staff=[],
    )
    sitting = venue.sitting(0, Subject.PRACTICAL)
    placement = scheduling.Placement(sitting.ticket_id, sitting.seat, sitting.paper_id)
    with pytest.raises(NotAllowed, match="same_day_required"):
        scheduling.place_candidate(session=other, placement=placement)


def test_pause_and_resume_give_back_exactly_what_was_lost(venue: SmallVenue, start: datetime) -> None:
    venue.make_ready(0, start)
    venue.start(start)
    cut, back = start + timedelta(minutes=47), start + timedelta(minutes=65)
    sessions.pause_session(session=fresh(venue.theory), actor=venue.invigilators[0], reason="停电", now=cut)
    assert venue.sitting(0).state == "PAUSED"
    sessions.resume_session(session=fresh(venue.theory), actor=venue.invigilators[0], reason="来电", now=back)
    assert venue.sitting(0).ends_at == start + timedelta(minutes=108)


@pytest.mark.parametrize(("minutes", "allowed"), [(0, False), (1, True), (60, True), (61, False)])
def test_extra_time_is_one_to_sixty_minutes(
    venue: SmallVenue, start: datetime, minutes: int, allowed: bool
) -> None:
    venue.make_ready(0, start)
    venue.start(start)
    given = {"sitting": venue.sitting(0), "actor": venue.chief, "reason": "设备", "now": start}
    if allowed:
        time.grant_extra_time(minutes=minutes, **given)
        assert venue.sitting(0).ends_at == start + timedelta(minutes=90 + minutes)
    else:
        with pytest.raises(NotAllowed, match="bad_minutes"):
            time.grant_extra_time(minutes=minutes, **given)


def test_of_two_movers_one_is_told_that_he_came_second(venue: SmallVenue, start: datetime) -> None:
    one, other = venue.sitting(0), venue.sitting(0)
    sittings.admit(sitting=one, actor=venue.invigilators[0], now=start)
    with pytest.raises(IllegalMove):
        sittings.admit(sitting=other, actor=venue.invigilators[1], now=start)


def test_a_void_keeps_the_answers_and_the_other_subject(venue: SmallVenue, start: datetime) -> None:
    venue.make_ready(0, start)
    venue.start(start)
    sittings.void_sitting(
        sitting=venue.sitting(0),
        target=SittingState.VOID_SUBJECT,
        actor=venue.chief,
        reason="二.1",
        now=start,
    )
    assert venue.sitting(0).state == "VOID_SUBJECT"
    assert venue.sitting(0).receipt_sha256
    assert venue.sitting(0, Subject.PRACTICAL).state == "EXPECTED"


def test_only_staff_puts_a_notice_on_a_screen_and_its_reading_is_kept(
    venue: SmallVenue, start: datetime
) -> None:
    venue.make_ready(0, start)
    message = NewNotice(NoticeKind.MESSAGE, body="请坐好")
    with pytest.raises(NotAllowed, match="staff_only"):
        issue_notice(sitting=venue.sitting(0), actor=venue.candidate(0), notice=message, now=start)
    notice = issue_notice(sitting=venue.sitting(0), actor=venue.invigilators[0], notice=message, now=start)
    with pytest.raises(NotAllowed, match="not_found"):
        mark_read(sitting=venue.sitting(1), notice_id=notice.pk, now=start)
    mark_read(sitting=venue.sitting(0), notice_id=notice.pk, now=start)
    notice.refresh_from_db()
    assert notice.read_at == notice.shown_at == start


def test_the_audit_chain_shows_a_changed_entry(venue: SmallVenue, start: datetime) -> None:
    venue.make_ready(0, start)
    stream = f"session:{venue.theory.pk}"
    assert list(broken_entries(stream)) == []
    entry = LogEntry.objects.filter(stream=stream)[1]
    LogEntry.objects.filter(pk=entry.pk).update(data={"reason": "changed"})
    assert [one.number for one in broken_entries(stream)] == [entry.number]
