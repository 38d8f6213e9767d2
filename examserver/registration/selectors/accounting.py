"""Reads what came in a period, an application at a time."""

from datetime import date

from examserver.registration.accounting import CreditRow
from examserver.registration.models import Application
from examserver.registration.selectors.orders import payer_of


def credited_between(first: date, last: date) -> list[CreditRow]:
    """Each application whose money the bank shows from `first` to `last`, both included, by day and reference."""
    rows = Application.objects.filter(credit__credited_on__gte=first, credit__credited_on__lte=last)
    found = rows.select_related("credit", "offering", "institution", "order_line__order")
    return [_row(one) for one in found.order_by("credit__credited_on", "credit__reference", "pk")]


def _row(one: Application) -> CreditRow:
    assert one.credit is not None  # noqa: S101 - it was asked for
    line = getattr(one, "order_line", None)
    return CreditRow(
        order=line.order.number if line else "",
        reference=one.credit.reference,
        credited_on=one.credit.credited_on,
        came=one.credit.amount,
        payer=line.order.payer if line else payer_of([one]),
        application=one.pk,
        offering=one.offering.name,
        level=one.offering.level,
        amount=one.fee_due or 0,
        non_refundable="是" if one.non_refundable else "",
    )
