"""Opens a message of one's own, and sets a mail going again."""

from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.transitions import move
from examserver.notifications.models import Mail, Notification
from examserver.notifications.selectors import inbox
from examserver.notifications.states import MAIL_MOVES, MailState

STREAM = "notifications"


def open_message(*, notification_id: int, actor: Actor, now: datetime) -> Notification:
    """The actor's own message, read from now on; Notification.DoesNotExist for another's."""
    row = inbox(actor).select_related("institution").get(pk=notification_id)
    if row.read_at is None:
        Notification.objects.filter(pk=row.pk, read_at=None).update(read_at=now)
        row.read_at = now
    return row


@transaction.atomic
def send_again(*, notification_id: int, actor: Actor, now: datetime) -> Mail:
    """A clerk sets a mail going again that was given up or had no address.

    NotAllowed `role_needed`; IllegalMove for one that waits or has left; Mail.DoesNotExist.
    """
    if not actor.has(Role.CLERK):
        raise NotAllowed("role_needed")
    mail = Mail.objects.get(notification_id=notification_id)
    move(mail, MAIL_MOVES, MailState.WAITING, tries=0, next_at=now, error="")
    act = audit.Act(STREAM, "mail.again", f"notification:{notification_id}", str(actor), {})
    audit.record(act, now)
    return mail
