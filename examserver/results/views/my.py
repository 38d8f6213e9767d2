"""A candidate's own results: every day with its points and reasons, and the way to a resit."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.invigilation.decisions import told_lines
from examserver.kernel import clock
from examserver.kernel.access import Actor
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.words import said
from examserver.registration.resits.values import Denied
from examserver.registration.selectors.outcomes import asked_on, offerings_sat, resit
from examserver.registration.selectors.tickets import tickets_of
from examserver.registration.services.resits import apply_for_resit
from examserver.registration.views.acting import acted
from examserver.results.selectors.lookup import result_view

if TYPE_CHECKING:
    from examserver.registration.models import Application, Offering


@never_cache
@require_GET
def my_results(request: HttpRequest) -> HttpResponse:
    """Every ticket with what it came to, the newest first, and each offering in which a resit is possible or not."""
    actor, language = actor_of(request), get_language() or ""
    rows = tickets_of(actor).select_related("offering").order_by("-exam_date", "-pk")
    context = {
        "views": [result_view(one, language) for one in rows],
        "resits": _resits(actor),
        "decided": bool(told_lines(actor)),
    }
    return render(request, "results/my_results.html", context)


def _resits(actor: Actor) -> list[dict[str, object]]:
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    return [_offer(actor, one, today) for one in offerings_sat(actor.id)]


def _offer(actor: Actor, offering: "Offering", today: date) -> dict[str, object]:
    """What the page says of one offering; why not, where nothing is open to the person."""
    try:
        answer = resit(actor.id, offering, asked_on(today))
    except Refused as refused:
        return {"offering": offering, "why": [said(fault) for fault in refused.faults]}
    if isinstance(answer, Denied):
        return {"offering": offering, "why": [said(answer.fault)]}
    return {"offering": offering, "allowed": answer, "warnings": [said(one) for one in answer.warnings]}


@require_POST
def my_resit(request: HttpRequest) -> HttpResponse:
    """A new draft for the failed subjects of an offering."""
    made: list[Application] = []

    def act() -> str:
        code = request.POST.get("offering", "")[:8]
        made.append(apply_for_resit(offering=code, actor=actor_of(request), now=clock.now()))
        return "my.done.created"

    acted(request, act)
    return redirect("my_application", made[0].pk) if made else redirect("my_results")
