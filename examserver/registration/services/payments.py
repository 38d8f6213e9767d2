"""The money of an application: what is due until when, and the day on which finance saw it on the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.duties import FINANCE
from examserver.registration.applications.faults import Fault, Refused, refuse, refuse_any
from examserver.registration.applications.states import Step
from examserver.registration.applications.submission import cell_faults
from examserver.registration.models import Application, Credit, PaymentLine
from examserver.registration.services.histories import Deed, Seen, check_step, held, take_step

LONGEST_REFERENCE = 64


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid, in whole yuan, and the last day for it."""

    amount: int
    last_day: date


@dataclass(frozen=True, slots=True)
class NewCredit:
    """Money that the bank shows: its reference, the day it was credited, whole yuan."""

    reference: str
    day: date
    amount: int


@transaction.atomic
def ask_payment(*, seen: Seen, due: Due, actor: Actor, now: datetime) -> Application:
    """Open the payment of an approved application (REQ-35); IllegalMove for any other."""
    return _due(seen, Step.ASK_PAYMENT, due, Deed(actor, now))


@transaction.atomic
def reopen_payment(*, seen: Seen, due: Due, actor: Actor, now: datetime) -> Application:
    """Give an expired application a new last day; Refused `price_fixed` where its order says another price."""
    ordered = PaymentLine.objects.filter(application_id=seen.application_id).first()
    if ordered is not None and ordered.amount != due.amount:
        raise refuse("price_fixed", "amount", due=ordered.amount, amount=due.amount)
    return _due(seen, Step.REOPEN_PAYMENT, due, Deed(actor, now))


def _due(seen: Seen, step: Step, due: Due, deed: Deed) -> Application:
    application = held(seen, deed.actor)
    check_step(application, step, deed.actor)
    if due.amount <= 0:
        raise refuse("amount_needed", "amount")
    if due.last_day < deed.now.astimezone(VENUE_ZONE).date():
        raise refuse("day_in_past", "last_day")
    facts = {"amount": due.amount, "last_day": due.last_day.isoformat()}
    told = Deed(deed.actor, deed.now, deed.reason, facts)
    take_step(application, step, told, fee_due=due.amount, pay_by=due.last_day)
    return application


@transaction.atomic
def enter_credit(*, seen: Sequence[Seen], new: NewCredit, actor: Actor, now: datetime) -> Credit:
    """Finance saw the money on the account (REQ-50): each of the applications is PAID with the bank's date.

    One credit pays all that it is entered for, and exactly. Refused `applications_needed`, `day_in_future`,
    `reference_missing`, `reference_used`, `amount_differs`; IllegalMove for what is not awaiting payment.
    """
    if not actor.has(*FINANCE):
        raise NotAllowed("role_needed")
    _check_credit(new, now)
    applications = [held(one, actor) for one in sorted(seen, key=lambda one: one.application_id)]
    if not applications:
        raise refuse("applications_needed")
    for application in applications:
        check_step(application, Step.CREDIT, actor)
    due = sum(application.fee_due or 0 for application in applications)
    if due != new.amount:
        raise refuse("amount_differs", "amount", due=due, amount=new.amount)
    credit = _credit(new, actor, now)
    facts = {"credit": credit.pk, "day": new.day.isoformat(), "reference": credit.reference}
    for application in applications:
        take_step(application, Step.CREDIT, Deed(actor, now, facts=facts), credit_id=credit.pk)
    return credit


def _check_credit(new: NewCredit, now: datetime) -> None:
    if not new.reference.strip():
        raise refuse("reference_missing", "reference")
    refuse_any(cell_faults({"reference": new.reference}, {"reference": LONGEST_REFERENCE}))
    if new.day > now.astimezone(VENUE_ZONE).date():
        raise refuse("day_in_future", "day")


def _credit(new: NewCredit, actor: Actor, now: datetime) -> Credit:
    try:
        with transaction.atomic():
            return Credit.objects.create(
                reference=new.reference.strip(),
                credited_on=new.day,
                amount=new.amount,
                entered_by=str(actor),
                entered_at=now,
            )
    except IntegrityError as error:
        raise Refused([Fault("reference_used", "reference", {"reference": new.reference})]) from error


@transaction.atomic
def expire_payment(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """The last day is over and nothing came; the application stays. Refused `still_payable` on the day itself."""
    application = held(seen, actor)
    check_step(application, Step.EXPIRE, actor)
    if application.pay_by is None or now.astimezone(VENUE_ZONE).date() <= application.pay_by:
        raise refuse("still_payable", "last_day")
    take_step(application, Step.EXPIRE, Deed(actor, now))
    return application
