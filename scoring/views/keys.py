"""The pages on which a key is corrected: one proposes, another sees who would change and decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.kernel.transitions import IllegalMove
from scoring.models import KeyCorrection
from scoring.papers import key_accepting
from scoring.selectors import keys as found
from scoring.services import rescoring
from scoring.services.keys import current_keys
from scoring.states import CorrectionState, Treatment

SHOWN = 500


@require_GET
def key_papers(request: HttpRequest) -> HttpResponse:
    """Every scored theory paper, with its corrections counted."""
    return render(request, "scoring/keys.html", {"papers": found.scored_papers()})


@require_http_methods(["GET", "POST"])
def key_paper(request: HttpRequest, paper: int) -> HttpResponse:
    """One paper: what is proposed and whom it would change, what was decided, its items; POST proposes."""
    chosen = found.scored_paper(paper)
    if chosen is None:
        raise Http404
    keys = current_keys(chosen)
    if request.method == "POST":
        try:
            new = _proposal(request, keys)
            rescoring.propose_correction(paper_id=paper, new=new, actor=actor_of(request), now=clock.now())
        except NotAllowed as refusal:
            messages.error(request, gettext(f"error.{refusal.code}"))
        return redirect("key_paper", paper)
    rows = list(found.corrections(paper))
    context = {
        "paper": chosen,
        "items": found.item_lines(chosen, keys),
        "rows": rows,
        "treatments": list(Treatment),
    }
    return render(request, "scoring/key_paper.html", {**context, **_open(request, rows)})


def _proposal(request: HttpRequest, keys: dict[str, Any]) -> rescoring.NewCorrection:
    item, reason = request.POST.get("item", ""), request.POST.get("reason", "")
    if request.POST.get("treatment") not in set(Treatment) or item not in keys:
        raise NotAllowed("unknown_item")
    treatment = Treatment(request.POST["treatment"])
    if treatment is not Treatment.KEY:
        return rescoring.NewCorrection(item, treatment, reason)
    try:
        key = key_accepting(keys[item], request.POST.get("correct", ""))
    except ValueError as error:
        raise NotAllowed("bad_key") from error
    return rescoring.NewCorrection(item, treatment, reason, key)


def _open(request: HttpRequest, rows: list[KeyCorrection]) -> dict[str, Any]:
    """Whom the open one would change is shown to those who may decide; the others see how many."""
    waiting = next((row for row in rows if row.state == CorrectionState.PROPOSED), None)
    if waiting is None:
        return {}
    actor, preview = actor_of(request), rescoring.preview(waiting)
    decides = actor.has(*rescoring.DECIDERS)
    return {
        "waiting": waiting,
        "preview": preview,
        "changes": preview.changes[:SHOWN] if decides else (),
        "crossing": sum(bool(change.crosses()) for change in preview.changes),
        "may_decide": decides and waiting.proposed_by_id != actor.id,
    }


@require_POST
def key_decide(request: HttpRequest, correction: int) -> HttpResponse:
    """Apply the open correction as previewed, or reject it."""
    row = KeyCorrection.objects.select_related("paper__key").filter(pk=correction).first()
    if row is None:
        raise Http404
    actor, now = actor_of(request), clock.now()
    try:
        if request.POST.get("act") == "apply":
            seen = request.POST.get("seen", "")
            done = rescoring.apply_correction(correction=row, seen=seen, actor=actor, now=now)
            messages.success(request, gettext("keys.applied") % {"count": len(done.changes)})
        else:
            reason = request.POST.get("reason", "")
            rescoring.reject_correction(correction=row, actor=actor, reason=reason, now=now)
            messages.success(request, gettext("keys.rejected"))
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
    except IllegalMove:
        messages.error(request, gettext("error.preview_changed"))
    return redirect("key_paper", row.paper_id)
