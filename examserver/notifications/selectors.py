"""Reads messages: an inbox, what was told of a subject, the mails that are due and where they go."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from examserver.kernel.access import Actor, Role
from examserver.notifications.models import Mail, Notification
from examserver.notifications.states import MailState
from examserver.people.selectors import email_of, emails_of_staff


def inbox(actor: Actor) -> QuerySet[Notification]:
    """The actor's own messages, the newest first: a candidate's, or those of an institution that they act for."""
    rows = Notification.objects.order_by("-created_at", "-pk")
    if actor.kind == "candidate":
        return rows.filter(candidate_id=actor.id)
    if actor.kind == "staff" and actor.has(Role.INSTITUTION):
        return rows.filter(institution__members__staff_id=actor.id)
    return rows.none()


def unread(actor: Actor) -> int:
    """How many of the actor's messages nobody has opened."""
    return inbox(actor).filter(read_at=None).count()


def told_of(subject: str) -> QuerySet[Notification]:
    """What was told of `subject` and how its mails went, the newest first."""
    rows = Notification.objects.filter(subject=subject).select_related("mail", "institution", "candidate")
    return rows.order_by("-created_at", "-pk")


def told_already(keys: Iterable[str]) -> frozenset[str]:
    """Those of `keys` (`once`) that somebody was told."""
    return frozenset(Notification.objects.filter(once__in=list(keys)).values_list("once", flat=True))


def due_mails(now: datetime) -> QuerySet[Mail]:
    """The mails to be tried at `now`, the longest due first."""
    return Mail.objects.filter(state=MailState.WAITING, next_at__lte=now).order_by("next_at", "pk")


def addresses(notification: Notification) -> list[str]:
    """Where the mail goes: to the candidate's account, or to the people of the institution; empty for nowhere."""
    if notification.candidate_id is not None:
        return [address for address in [email_of(notification.candidate_id)] if address]
    institution = notification.institution
    if institution is None:
        return []
    return emails_of_staff(institution.members.values_list("staff_id", flat=True))
