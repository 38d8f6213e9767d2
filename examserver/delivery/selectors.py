"""Reads the exam day: sessions and sittings an actor may see, tiles, progress, answers and files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from examserver.delivery.models import (
    ExamDay,
    Notice,
    Response,
    Seat,
    Session,
    SessionStaff,
    Sitting,
    WorkFile,
)
from examserver.delivery.states import OPEN_STATES, SessionState, SittingState, TimeAct, UploadState
from examserver.delivery.tiles import NoticeLine, SessionHeader, SittingTile
from examserver.delivery.timing import TimeEntry, Timing, deadline, late_cutoff
from examserver.kernel.access import Actor, Role
from examserver.kernel.clock import VENUE_ZONE, wire
from examserver.people import selectors as people
from examserver.people.identity import masked
from examserver.registration.selectors.tickets import cancelled_tickets
from itembank.selectors import equipment, item_count

SEES_EVERY_SESSION = (Role.CHIEF_INVIGILATOR, Role.OFFICER, Role.ADMIN)
_NOT_BEGUN = (
    SittingState.EXPECTED,
    SittingState.CHECKED_IN,
    SittingState.SEATED,
    SittingState.ABSENT,
    SittingState.NOT_ADMITTED,
)
RELATED = ("session__exam_day", "session__room", "seat", "ticket__candidate", "ticket__offering", "paper")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items of a sitting have an answer, and when the last one was saved."""

    answered: int
    saved_at: datetime | None


def _sittings() -> QuerySet[Sitting]:
    """Sittings with what pages and services need of them; the paper's long content comes only when it is read."""
    return Sitting.objects.select_related(*RELATED).defer("paper__body", "paper__policy")


def stream(session_id: int) -> str:
    """The audit stream and audience of a session."""
    return f"session:{session_id}"


def audience(sitting_id: int) -> str:
    """The audience that is one candidate's page."""
    return f"sitting:{sitting_id}"


def sessions_for(actor: Actor) -> QuerySet[Session]:
    """The sessions that a member of staff may see: their own, or all for the chief and the office."""
    sessions = Session.objects.select_related("exam_day", "room").order_by(
        "-exam_day__date", "scheduled_start"
    )
    if actor.kind != "staff":
        return sessions.none()
    return sessions if actor.has(*SEES_EVERY_SESSION) else sessions.filter(staff__staff_id=actor.id)


def next_session(room_id: int, now: datetime) -> Session | None:
    """The first session of today in the room that is not closed."""
    today = Session.objects.filter(room_id=room_id, exam_day__date=venue_date(now))
    return today.exclude(state=SessionState.CLOSED).order_by("scheduled_start").first()


def todays_sessions(now: datetime) -> QuerySet[Session]:
    """Every session of the venue's day, in any state."""
    return Session.objects.filter(exam_day__date=venue_date(now)).order_by("pk")


def session_for(actor: Actor, pk: int) -> Session:
    """The session `pk` as `actor` may see it; Session.DoesNotExist otherwise."""
    return sessions_for(actor).get(pk=pk)


def sitting_for(actor: Actor, pk: int) -> Sitting:
    """The sitting `pk` in a session that `actor` may see; Sitting.DoesNotExist otherwise."""
    return _sittings().get(pk=pk, session__in=sessions_for(actor))


def sitting(pk: int) -> Sitting:
    """The sitting `pk`, for services."""
    return _sittings().get(pk=pk)


def sittings_of(session: Session) -> QuerySet[Sitting]:
    """Everybody expected in `session`, by seat."""
    return _sittings().filter(session=session).order_by("seat__row", "seat__column")


def sittings_of_day(sitting: Sitting) -> QuerySet[Sitting]:
    """All sittings of the same admission ticket, theory first."""
    found = _sittings().filter(ticket_id=sitting.ticket_id)
    return found.order_by("session__scheduled_start")


def sittings_of_cancelled() -> list[int]:
    """The keys of sittings that count although the qualification of their application was cancelled."""
    tickets = cancelled_tickets().values("pk")
    counting = Sitting.objects.filter(ticket__in=tickets).exclude(state=SittingState.VOID_ALL)
    return list(counting.order_by("pk").values_list("pk", flat=True))


def open_sittings() -> QuerySet[Sitting]:
    """Every sitting whose candidate is at work or paused."""
    return Sitting.objects.filter(state__in=OPEN_STATES)


def ended_sittings(since: datetime) -> QuerySet[Sitting]:
    """Every sitting that began and was closed at or after a moment."""
    closed = Sitting.objects.exclude(state__in=OPEN_STATES)
    return closed.filter(started_at__isnull=False, submitted_at__gte=since)


def current_sitting(ticket_id: int) -> Sitting | None:
    """The sitting that the ticket's page is about now: the first of the day that is not closed, else the last."""
    found = list(_sittings().filter(ticket_id=ticket_id).order_by("session__scheduled_start"))
    for one in found:
        if one.session.state != SessionState.CLOSED and not is_over(one):
            return one
    return found[-1] if found else None


def sitting_of_session(session_id: int) -> Sitting | None:
    """The sitting for which a candidate's workstation session was opened."""
    opened = people.candidate_session(session_id)
    return _sittings().filter(pk=opened.sitting).first()


def equipment_of(sitting_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What the paper of each of these sittings allows at the seat."""
    found = Sitting.objects.select_related("paper").defer("paper__body", "paper__policy")
    return {one.pk: equipment(one.paper) for one in found.filter(pk__in=list(sitting_ids))}


def is_over(sitting: Sitting) -> bool:
    """Whether nothing more will be answered in the sitting."""
    return sitting.state not in {*OPEN_STATES, *_NOT_BEGUN}


def seat_of_workstation(workstation: str) -> Seat | None:
    """The seat at which the workstation stands."""
    return Seat.objects.select_related("room").filter(workstation=workstation).first()


def ledger(sitting: Sitting) -> list[TimeEntry]:
    """The acts on the sitting's clock as the pure rules want them."""
    return [TimeEntry(TimeAct(e.act), e.at, e.seconds) for e in sitting.ledger.order_by("at", "pk")]


def ends_at(sitting: Sitting, now: datetime) -> datetime | None:
    """The sitting's end as known at `now`; None before its start."""
    if sitting.started_at is None:
        return None
    return deadline(Timing(sitting.started_at, sitting.paper.minutes, ledger(sitting)), now)


def on_duty(session: Session) -> QuerySet[SessionStaff]:
    """The staff who have arrived for the session, in the order of arrival."""
    return session.staff.select_related("staff").exclude(arrived_at=None).order_by("arrived_at")


def is_on_duty(session_id: int, staff_id: int) -> bool:
    """Whether the member of staff has arrived for the session."""
    return (
        SessionStaff.objects.filter(session_id=session_id, staff_id=staff_id)
        .exclude(arrived_at=None)
        .exists()
    )


def header(session: Session) -> SessionHeader:
    """The session as the board's top bar shows it."""
    names = [one.staff.display_name for one in on_duty(session)]
    ends = session.sittings.aggregate(last=Max("ends_at"))["last"]
    started = session.started_at
    return SessionHeader(
        id=session.pk,
        room=session.room.name,
        subject=session.subject,
        date=session.exam_day.date.isoformat(),
        state=session.state,
        scheduled_start=wire(session.scheduled_start) or 0,
        started_at=wire(started),
        ends_at=wire(ends),
        late_cutoff=wire(late_cutoff(started, settings.LATE_CUTOFF_MINUTES)) if started else None,
        on_duty=names,
        enough_staff=len(names) >= settings.MIN_INVIGILATORS,
    )


def _notice_line(notice: Notice) -> NoticeLine:
    return NoticeLine(
        id=notice.pk,
        kind=notice.kind,
        clause=notice.clause,
        body=notice.body,
        issued_at=wire(notice.issued_at) or 0,
        shown_at=wire(notice.shown_at),
        read_at=wire(notice.read_at),
    )


def tile(sitting: Sitting) -> SittingTile:
    """The sitting as its tile on the board shows it."""
    candidate = sitting.ticket.candidate
    notices = sitting.notices.filter(withdrawn_at=None).order_by("issued_at", "pk")
    return SittingTile(
        id=sitting.pk,
        seat=sitting.seat.label,
        row=sitting.seat.row,
        column=sitting.seat.column,
        name=candidate.name,
        ticket=sitting.ticket.number,
        masked_id=masked(candidate.id_number),
        offering=sitting.ticket.offering.name,
        state=sitting.state,
        items=item_count(sitting.paper),
        equipment=list(equipment(sitting.paper)),
        late_minutes=sitting.late_minutes,
        started_at=wire(sitting.started_at),
        ends_at=wire(sitting.ends_at),
        paused=sitting.state == SittingState.PAUSED,
        rules_accepted=sitting.rules_accepted_at is not None,
        camera_checked=sitting.camera_checked_at is not None or sitting.camera_waived,
        hand_raised_at=wire(sitting.hand_raised_at),
        submitted_at=wire(sitting.submitted_at),
        notices=[_notice_line(one) for one in notices],
    )


def progress(session_id: int) -> dict[int, Progress]:
    """Answered items and the last save of each sitting of the session."""
    rows = (
        Response.objects.filter(sitting__session_id=session_id)
        .values("sitting_id")
        .annotate(answered=Count("item", filter=~Q(value="[]")), saved=Max("saved_at"))
    )
    return {row["sitting_id"]: Progress(row["answered"], row["saved"]) for row in rows}


def responses_of(sitting: Sitting) -> dict[str, Any]:
    """The newest answer to each item or deliverable: {item: value}."""
    return {item: json.loads(value) for item, value in sitting.responses.values_list("item", "value")}


def response_rows(sitting: Sitting) -> dict[str, dict[str, Any]]:
    """The newest answers as a page wants them: {item: {seq, value, marked}}."""
    return {
        row.item: {"seq": row.seq, "value": json.loads(row.value), "marked": row.marked}
        for row in sitting.responses.all()
    }


def confirmed_files(sitting: Sitting) -> dict[str, WorkFile]:
    """The file that counts for each deliverable: the last confirmed version."""
    found = sitting.files.filter(state=UploadState.CONFIRMED).order_by("version")
    return {one.deliverable: one for one in found}


def closed_sittings(state: SittingState) -> QuerySet[Sitting]:
    """The sittings in `state`, oldest first."""
    return _sittings().filter(state=state).order_by("submitted_at", "pk")


def sittings_on(day: date) -> QuerySet[Sitting]:
    """All sittings of an exam day, by ticket and subject."""
    found = _sittings().filter(session__exam_day__date=day)
    return found.order_by("ticket__number", "session__scheduled_start")


def venue_date(moment: datetime) -> date:
    """The calendar date at the venue."""
    return moment.astimezone(VENUE_ZONE).date()


def exam_days() -> QuerySet[ExamDay]:
    """All exam days, newest first."""
    return ExamDay.objects.order_by("-date")
