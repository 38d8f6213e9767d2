"""Payment orders: opened for whom was approved, paid by one transfer on the day that the bank shows."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.duties import FINANCE
from examserver.registration.applications.faults import refuse
from examserver.registration.applications.states import FINAL, ApplicationState, Step
from examserver.registration.models import Application, Credit, Document, PaymentLine, PaymentOrder
from examserver.registration.selectors.orders import payer_of, prices_of, remarks_of, visible_orders
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.histories import STREAM, Seen, check_step, held
from examserver.registration.services.payments import Due, NewCredit, ask_payment, enter_credit


@transaction.atomic
def open_order(*, seen: Sequence[Seen], last_day: date, actor: Actor, now: datetime) -> PaymentOrder:
    """Ask for one transfer for approved applications of one payer, at the prices of the notice (REQ-35, REQ-53).

    Refused `applications_needed`, `payers_differ`, `price_missing`, `day_in_past` and as `mail_subject` says;
    IllegalMove where one of them is not approved: then none is asked for.
    """
    applications = [held(one, actor) for one in sorted(seen, key=lambda one: one.application_id)]
    for application in applications:
        check_step(application, Step.ASK_PAYMENT, actor)
    _check_payer(applications)
    payer = payer_of(applications)
    remarks_of(payer, applications)  # what the payer must write can be written
    order = PaymentOrder.objects.create(
        institution=applications[0].institution,
        payer=payer,
        last_day=last_day,
        opened_at=now,
        opened_by=str(actor),
    )
    total = sum(_add_line(order, application, actor, now) for application in applications)
    data = {"applications": [one.pk for one in applications], "total": total, "last_day": str(last_day)}
    audit.record(audit.Act(STREAM, "order.open", f"order:{order.pk}", str(actor), data), now)
    return order


def _check_payer(applications: Sequence[Application]) -> None:
    if not applications:
        raise refuse("applications_needed")
    payers = {one.institution_id for one in applications}
    if len(payers) > 1 or (payers == {None} and len(applications) > 1):
        raise refuse("payers_differ")


def _add_line(order: PaymentOrder, application: Application, actor: Actor, now: datetime) -> int:
    prices = dict(prices_of(application))
    amount = sum(prices.values())
    asked = Seen(application.pk, application.version)
    ask_payment(seen=asked, due=Due(amount, order.last_day), actor=actor, now=now)
    PaymentLine.objects.create(
        order=order,
        application=application,
        catalogue_version=application.catalogue_version,
        prices=prices,
        amount=amount,
    )
    return amount


@transaction.atomic
def credit_order(*, order_id: int, new: NewCredit, actor: Actor, now: datetime) -> Credit:
    """The transfer of an order is on the account: all that it still waits for is PAID on the bank's day (REQ-50).

    Refused `nothing_due` and as `enter_credit` says, also for a yuan too few or too many;
    PaymentOrder.DoesNotExist for who may not see it.
    """
    if not actor.has(*FINANCE):
        raise NotAllowed("role_needed")
    order = _locked(order_id, actor)
    waiting = Application.objects.filter(
        order_line__order_id=order.pk, state=ApplicationState.AWAITING_PAYMENT
    )
    awaited = [Seen(key, version) for key, version in waiting.values_list("pk", "version")]
    if not awaited:
        raise refuse("nothing_due", "amount")
    return enter_credit(seen=awaited, new=new, actor=actor, now=now)


@transaction.atomic
def add_slip(*, order_id: int, name: str, data: bytes, actor: Actor, now: datetime) -> Document:
    """Put the payer's slip with the order; it pays nothing (REQ-50, REQ-53). Refused as `add_document` says.

    It lies with the first application that still takes part: with each, every group would look like a forgery.
    NotAllowed `not_editable` where none takes part; PaymentOrder.DoesNotExist for who may not see the order.
    """
    order = _locked(order_id, actor)
    living = Application.objects.filter(order_line__order_id=order.pk).exclude(state__in=sorted(FINAL))
    first = living.order_by("pk").first()
    if first is None:
        raise NotAllowed("not_editable")
    new = NewDocument(DocumentKind.PAYMENT_SLIP, name, data)
    return add_document(seen=Seen(first.pk, first.version), new=new, actor=actor, now=now)


def _locked(order_id: int, actor: Actor) -> PaymentOrder:
    """The order, for one at a time; PaymentOrder.DoesNotExist for who may not see it."""
    visible = visible_orders(actor).get(pk=order_id)
    order: PaymentOrder = PaymentOrder.objects.select_for_update(of=("self",)).get(pk=visible.pk)
    return order
