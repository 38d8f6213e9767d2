"""Hands a grave case to the authorities; until that is done the case is not closed (REQ-96)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.delivery.selectors import venue_date
from examserver.invigilation.clauses import REFERRED
from examserver.invigilation.models import Case, Referral
from examserver.invigilation.services.cases import locked
from examserver.invigilation.services.changes import Change, case_changed
from examserver.invigilation.states import CONFIRMED_CASES, CaseState
from examserver.kernel.access import Actor, NotAllowed, Role

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Handover:
    """To whom a case goes, on which day, and the number of the package of evidence that goes with it."""

    recipient: str
    package: str
    on: date


@transaction.atomic
def refer_case(*, case: Case, handover: Handover, actor: Actor, now: datetime) -> Referral:
    """The authorities have the case; once. Whether an appeal is under way does not matter.

    NotAllowed officer_only, referral_not_due unless a verdict stands that asks for it, referred_already,
    referral_incomplete, referral_day_wrong for a day before the verdict or to come.
    """
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")
    case = locked(case)
    if case.state not in CONFIRMED_CASES | {CaseState.CLOSED} or case.severity not in REFERRED:
        raise NotAllowed("referral_not_due")
    if Referral.objects.filter(case=case).exists():
        raise NotAllowed("referred_already")
    _check(case, handover, venue_date(now))
    told = {"recipient": handover.recipient.strip()[:LONGEST], "package": handover.package.strip()[:LONGEST]}
    referral = Referral.objects.create(
        case=case, **told, referred_on=handover.on, referred_by_id=actor.id, entered_at=now
    )
    case_changed(case, Change("case.referred", actor, now, {**told, "on": str(handover.on)}))
    return referral


def _check(case: Case, handover: Handover, today: date) -> None:
    if not (handover.recipient.strip() and handover.package.strip()):
        raise NotAllowed("referral_incomplete")
    if case.confirmed_at is None or not venue_date(case.confirmed_at) <= handover.on <= today:
        raise NotAllowed("referral_day_wrong")
