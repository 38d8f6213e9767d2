"""Reminders: staff put a clause on a candidate's screen, and say afterwards whether the candidate complied."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.services.notices import NewNotice, issue_notice, withdraw_notice
from examserver.delivery.states import OPEN_STATES, NoticeKind, SittingState
from examserver.invigilation import selectors
from examserver.invigilation.models import Incident, Reminder
from examserver.invigilation.services.changes import Change, reminder_changed
from examserver.invigilation.services.incidents import acknowledge_incident
from examserver.invigilation.states import REMINDER_MOVES, IncidentState, ReminderState
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.transitions import IllegalMove, move
from examserver.registration.notice import CLAUSES, Clause

_MAY_BE_REMINDED = {SittingState.CHECKED_IN, SittingState.SEATED, *OPEN_STATES}


@dataclass(frozen=True, slots=True)
class NewReminder:
    """Which clause the candidate is reminded of, and the incident that was the occasion."""

    clause: str
    incident: Incident | None = None


def issue_reminder(*, sitting_id: int, actor: Actor, new: NewReminder, now: datetime) -> Reminder:
    """Put the clause on the candidate's screen. Only a person may: the machine's word is no reminder (REQ-85, AMB-31).

    NotAllowed staff_only, no_reminder_for_clause, not_open, incident_mismatch, already_reminded.
    """
    if not actor.has(Role.INVIGILATOR, Role.CHIEF_INVIGILATOR):
        raise NotAllowed("staff_only")
    clause = CLAUSES.get(new.clause)
    if clause is None or not clause.reminder_required:
        raise NotAllowed("no_reminder_for_clause")
    try:
        with transaction.atomic():
            return _issue(sitting_id, actor, clause, new, now)
    except IntegrityError as error:  # somebody else pressed the button in the same moment
        raise NotAllowed("already_reminded") from error


def _issue(sitting_id: int, actor: Actor, clause: Clause, new: NewReminder, now: datetime) -> Reminder:
    sitting = delivery.sitting(sitting_id)
    if sitting.state not in _MAY_BE_REMINDED:
        raise NotAllowed("not_open")
    if new.incident is not None:
        _look_at(new.incident, sitting_id, actor, now)
    if selectors.open_reminder(sitting_id, clause.code) is not None:
        raise NotAllowed("already_reminded")
    # The notice's own words are the official ones; the candidate's page adds its translation.
    notice = NewNotice(NoticeKind.REMINDER, clause=clause.code, body=clause.text_zh)
    reminder = Reminder.objects.create(
        sitting_id=sitting_id,
        clause=clause.code,
        incident=new.incident,
        notice_id=issue_notice(sitting=sitting, actor=actor, notice=notice, now=now).pk,
        issued_by_id=actor.id,
        issued_at=now,
    )
    reminder_changed(reminder, Change("reminder.issued", actor, now, {"clause": clause.code}))
    return reminder


def _look_at(incident: Incident, sitting_id: int, actor: Actor, now: datetime) -> None:
    if incident.sitting_id != sitting_id or incident.state == IncidentState.DISMISSED:
        raise NotAllowed("incident_mismatch")
    if incident.state == IncidentState.RAISED:
        acknowledge_incident(incident=incident, actor=actor, now=now)


@transaction.atomic
def mark_complied(*, reminder: Reminder, actor: Actor, note: str, now: datetime) -> None:
    """The candidate has done as told: nothing follows, and the screen is free again."""
    _decide(reminder, ReminderState.COMPLIED, actor, note, now)
    if reminder.notice.read_at is None:
        withdraw_notice(notice=reminder.notice, actor=actor, now=now)


@transaction.atomic
def mark_not_complied(*, reminder: Reminder, actor: Actor, note: str, now: datetime) -> None:
    """The candidate has not: a case of this clause may be confirmed now. `note` is what the person saw."""
    _decide(reminder, ReminderState.NOT_COMPLIED, actor, note, now)


def _decide(reminder: Reminder, target: ReminderState, actor: Actor, note: str, now: datetime) -> None:
    if not actor.has(Role.INVIGILATOR, Role.CHIEF_INVIGILATOR):
        raise NotAllowed("staff_only")
    notice = reminder.notice
    move(
        reminder,
        REMINDER_MOVES,
        target,
        decided_by_id=actor.id,
        decided_at=now,
        note=note.strip(),
        shown_at=notice.shown_at,
        read_at=notice.read_at,
    )
    data = {"clause": reminder.clause, "note": reminder.note}
    reminder_changed(reminder, Change(f"reminder.{target.lower()}", actor, now, data))


def follow_notices(*, now: datetime) -> int:
    """Bring reminders up to what the candidates' pages say of their notices; returns how many changed."""
    return sum(_follow(reminder, now) for reminder in selectors.unfollowed_reminders())


def _follow(reminder: Reminder, now: datetime) -> bool:
    notice = reminder.notice
    target = ReminderState.SHOWN if notice.read_at is None else ReminderState.READ
    try:
        with transaction.atomic():
            move(reminder, REMINDER_MOVES, target, shown_at=notice.shown_at, read_at=notice.read_at)
            reader = Actor(
                "candidate", delivery.sitting(reminder.sitting_id).ticket.candidate_id, frozenset()
            )
            data = {"clause": reminder.clause}
            reminder_changed(reminder, Change(f"reminder.{target.lower()}", reader, now, data))
    except IllegalMove:  # decided meanwhile, or followed by another server
        return False
    return True
