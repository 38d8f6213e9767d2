"""Sends the mails that are due: claimed, sent outside any transaction, and marked; at least once, never in the way.

A claim moves the next attempt into the future before anything is sent: a server that dies while sending leaves a mail
that is sent again later, under the same Message-ID. No lock is held while the mail server thinks.
"""

import logging
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from examserver.notifications.models import Mail, Notification
from examserver.notifications.selectors import addresses, due_mails
from examserver.notifications.states import MailState, is_last, wait_after
from examserver.notifications.words import mail_text, mail_title

log = logging.getLogger(__name__)
A_ROUND = 20
# What the mail server has against one mail; anything else of its kind is against all.
OF_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def send_waiting(*, now: datetime) -> int:
    """Try up to A_ROUND of the mails that are due; how many left. A server that does not answer ends the round."""
    keys = list(due_mails(now).values_list("pk", flat=True)[:A_ROUND])
    if not keys:
        return 0
    connection, sent = get_connection(), 0
    try:
        for key in keys:
            mail = _claim(key, now)
            if mail is None:  # another server has it
                continue
            problem = _send(mail, connection, now)
            sent += problem is None
            if isinstance(problem, OSError) and not isinstance(problem, OF_THIS_MAIL):
                break
    finally:
        _close(connection)
    return sent


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError as problem:  # what was sent is sent
        log.warning("the mail server did not part in peace: %s", problem)


def _claim(key: int, now: datetime) -> Mail | None:
    """The mail, counted as tried; None when somebody else has claimed it."""
    mail = Mail.objects.select_related("notification__institution").get(pk=key)
    same = Mail.objects.filter(pk=key, state=MailState.WAITING, attempts=mail.attempts)
    tries = mail.tries + 1
    if not same.update(attempts=mail.attempts + 1, tries=tries, next_at=now + wait_after(tries)):
        return None
    mail.attempts, mail.tries = mail.attempts + 1, tries
    return mail


def _send(mail: Mail, connection: Any, now: datetime) -> Exception | None:
    """Send it and write down how it went; what went wrong, if anything did."""
    to = addresses(mail.notification)
    if not to:
        _mark(mail, state=MailState.NO_ADDRESS)
        return None
    try:
        _message(mail.notification, to, connection).send()
    except Exception as problem:  # whatever it is, it is this mail's, and the next one is tried
        state = MailState.FAILED if is_last(mail.tries) else MailState.WAITING
        _mark(mail, state=state, error=f"{type(problem).__name__}: {problem}"[:300])
        log.warning("mail %s: attempt %s failed: %s", mail.pk, mail.attempts, type(problem).__name__)
        return problem
    went_by = settings.EMAIL_BACKEND.split(".")[-2]
    _mark(mail, state=MailState.SENT, sent_at=now, error="", went_by=went_by)
    return None


def _mark(mail: Mail, **changes: Any) -> None:
    """Only the claim's own outcome: whoever claimed it since writes down theirs."""
    Mail.objects.filter(pk=mail.pk, attempts=mail.attempts, state=MailState.WAITING).update(**changes)


def _message(row: Notification, to: list[str], connection: Any) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    key = f"<{row.pk}.{row.created_at.timestamp():.6f}@{domain}>"
    headers = {"Message-ID": key, "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        mail_title(row),
        mail_text(row),
        settings.DEFAULT_FROM_EMAIL,
        to,
        connection=connection,
        headers=headers,
    )
