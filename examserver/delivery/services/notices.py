"""Puts reminders and messages on candidates' screens, and keeps when they were shown and read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from examserver.delivery.models import Notice, Sitting
from examserver.delivery.services.changes import Change, sitting_changed
from examserver.delivery.states import NoticeKind
from examserver.kernel.access import Actor, NotAllowed


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is to be shown: a reminder names its clause, a message has a body."""

    kind: NoticeKind
    clause: str = ""
    body: str = ""


@transaction.atomic
def issue_notice(*, sitting: Sitting, actor: Actor, notice: NewNotice, now: datetime) -> Notice:
    """Show `notice` at the sitting's workstation; only staff may, and a message needs words."""
    if actor.kind != "staff":
        raise NotAllowed("staff_only")
    if notice.kind is NoticeKind.MESSAGE and not notice.body.strip():
        raise NotAllowed("empty_message")
    issued = Notice.objects.create(
        sitting=sitting,
        kind=notice.kind,
        clause=notice.clause,
        body=notice.body,
        issued_at=now,
        issued_by_id=actor.id,
    )
    data = {"notice": issued.pk, "kind": notice.kind, "clause": notice.clause, "body": notice.body}
    sitting_changed(sitting, Change("notice.issued", actor, now, data))
    return issued


@transaction.atomic
def withdraw_notice(*, notice: Notice, actor: Actor, now: datetime) -> None:
    """Take a notice off the screen."""
    if notice.withdrawn_at is None:
        notice.withdrawn_at = now
        notice.save(update_fields=["withdrawn_at"])
        sitting_changed(notice.sitting, Change("notice.withdrawn", actor, now, {"notice": notice.pk}))


@transaction.atomic
def mark_shown(*, sitting: Sitting, notice_id: int, now: datetime) -> None:
    """The candidate's page has put the notice on the screen; the first time counts."""
    notice = _own(sitting, notice_id)
    if notice.shown_at is None:
        notice.shown_at = now
        notice.save(update_fields=["shown_at"])
        sitting_changed(sitting, Change("notice.shown", _reader(sitting), now, {"notice": notice.pk}))


@transaction.atomic
def mark_read(*, sitting: Sitting, notice_id: int, now: datetime) -> None:
    """The candidate has pressed "I have read this"; the first time counts."""
    notice = _own(sitting, notice_id)
    if notice.read_at is None:
        notice.read_at = now
        notice.shown_at = notice.shown_at or now
        notice.save(update_fields=["read_at", "shown_at"])
        sitting_changed(sitting, Change("notice.read", _reader(sitting), now, {"notice": notice.pk}))


def _reader(sitting: Sitting) -> Actor:
    return Actor("candidate", sitting.ticket.candidate_id, frozenset())


def _own(sitting: Sitting, notice_id: int) -> Notice:
    notice = sitting.notices.filter(pk=notice_id).first()
    if notice is None:
        raise NotAllowed("not_found")
    return notice
