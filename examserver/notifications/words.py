"""The texts of a message in a language, and of its mail in the recipient's."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from examserver.notifications.events import EVENTS
from examserver.notifications.models import Notification
from examserver.people.selectors import language_of

CHINESE, ENGLISH = "zh-hans", "en"
_RULE = "\n\n----------------------------------------\n\n"


def title(row: Notification) -> str:
    """What happened, in the language of the page."""
    return gettext(f"message.{row.event}.title")


def body(row: Notification) -> str:
    """What it means for the recipient, in the language of the page."""
    less = row.institution_id is not None and EVENTS[row.event].is_told_less
    text = gettext(f"message.{row.event}.{'institution' if less else 'body'}") % _said(row)
    return f"{_of_whom(row)}{text}" if row.institution_id is not None else text


def _said(row: Notification) -> dict[str, object]:
    """The facts in the language of the page."""
    short = "en" if get_language() == ENGLISH else "zh"
    return {name: one[short] if isinstance(one, dict) else one for name, one in row.facts.items()}


def _of_whom(row: Notification) -> str:
    kind, _, key = row.subject.partition(":")
    if row.people == 1 and kind == "application":
        return gettext("message.of_application") % {"number": key}
    return gettext("message.of_people") % {"people": row.people}


def languages(row: Notification) -> tuple[str, ...]:
    """The languages of the mail: the one that the candidate chose, else Chinese and English beside it."""
    chosen = language_of(row.candidate_id) if row.candidate_id is not None else ""
    return (chosen,) if chosen in (CHINESE, ENGLISH) else (CHINESE, ENGLISH)


def mail_title(row: Notification) -> str:
    """The subject line."""
    found = []
    for language in languages(row):
        with override(language):
            found.append(title(row))
    return " / ".join(found)


def mail_text(row: Notification) -> str:
    """The whole mail, a part for each language."""
    return _RULE.join(_part(row, language) for language in languages(row)) + "\n"


def _part(row: Notification, language: str) -> str:
    with override(language):
        name = row.institution.name if row.institution else row.candidate.name if row.candidate else ""
        hello = gettext("message.mail.hello") % {"name": name}
        return "\n\n".join([hello, body(row), _where(row), gettext("message.mail.end")])


def _where(row: Notification) -> str:
    """Where it can be read again: an address where the server knows its own."""
    if not settings.PUBLIC_URL:
        return gettext("message.mail.where")
    page = "message" if row.institution_id is not None else "my_message"
    address = settings.PUBLIC_URL.rstrip("/") + reverse(page, args=[row.pk])
    return gettext("message.mail.address") % {"address": address}
