"""Messages in the reader's language, and how many of them nobody has opened."""

from typing import Any

from django import template
from django.utils.translation import gettext

from examserver.notifications import words
from examserver.notifications.models import Mail, Notification
from examserver.notifications.selectors import unread
from examserver.notifications.states import STOPPED, MailState

register = template.Library()
FILES = "filebased"
_MEANINGS = {MailState.SENT: "ok", MailState.FAILED: "act-now", MailState.NO_ADDRESS: "attention"}


@register.filter
def message_title(row: Notification) -> str:
    """What happened."""
    return words.title(row)


@register.filter
def message_body(row: Notification) -> str:
    """What it means."""
    return words.body(row)


def _only_filed(mail: Mail) -> bool:
    return mail.state == MailState.SENT and mail.went_by == FILES


@register.filter
def mail_state(mail: Mail) -> str:
    """How far the mail has come; one that only went to a file is said to have."""
    return gettext("message.mail.FILED") if _only_filed(mail) else gettext(f"message.mail.{mail.state}")


@register.filter
def mail_meaning(mail: Mail) -> str:
    """Which of the four meanings it has; none while it waits."""
    if _only_filed(mail) or (mail.state == MailState.WAITING and mail.error):
        return "attention"
    return _MEANINGS.get(MailState(mail.state), "")


@register.filter
def may_go_again(mail: Mail) -> bool:
    """Whether a person may set it going again."""
    return mail.state in STOPPED


@register.simple_tag(takes_context=True)
def unread_messages(context: Any) -> int:
    """How many of the reader's messages nobody has opened."""
    return unread(context["request"].actor)


@register.filter
def unread_said(count: int) -> str:
    """The same to somebody who does not see the figure's shape."""
    return gettext("messages.count") % {"count": count}


@register.filter
def mail_attempts(mail: Mail) -> str:
    """How often it was tried."""
    return gettext("messages.attempts") % {"count": mail.attempts}


@register.filter
def mail_language(code: str) -> str:
    """A language of mails."""
    return gettext(f"messages.language.{code}")
