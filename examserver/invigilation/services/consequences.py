"""What follows from a confirmed case: void sittings and a bar. Answers and scores stay, for an appeal to restore."""

from datetime import datetime

from examserver.delivery import selectors as delivery
from examserver.delivery.services.sittings import void_sitting
from examserver.delivery.states import SittingState
from examserver.invigilation.clauses import bar_days
from examserver.invigilation.models import Case
from examserver.invigilation.states import Severity
from examserver.kernel.access import Actor
from examserver.notifications.services.telling import News, tell
from examserver.registration.notice import tier_of
from examserver.registration.selectors.catalogue import complaint_phones
from examserver.registration.selectors.tickets import ticket_subject
from examserver.registration.services import BarTerm, set_bar

_VOID = (SittingState.VOID_SUBJECT, SittingState.VOID_ALL)


def apply_consequences(case: Case, actor: Actor, now: datetime) -> None:
    """二: this subject only. 三 and 四: every sitting of the day, also one that has not begun, and a bar.

    The caller holds the transaction in which the case was confirmed.
    """
    if tier_of(case.clause).voids_all:
        _void_day(case, actor, now)
    else:
        _void_subject(case, actor, now)
    _tell(case, now)
    _bar(case, actor, now)


def _tell(case: Case, now: datetime) -> None:
    """Who sat hears of it, with the clause and whom one complains to (REQ-79)."""
    ticket = delivery.sitting(case.sitting_id).ticket
    phones = complaint_phones(delivery.venue_date(now))
    facts = {"clause": case.clause, "day": str(delivery.venue_date(case.act_at)), "phones": phones}
    tell(news=News("conduct.decided", facts, ticket_subject(ticket), ticket.candidate_id), now=now)


def _reason(case: Case) -> str:
    return f"case:{case.pk} {case.clause}"


def _void_subject(case: Case, actor: Actor, now: datetime) -> None:
    sitting = delivery.sitting(case.sitting_id)
    if sitting.state not in _VOID:
        target = SittingState.VOID_SUBJECT
        void_sitting(sitting=sitting, target=target, actor=actor, reason=_reason(case), now=now)


def _void_day(case: Case, actor: Actor, now: datetime) -> None:
    for sitting in delivery.sittings_of_day(case.sitting):
        if sitting.state != SittingState.VOID_ALL:
            target = SittingState.VOID_ALL
            void_sitting(sitting=sitting, target=target, actor=actor, reason=_reason(case), now=now)


def _bar(case: Case, actor: Actor, now: datetime) -> None:
    days = bar_days(case.clause, Severity(case.severity), delivery.venue_date(case.act_at))
    if days is not None:
        term = BarTerm(days.first, days.last, case.clause, case.pk)
        candidate = delivery.sitting(case.sitting_id).ticket.candidate_id
        set_bar(candidate_id=candidate, term=term, actor=str(actor), now=now)
