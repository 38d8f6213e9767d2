"""What registration tells of its deeds: which step is which event, and the facts of each. In the deed's transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from examserver.kernel.clock import VENUE_ZONE
from examserver.notifications.selectors import told_already
from examserver.notifications.services.telling import News, tell
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, Step
from examserver.registration.models import (
    AdmissionTicket,
    Application,
    Bar,
    Batch,
    Offering,
    SubjectOutcome,
    TicketVersion,
)
from examserver.registration.resits.values import Allowed, Outcome
from examserver.registration.selectors.catalogue import complaint_phones, payee_words
from examserver.registration.selectors.outcomes import asked_on, resit
from examserver.registration.selectors.tickets import numbers_opened, ticket_opening, ticket_subject

Facts = dict[str, Any]
UNKNOWN = "–"
AT_ONCE = 100  # tickets told of in one transaction
_LEVELS = {1: "一级", 2: "二级", 3: "三级", 4: "四级", 5: "五级"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: from which state, why, the facts that the history keeps, and when."""

    step: Step
    source: str
    reason: str
    facts: Mapping[str, Any]
    now: datetime


def offering_words(row: Offering) -> dict[str, str]:
    """An offering and its level in both languages."""
    return {"zh": f"{row.name}（{_LEVELS[row.level]}）", "en": f"{row.name_en} (level {row.level})"}


def subject_words(subjects: Iterable[str]) -> dict[str, str]:
    """Subjects of the day in both languages."""
    found, said = sorted(subjects, reverse=True), {}
    for short, language, comma in (("zh", "zh-hans", "、"), ("en", "en", ", ")):
        with override(language):
            said[short] = comma.join(gettext(f"ticket.subject.{one}") for one in found)
    return said


def _reason(_: Application, taken: Taken) -> Facts:
    return {"reason": taken.reason}


def _nothing(_: Application, __: Taken) -> Facts:
    return {}


def _due(row: Application, _: Taken) -> Facts:
    return {"amount": row.fee_due, "last_day": str(row.pay_by), "payee": payee_words(row.catalogue_version)}


def _last_day(row: Application, _: Taken) -> Facts:
    return {"last_day": str(row.pay_by)}


def _credited(_: Application, taken: Taken) -> Facts:
    return {"day": taken.facts.get("day", UNKNOWN)}


def _rolled(_: Application, taken: Taken) -> Facts:
    return {name: _month(taken, name) for name in ("source", "target")}


def _held(_: Application, taken: Taken) -> Facts:
    return {"month": _month(taken, "batch"), "evaluate_by": taken.facts.get("evaluate_by", UNKNOWN)}


def _requeued(_: Application, taken: Taken) -> Facts:
    return {"month": _month(taken, "batch")}


def _month(taken: Taken, name: str) -> str:
    """`2026-03` of a batch as facts name it, `2026-03 O5`."""
    return str(taken.facts.get(name, UNKNOWN))[:7]


_TOLD: Mapping[Step, tuple[str, Callable[[Application, Taken], Facts]]] = {
    Step.RETURN: ("application.returned", _reason),
    Step.APPROVE: ("application.approved", _nothing),
    Step.REJECT: ("application.rejected", _reason),
    Step.CANCEL: ("application.cancelled", _reason),
    Step.WITHDRAW: ("application.withdrawn", _nothing),
    Step.ASK_PAYMENT: ("payment.asked", _due),
    Step.REOPEN_PAYMENT: ("payment.asked", _due),
    Step.CREDIT: ("payment.credited", _credited),
    Step.EXPIRE: ("payment.expired", _last_day),
    Step.ROLL_OVER: ("batch.rolled_over", _rolled),
    Step.BATCH: ("batch.confirmed", _held),
    Step.AWAIT_NOTICE: ("batch.next_year", _nothing),
    Step.REQUEUE: ("batch.requeued", _requeued),
    Step.UNSCHEDULE: ("exam.unplanned", _nothing),
}


def announce(application: Application, taken: Taken) -> None:
    """Tell the candidate and their institution of a step, where people are told of it."""
    if taken.step not in _TOLD:
        return
    if taken.step is Step.REQUEUE and taken.source == ApplicationState.ROLLED_OVER:
        return  # who was rolled over has been told to where
    event, facts = _TOLD[taken.step]
    _tell(application, event, facts(application, taken), taken.now)


def _tell(row: Application, event: str, facts: Facts, now: datetime) -> None:
    every = {"offering": offering_words(row.offering), **facts}
    news = News(event, every, f"application:{row.pk}", row.candidate_id, row.institution_id)
    tell(news=news, now=now)


def announce_reopened(batch: Batch, people: Iterable[Application], now: datetime) -> None:
    """What was confirmed is to be decided anew, because somebody has left (S10)."""
    for one in people:
        _tell(one, "batch.reopened", {"month": f"{batch.month:%Y-%m}"}, now)


def announce_ticket(version: TicketVersion, before: TicketVersion | None, now: datetime) -> None:
    """Where and when the exam is: planned, or changed from what the version before it said (REQ-43, REQ-48)."""
    ticket = version.ticket
    facts: Facts = {"day": str(ticket.exam_date), "places": _places(version)}
    if before is None:
        _tell_ticket(ticket, "exam.planned", {**facts, "opens": str(ticket_opening(ticket))}, now)
        return
    changed = {"before": _places(before), "reason": version.reason or UNKNOWN, "version": version.version}
    _tell_ticket(ticket, "exam.changed", {**facts, **changed}, now)


def _places(version: TicketVersion) -> dict[str, str]:
    said = {"zh": [], "en": []}  # type: dict[str, list[str]]
    for one in version.places:
        subject = subject_words([one["subject"]])
        for short, lines in said.items():
            lines.append(f"{subject[short]} {one['start']} {one['room']} {one['seat']}")
    return {"zh": "；".join(said["zh"]), "en": "; ".join(said["en"])}


def _tell_ticket(ticket: AdmissionTicket, event: str, facts: Facts, now: datetime, once: str = "") -> None:
    every = {"offering": offering_words(ticket.offering), **facts}
    institution = ticket.application.institution_id if ticket.application else None
    news = News(event, every, ticket_subject(ticket), ticket.candidate_id, institution, once)
    tell(news=news, now=now)


def announce_open_tickets(*, now: datetime) -> int:
    """Tell of every ticket that can be downloaded by now, once, some at a time (REQ-60, REQ-62); how many."""
    opened = numbers_opened(now.astimezone(VENUE_ZONE).date())
    told = told_already(map(_opening, opened))
    waiting = [one for one in opened if _opening(one) not in told][:AT_ONCE]
    if not waiting:  # a transaction would hold up the answers' writer, once a second for nothing
        return 0
    rows = AdmissionTicket.objects.filter(number__in=waiting).select_related("offering", "application")
    with transaction.atomic():
        for one in rows.order_by("pk"):
            _tell_ticket(one, "ticket.open", {"day": str(one.exam_date)}, now, _opening(one.number))
    return len(waiting)


def _opening(number: str) -> str:
    """Under which a ticket's opening is told once."""
    return f"ticket.open:{number}"


def announce_bar(bar: Bar, now: datetime) -> None:
    """From when until when the person may not take part, by which clause, and whom they complain to."""
    phones = complaint_phones(now.astimezone(VENUE_ZONE).date())
    days = {"first": str(bar.first_day), "last": str(bar.last_day)}
    facts = {"clause": bar.clause, **days, "phones": phones}
    tell(news=News("conduct.barred", facts, f"bar:{bar.pk}", bar.candidate_id), now=now)


def announce_resit(ticket_id: int, now: datetime) -> None:
    """Tell who may take a resit of what was failed until when (REQ-67, REQ-68)."""
    if not SubjectOutcome.objects.filter(ticket_id=ticket_id, outcome=Outcome.FAILED).exists():
        return
    ticket = AdmissionTicket.objects.select_related("offering", "application").get(pk=ticket_id)
    try:
        asked = asked_on(now.astimezone(VENUE_ZONE).date())
        answer = resit(ticket.candidate_id, ticket.offering, asked)
    except Refused:  # no notice is in force: nothing can be applied for, and so nothing is offered
        return
    if isinstance(answer, Allowed):
        subjects = subject_words(one.value for one in answer.subjects)
        facts = {
            "offering": offering_words(ticket.offering),
            "subjects": subjects,
            "until": str(answer.until),
        }
        once = f"resit:{ticket.number}"
        news = News("resit.offered", facts, ticket_subject(ticket), ticket.candidate_id, once=once)
        tell(news=news, now=now)
