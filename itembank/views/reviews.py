"""The review queue, and a reviewer's decision on one version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from itembank.bank.reviews import review_queue
from itembank.services.looking import record_list
from itembank.services.reviewing import Verdict, review_version
from itembank.states import Decision
from itembank.views.asked import act, item_of, to_item, version_of


@require_GET
def bank_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, and what waits for others."""
    actor = actor_of(request)
    queue = review_queue(actor)
    record_list(codes=[one.version.item.code for one in queue], what="queue", actor=actor, now=clock.now())
    mine = [one for one in queue if one.open]
    others = [one for one in queue if not one.open]
    return render(request, "itembank/queue.html", {"mine": mine, "others": others})


@require_POST
def bank_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Approve or return the version that was looked at; then on to the next one that waits."""
    item, actor = item_of(request, code), actor_of(request)
    version = version_of(item, request.POST.get("version", ""))
    decision = request.POST.get("decision", "")
    if decision not in list(Decision):
        raise Http404
    verdict = Verdict(Decision(decision), request.POST.get("comment", "")[:2000])
    done = act(
        request,
        decision,
        lambda: review_version(version=version, actor=actor, verdict=verdict, now=clock.now()),
    )
    if not done:
        return to_item(code)
    following = next((one for one in review_queue(actor) if one.open), None)
    return to_item(following.version.item.code) if following else redirect("bank_queue")
