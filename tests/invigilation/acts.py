"""Everything that can happen in a running room, as acts that chance can draw: each has a number to choose by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from examserver.delivery.models import Notice, Session, Sitting
from examserver.delivery.selectors import venue_date
from examserver.delivery.services import closing, notices, sessions, sittings, time
from examserver.delivery.states import NoticeKind
from examserver.invigilation.models import Case, DeviceRule, Incident, LeavePermit, Reminder
from examserver.invigilation.services import appeals, cases, devices, incidents, permits, reminders, retention
from examserver.invigilation.states import RULINGS, Device, DismissReason, LeavePurpose, Severity, ToldBy
from examserver.kernel.access import Actor
from examserver.registration.notice import CLAUSES
from proctor.reports import PHASES, Code, IncidentReport
from tests.invigilation.pictures import clip
from tests.invigilation.room import Room, still

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Draw:
    """The room, a number, the moment, and choices that the number alone decides."""

    room: Room
    number: int
    now: datetime
    chance: Random

    def one(self, rows: Sequence[Row]) -> Row:
        """One of `rows`; Nothing when there is none."""
        if not rows:
            raise Nothing
        return self.chance.choice(rows)

    def staff(self) -> Actor:
        """Somebody of the staff."""
        room = self.room
        return self.one([room.first, room.second, room.venue.chief, room.officer, room.second_officer])

    def sitting(self) -> Sitting:
        """Some sitting of the day, mostly one that is under way."""
        index = self.chance.choice((0, 0, 0, 1, 1, 2, 3))
        return self.room.practical(index) if self.chance.random() < 0.2 else self.room.theory(index)

    def session(self) -> Session:
        """One of the two sessions."""
        return self.one(list(Session.objects.order_by("pk")))


class Nothing(Exception):
    """There is nothing to act on."""


def admit(draw: Draw) -> None:
    sittings.admit(sitting=draw.sitting(), actor=draw.staff(), now=draw.now, reason="迟到")


def absent(draw: Draw) -> None:
    sittings.mark_absent(sitting=draw.sitting(), actor=draw.staff(), now=draw.now)


def seat(draw: Draw) -> None:
    candidate, sitting = draw.room.venue.candidate(draw.number % 4), draw.sitting()
    sittings.take_seat(sitting=sitting, actor=candidate, now=draw.now)
    sittings.waive_camera(sitting=sitting, actor=draw.staff(), reason="无", now=draw.now)
    sittings.accept_rules(sitting=sitting, actor=candidate, sha256="1" * 64, now=draw.now)


def hand(draw: Draw) -> None:
    candidate = draw.room.venue.candidate(draw.number % 4)
    sittings.raise_hand(sitting=draw.sitting(), actor=candidate, raised=bool(draw.number % 2), now=draw.now)


def extra_time(draw: Draw) -> None:
    minutes = 1 + draw.number % 60
    time.grant_extra_time(
        sitting=draw.sitting(), actor=draw.staff(), minutes=minutes, reason="补时", now=draw.now
    )


def pause(draw: Draw) -> None:
    time.pause_sitting(sitting=draw.sitting(), actor=draw.staff(), reason="故障", now=draw.now)


def resume(draw: Draw) -> None:
    time.resume_sitting(sitting=draw.sitting(), actor=draw.staff(), reason="修好", now=draw.now)


def pause_room(draw: Draw) -> None:
    sessions.pause_session(session=draw.session(), actor=draw.staff(), reason="停电", now=draw.now)


def resume_room(draw: Draw) -> None:
    sessions.resume_session(session=draw.session(), actor=draw.staff(), reason="来电", now=draw.now)


def message(draw: Draw) -> None:
    notice = notices.NewNotice(NoticeKind.MESSAGE, body=f"通知 {draw.number}")
    notices.issue_notice(sitting=draw.sitting(), actor=draw.staff(), notice=notice, now=draw.now)


def arrive(draw: Draw) -> None:
    sessions.arrive(session=draw.session(), actor=draw.staff(), now=draw.now)


def arm(draw: Draw) -> None:
    sessions.arm_session(session=draw.session(), actor=draw.staff(), now=draw.now)


def start(draw: Draw) -> None:
    sessions.start_session(session=draw.session(), actor=draw.staff(), now=draw.now)


def close(draw: Draw) -> None:
    sessions.close_session(session=draw.session(), actor=draw.staff(), now=draw.now)


def hand_in(draw: Draw) -> None:
    candidate = draw.room.venue.candidate(draw.number % 4)
    closing.hand_in(sitting=draw.sitting(), actor=candidate, now=draw.now)


def time_passes(draw: Draw) -> None:
    later = draw.now + timedelta(minutes=draw.number % 240)
    closing.close_overdue(now=later)
    closing.close_finished_sessions(now=later)


def terminate(draw: Draw) -> None:
    sittings.terminate_sitting(sitting=draw.sitting(), actor=draw.staff(), reason="违纪", now=draw.now)


def notice(draw: Draw) -> None:
    code, phase = draw.one(list(Code)), PHASES[draw.number % 3]
    shown = (still(draw.now.timestamp(), draw.number % 250),) if draw.number % 2 else ()
    source = draw.sitting().pk
    report = draw.room.report(code, phase, source=source, lasted=3 + draw.number % 90, stills=shown)
    incidents.record_incident(report=report, now=draw.now)


def film(draw: Draw) -> None:
    found = draw.one(list(Incident.objects.filter(code__in=[code.value for code in Code]).order_by("pk")))
    at = draw.now.timestamp()
    told = IncidentReport(found.uid, found.sitting_id, Code(found.code), "filmed", at - 13, at, 0.5)
    shown = replace(told, clip=clip(draw.number % 200))
    incidents.record_incident(report=shown, now=draw.now)


def expire(draw: Draw) -> None:
    retention.delete_expired(now=draw.now + timedelta(days=draw.number % 400))


def look(draw: Draw) -> None:
    found = draw.one(list(Incident.objects.order_by("pk")))
    incidents.acknowledge_incident(incident=found, actor=draw.staff(), now=draw.now)


def dismiss(draw: Draw) -> None:
    found, reason = draw.one(list(Incident.objects.order_by("pk"))), draw.one(list(DismissReason))
    incidents.dismiss_incident(incident=found, actor=draw.staff(), reason=reason, now=draw.now)


def remind(draw: Draw) -> None:
    sitting = draw.sitting()
    found = Incident.objects.filter(sitting=sitting).first()
    new = reminders.NewReminder(("二.1", "二.2", "二.3")[draw.number % 3], found)
    reminders.issue_reminder(sitting_id=sitting.pk, actor=draw.staff(), new=new, now=draw.now)


def read(draw: Draw) -> None:
    found = draw.one(list(Notice.objects.order_by("pk")))
    sitting = Sitting.objects.get(pk=found.sitting_id)
    if draw.number % 2:
        notices.mark_shown(sitting=sitting, notice_id=found.pk, now=draw.now)
    else:
        notices.mark_read(sitting=sitting, notice_id=found.pk, now=draw.now)


def follow(draw: Draw) -> None:
    reminders.follow_notices(now=draw.now)


def comply(draw: Draw) -> None:
    found = draw.one(list(Reminder.objects.order_by("pk")))
    reminders.mark_complied(reminder=found, actor=draw.staff(), note="", now=draw.now)


def refuse(draw: Draw) -> None:
    found = draw.one(list(Reminder.objects.order_by("-pk")))
    note = "仍在" if draw.number % 2 else ""
    reminders.mark_not_complied(reminder=found, actor=draw.staff(), note=note, now=draw.now)


def report(draw: Draw) -> None:
    sitting, clause = draw.sitting(), draw.one(list(CLAUSES.values()))
    severity = Severity.MINOR if clause.severity_required else Severity.NONE
    found = Incident.objects.filter(sitting=sitting).first()
    new = cases.NewCase(clause.code, severity, "见到了", found)
    cases.propose_case(sitting_id=sitting.pk, actor=draw.staff(), new=new, now=draw.now)


def confirm(draw: Draw) -> None:
    found = draw.one(list(Case.objects.order_by("-pk")))
    cases.confirm_case(case=found, actor=draw.staff(), note="", now=draw.now)


def withdraw(draw: Draw) -> None:
    found = draw.one(list(Case.objects.order_by("pk")))
    cases.withdraw_case(case=found, actor=draw.staff(), note="误会", now=draw.now)


def convict(draw: Draw) -> None:
    """The whole way of a case, which chance alone seldom walks."""
    room, sitting, clause = draw.room, draw.room.theory(draw.number % 2), ("二.1", "三.1")[draw.number % 2]
    if clause == "二.1":
        new = reminders.NewReminder(clause)
        reminder = reminders.issue_reminder(sitting_id=sitting.pk, actor=room.first, new=new, now=draw.now)
        later = draw.now + timedelta(seconds=1)
        reminders.mark_not_complied(reminder=reminder, actor=room.first, note="仍在", now=later)
    case = cases.NewCase(clause, note="见到了")
    made = cases.propose_case(sitting_id=sitting.pk, actor=room.venue.chief, new=case, now=draw.now)
    second = room.second if clause == "二.1" else room.officer
    cases.confirm_case(case=made, actor=second, note="", now=draw.now)


def decide(draw: Draw) -> None:
    found = draw.one(list(Case.objects.order_by("-pk")))
    appeals.decide_case(case=found, document="认定", actor=draw.staff(), now=draw.now)
    day = venue_date(draw.now)
    told = {"told_by": ToldBy.IN_PERSON, "on": day, "actor": draw.room.officer}
    appeals.tell_decision(case=found, now=draw.now, **told)


def appeal(draw: Draw) -> None:
    found, day = draw.one(list(Case.objects.filter(state="NOTIFIED"))), venue_date(draw.now)
    staff = draw.room.officer
    appeals.file_appeal(case=found, grounds="不是我", received_on=day, actor=staff, now=draw.now)


def rule(draw: Draw) -> None:
    found = draw.one(list(Case.objects.order_by("-pk")))
    ruling = appeals.Ruling(draw.one(RULINGS), "复核", draw.one(sorted(CLAUSES)))
    appeals.decide_appeal(case=found, ruling=ruling, actor=draw.staff(), now=draw.now)


def leave(draw: Draw) -> None:
    new = permits.NewLeave(1 + draw.number % 10, draw.one(list(LeavePurpose)))
    permits.grant_leave(sitting_id=draw.sitting().pk, actor=draw.staff(), new=new, now=draw.now)


def come_back(draw: Draw) -> None:
    found = draw.one(list(LeavePermit.objects.order_by("-pk")))
    act = permits.revoke_leave if draw.number % 4 == 0 else permits.return_leave
    act(leave=found, actor=draw.staff(), now=draw.now)


def follow_leaves(draw: Draw) -> None:
    permits.follow_leaves(now=draw.now)


def allow(draw: Draw) -> None:
    new = devices.NewDeviceRule(draw.one(list(Device)), "听障")
    devices.allow_device(sitting_id=draw.sitting().pk, actor=draw.staff(), new=new, now=draw.now)


def forbid(draw: Draw) -> None:
    found = draw.one(list(DeviceRule.objects.order_by("pk")))
    devices.revoke_device(rule=found, actor=draw.staff(), reason="收回", now=draw.now)


ACTS: tuple[Callable[[Draw], None], ...] = (
    admit, absent, seat, hand, extra_time, pause, resume, pause_room, resume_room, message, arrive, arm, start,
    close, hand_in, time_passes, terminate, notice, look, dismiss, remind, read, follow, comply, refuse, report,
    confirm, withdraw, convict, decide, appeal, rule, leave, come_back, follow_leaves, allow, forbid, film, expire,
)  # fmt: skip

# What staff do about a candidate hangs together, so chance must draw it more often to reach its end.
CONDUCT = (
    notice, look, dismiss, remind, read, follow, comply, refuse, report, confirm, withdraw, decide, appeal, rule,
    leave, come_back,
)  # fmt: skip
