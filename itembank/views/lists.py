"""The bank's list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from examserver.kernel import clock
from examserver.kernel.access import Actor, Role
from examserver.kernel.http import actor_of
from itembank.bank.reviews import review_queue
from itembank.bank.search import DIFFICULTIES, SORTS, Search, search
from itembank.services.looking import record_list

FIELDS = ("words", "type", "point", "difficulty", "state", "pool", "sort")


def asked(request: HttpRequest) -> Search:
    """The search that the address says."""
    page = request.GET.get("page", "1")
    return Search(
        **{name: request.GET.get(name, "")[:80] for name in FIELDS},
        page=int(page) if page.isdecimal() else 1,
    )


@require_GET
def bank(request: HttpRequest) -> HttpResponse:
    """What the bank holds, narrowed, sorted, page by page; which items were shown is written down."""
    wanted, actor = asked(request), actor_of(request)
    found = search(wanted, actor)
    shown = [item.code for item in found.page]
    record_list(codes=shown, what="bank", actor=actor, now=clock.now())
    kept = {name: getattr(wanted, name) for name in FIELDS if getattr(wanted, name)}
    context: dict[str, Any] = {
        "found": found,
        "asked": wanted,
        "sorts": list(SORTS),
        "difficulties": list(DIFFICULTIES),
        "query": urlencode(kept),
        "to_review": _to_review(actor),
    }
    return render(request, "itembank/bank.html", context)


def _to_review(actor: Actor) -> int:
    """How many versions wait for this reviewer."""
    return sum(one.open for one in review_queue(actor)) if actor.has(Role.ITEM_REVIEWER) else 0
