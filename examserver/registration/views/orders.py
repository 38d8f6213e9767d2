"""The pages of payment orders: finance's work list, and one order for who pays it and who credits it."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.access import Role
from examserver.kernel.http import actor_of
from examserver.registration.accounting import FileForm
from examserver.registration.applications.documents import MOST_BYTES
from examserver.registration.applications.duties import CLERKS, FINANCE
from examserver.registration.applications.faults import refuse
from examserver.registration.models import PaymentOrder
from examserver.registration.selectors.orders import (
    OrderSeen,
    OrdersWanted,
    order_counts,
    order_seen,
    orders_listed,
    unordered,
)
from examserver.registration.services.accounting import Period, export_credits
from examserver.registration.services.histories import Seen
from examserver.registration.services.orders import add_slip, credit_order, open_order
from examserver.registration.services.payments import NewCredit
from examserver.registration.views.acting import acted, given_day, whole_number

_MEDIA = {
    FileForm.CSV: "text/csv; charset=utf-8",
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """How many orders wait for money, a page of them, and who may be asked for money next."""
    get, actor = request.GET, actor_of(request)
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    wanted = OrdersWanted(get.get("standing", ""), get.get("q", "")[:80], whole_number(get.get("after")))
    context = {
        "counts": order_counts(actor, today),
        "wanted": wanted,
        "list": orders_listed(actor, wanted, today),
        "unordered": unordered(actor) if actor.has(*CLERKS, *FINANCE) else (),
        "today": today,
    }
    return render(request, "registration/orders.html", context)


@require_POST
def orders_open(request: HttpRequest) -> HttpResponse:
    """An order for the applications that the list showed together."""
    made: list[PaymentOrder] = []

    def act() -> str:
        seen = [_seen(text) for text in request.POST.getlist("application")[:1000]]
        day = given_day(request, "last_day")
        made.append(open_order(seen=seen, last_day=day, actor=actor_of(request), now=clock.now()))
        return "orders.done.opened"

    try:
        acted(request, act)
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect("order", made[0].pk) if made else redirect("orders")


@never_cache
@require_GET
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """What is to be paid, where to, under which words and until when; what came, and the slips beside it."""
    shown, actor = _visible(request, order_id), actor_of(request)
    at_home = actor.kind == "candidate"
    context: dict[str, Any] = {
        "shown": shown,
        "credits_it": actor.has(*FINANCE) and shown.due > 0,
        "adds_slips": shown.due > 0 and (at_home or actor.has(*CLERKS, Role.INSTITUTION)),
        "at_home": at_home,
        "frame": "registration/_applicant.html" if at_home else "registration/_work.html",
    }
    return render(request, "registration/order.html", context)


@require_POST
def order_credit(request: HttpRequest, order_id: int) -> HttpResponse:
    """Finance saw the transfer on the account."""
    _visible(request, order_id)

    def act() -> str:
        amount = whole_number(request.POST.get("amount"))
        new = NewCredit(request.POST.get("reference", ""), given_day(request, "day"), amount)
        credit_order(order_id=order_id, new=new, actor=actor_of(request), now=clock.now())
        return "orders.done.credited"

    acted(request, act)
    return redirect("order", order_id)


@require_POST
def orders_export(request: HttpRequest) -> HttpResponse:
    """The file for the accountant; back to the list, with the reason, where there is none."""
    made: list[bytes] = []
    form = FileForm.CSV if request.POST.get("form") == FileForm.CSV else FileForm.XLSX

    def act() -> str:
        period = Period(given_day(request, "first"), given_day(request, "last"))
        made.append(export_credits(period=period, form=form, actor=actor_of(request), now=clock.now()))
        return "orders.done.exported"

    acted(request, act)
    if not made:
        return redirect("orders")
    response = HttpResponse(made[0], content_type=_MEDIA[form])
    response["Content-Disposition"] = f'attachment; filename="credits.{form}"'
    return response


@require_POST
def order_slip(request: HttpRequest, order_id: int) -> HttpResponse:
    """The payer's slip; it is looked at by finance and pays nothing."""
    _visible(request, order_id)

    def act() -> str:
        given = request.FILES.get("file")
        if given is None or isinstance(given, list):
            raise refuse("document_empty", "file")
        if (given.size or 0) > MOST_BYTES:
            raise refuse("document_too_large", "file", most=MOST_BYTES // 2**20)
        actor, name = actor_of(request), given.name or ""
        add_slip(order_id=order_id, name=name, data=given.read(), actor=actor, now=clock.now())
        return "orders.done.slip"

    acted(request, act)
    return redirect("order", order_id)


def _visible(request: HttpRequest, order_id: int) -> OrderSeen:
    try:
        return order_seen(order_id, actor_of(request))
    except ObjectDoesNotExist:
        raise Http404 from None


def _seen(text: str) -> Seen:
    """An application as the list showed it: `key:version`; what is no such pair is none that ever was."""
    key, _, version = text.partition(":")
    return Seen(whole_number(key), whole_number(version))
