"""What follows from a confirmed case: void sittings and a bar. Answers and scores stay, for an appeal to restore."""

from datetime import datetime

from examserver.delivery import selectors as delivery
from examserver.delivery.services.sittings import restore_sitting, void_sitting
from examserver.delivery.states import VOID_STATES, SittingState
from examserver.invigilation import selectors
from examserver.invigilation.appeals import void_due
from examserver.invigilation.clauses import bar_days
from examserver.invigilation.models import Case
from examserver.invigilation.services.announcing import announce_confirmed
from examserver.invigilation.states import Severity
from examserver.kernel.access import Actor
from examserver.registration.notice import tier_of
from examserver.registration.services import BarTerm, correct_bar, set_bar


def apply_consequences(case: Case, actor: Actor, now: datetime) -> None:
    """二: this subject only. 三 and 四: every sitting of the day, also one that has not begun, and a bar.

    The caller holds the transaction in which the case was confirmed.
    """
    if tier_of(case.clause).voids_all:
        _void_day(case, actor, now)
    else:
        _void_subject(case, actor, now)
    announce_confirmed(case, now)
    _bar(case, actor, now)


def _reason(case: Case) -> str:
    return f"case:{case.pk} {case.clause}"


def _void_subject(case: Case, actor: Actor, now: datetime) -> None:
    sitting = delivery.sitting(case.sitting_id)
    if sitting.state not in VOID_STATES:
        target = SittingState.VOID_SUBJECT
        void_sitting(sitting=sitting, target=target, actor=actor, reason=_reason(case), now=now)


def _void_day(case: Case, actor: Actor, now: datetime) -> None:
    for sitting in delivery.sittings_of_day(case.sitting):
        if sitting.state != SittingState.VOID_ALL:
            target = SittingState.VOID_ALL
            void_sitting(sitting=sitting, target=target, actor=actor, reason=_reason(case), now=now)


def take_back(case: Case, actor: Actor, now: datetime) -> None:
    """After an appeal: each sitting of the day keeps the void that other verdicts ask for, and else gets its own back.

    Nothing was deleted, so there is nothing to make up: results follow the sittings, and the bar the verdict.
    """
    standing = selectors.verdicts_on(case.sitting.ticket_id)
    reason = f"appeal of {_reason(case)}"
    for sitting in delivery.sittings_of_day(case.sitting):
        due = void_due(sitting.pk, standing)
        if sitting.state in VOID_STATES and sitting.state != due:
            restore_sitting(sitting=sitting, actor=actor, reason=reason, now=now, still_void=due is not None)
    term = None if case.withdrawn_at else _term(case)
    correct_bar(case=case.pk, term=term, actor=str(actor), now=now)


def _term(case: Case) -> BarTerm | None:
    days = bar_days(case.clause, Severity(case.severity), delivery.venue_date(case.act_at))
    return None if days is None else BarTerm(days.first, days.last, case.clause, case.pk)


def _bar(case: Case, actor: Actor, now: datetime) -> None:
    term = _term(case)
    if term is not None:
        candidate = delivery.sitting(case.sitting_id).ticket.candidate_id
        set_bar(candidate_id=candidate, term=term, actor=str(actor), now=now)
