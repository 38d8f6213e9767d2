"""Tells of a deed: the message and its mail are written in the transaction of the deed, or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from examserver.notifications.events import EVENTS
from examserver.notifications.models import Mail, Notification
from examserver.notifications.selectors import addresses
from examserver.notifications.states import MailState

# 15 or 18 characters that could be an ID number, also with spaces or hyphens between them.
_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){13,16}(?:[ -]?[\dXxＸｘ])?(?!\d)")


class ToldOutsideTransaction(RuntimeError):
    """A deed was to be told of outside the transaction that does it."""


@dataclass(frozen=True, slots=True)
class News:
    """What is told to whom: `facts` exactly those of the event, `once` the key of what is told once only."""

    event: str
    facts: Mapping[str, Any]
    subject: str
    candidate_id: int | None
    institution_id: int | None = None
    once: str = ""


def tell(*, news: News, now: datetime) -> None:
    """Write the messages of `news`, for the candidate and, where the event says so, for their institution.

    ValueError when the facts are not those of the event; ToldOutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise ToldOutsideTransaction(news.event)
    event = EVENTS[news.event]
    if frozenset(news.facts) != event.facts:
        raise ValueError(f"{news.event}: {sorted(news.facts)} are not {sorted(event.facts)}")
    facts = {name: _clean(name, value) for name, value in news.facts.items()}
    if news.candidate_id is not None and not _tell_candidate(news.candidate_id, news, facts, now):
        return
    if news.institution_id is not None and event.institution is not None:
        told = {name: facts[name] for name in sorted(event.institution)}
        _tell_institution(news.institution_id, news, told, now)


def _clean(name: str, value: Any) -> Any:
    """What a person has typed may hold an ID number, which leaves the house in no message."""
    return _NUMBER.sub("***", value) if name == "reason" else value


def _tell_candidate(candidate_id: int, news: News, facts: dict[str, Any], now: datetime) -> bool:
    """Whether they had not been told before."""
    made = {"event": news.event, "facts": facts, "subject": news.subject, "created_at": now}
    rows = Notification.objects
    if news.once:
        row, new = rows.get_or_create(candidate_id=candidate_id, once=news.once, defaults=made)
    else:
        row, new = rows.create(candidate_id=candidate_id, **made), True
    if new:
        _add_mail(row, now)
    return new


def _tell_institution(institution_id: int, news: News, facts: dict[str, Any], now: datetime) -> None:
    """One message of all its people to whom the same deed did the same."""
    same = Notification.objects.filter(
        institution_id=institution_id, event=news.event, created_at=now
    ).order_by("pk")
    found = next((one for one in same if one.facts == facts), None)
    if found is not None:
        Notification.objects.filter(pk=found.pk).update(people=F("people") + 1, subject="")
        return
    row = Notification.objects.create(
        institution_id=institution_id,
        event=news.event,
        facts=facts,
        subject=news.subject,
        created_at=now,
    )
    _add_mail(row, now)


def _add_mail(row: Notification, now: datetime) -> None:
    state = MailState.WAITING if addresses(row) else MailState.NO_ADDRESS
    Mail.objects.create(notification=row, state=state, next_at=now)
