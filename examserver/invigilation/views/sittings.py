"""Acts of staff on one sitting."""

from typing import Any

from django.http import HttpRequest

from examserver.delivery.services import notices, sittings, time
from examserver.delivery.states import NoticeKind
from examserver.invigilation.services import face_checks
from examserver.invigilation.services.cases import NewCase, propose_case
from examserver.invigilation.services.reminders import NewReminder, issue_reminder
from examserver.invigilation.services.viewing import view_seat
from examserver.invigilation.views.bodies import (
    DONE,
    ExtraTime,
    MessageBody,
    Nothing,
    OptionalReason,
    Reason,
    Remind,
    Report,
)
from examserver.invigilation.views.finding import incident_for, reminder_for, sitting_for
from examserver.kernel import clock
from examserver.kernel.http import actor_of, body, json_view

Answer = dict[str, Any]


@json_view("POST")
def admit(request: HttpRequest, sitting: int) -> Answer:
    """The person has been checked against the ID card."""
    reason, actor = body(request, OptionalReason).reason, actor_of(request)
    face_checks.admit(sitting_id=sitting_for(actor, sitting).pk, actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def absent(request: HttpRequest, sitting: int) -> Answer:
    """The candidate has not come."""
    body(request, Nothing)
    actor = actor_of(request)
    sittings.mark_absent(sitting=sitting_for(actor, sitting), actor=actor, now=clock.now())
    return DONE


@json_view("POST")
def waive_camera(request: HttpRequest, sitting: int) -> Answer:
    """No camera at this seat."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    sittings.waive_camera(sitting=sitting_for(actor, sitting), actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def extra_time(request: HttpRequest, sitting: int) -> Answer:
    """More minutes for one candidate."""
    given, actor = body(request, ExtraTime), actor_of(request)
    time.grant_extra_time(
        sitting=sitting_for(actor, sitting),
        actor=actor,
        minutes=given.minutes,
        reason=given.reason,
        now=clock.now(),
    )
    return DONE


@json_view("POST")
def pause(request: HttpRequest, sitting: int) -> Answer:
    """Stop the clock of one seat."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    time.pause_sitting(sitting=sitting_for(actor, sitting), actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def resume(request: HttpRequest, sitting: int) -> Answer:
    """Let the clock of one seat run again."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    time.resume_sitting(sitting=sitting_for(actor, sitting), actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def message(request: HttpRequest, sitting: int) -> Answer:
    """A message on one screen."""
    words, actor = body(request, MessageBody).body, actor_of(request)
    notice = notices.NewNotice(NoticeKind.MESSAGE, body=words)
    found = sitting_for(actor, sitting)
    notices.issue_notice(sitting=found, actor=actor, notice=notice, now=clock.now())
    return DONE


@json_view("POST")
def terminate(request: HttpRequest, sitting: int) -> Answer:
    """The chief ends the sitting."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    sittings.terminate_sitting(
        sitting=sitting_for(actor, sitting), actor=actor, reason=reason, now=clock.now()
    )
    return DONE


@json_view("POST")
def remind(request: HttpRequest, sitting: int) -> Answer:
    """A reminder of a clause, over the candidate's work."""
    given, actor = body(request, Remind), actor_of(request)
    found = sitting_for(actor, sitting)
    incident = None if given.incident is None else incident_for(actor, given.incident)
    new = NewReminder(given.clause, incident)
    issue_reminder(sitting_id=found.pk, actor=actor, new=new, now=clock.now())
    return DONE


@json_view("POST")
def report_case(request: HttpRequest, sitting: int) -> Answer:
    """A case, proposed or, by who may not propose one of its tier, reported."""
    given, actor = body(request, Report), actor_of(request)
    found = sitting_for(actor, sitting)
    new = NewCase(
        clause=given.clause,
        severity=given.severity,
        note=given.note,
        incident=None if given.incident is None else incident_for(actor, given.incident),
        reminder=None if given.reminder is None else reminder_for(actor, given.reminder),
    )
    propose_case(sitting_id=found.pk, actor=actor, new=new, now=clock.now())
    return DONE


@json_view("POST")
def viewed(request: HttpRequest, sitting: int) -> Answer:
    """Somebody on duty has the seat open."""
    body(request, Nothing)
    actor = actor_of(request)
    view_seat(sitting_id=sitting_for(actor, sitting).pk, actor=actor, now=clock.now())
    return DONE
