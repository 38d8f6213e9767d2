"""The months: which batches want a decision, who is in them, and the decision."""

from collections.abc import Callable, Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import refuse
from examserver.registration.batches.states import TO_DECIDE, BatchState
from examserver.registration.dates.windows import DecemberChoice
from examserver.registration.models import Batch
from examserver.registration.selectors import batches as reads
from examserver.registration.selectors.catalogue import catalogue_of
from examserver.registration.services import batches as services
from examserver.registration.services.batches import December, SeenBatch
from examserver.registration.services.queueing import requeue_awaiting
from examserver.registration.views.acting import acted


@never_cache
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """Every batch with its people; those that wait for a person first."""
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    rows = list(reads.batches())
    waiting = [one for one in rows if one.state in TO_DECIDE or _is_over(one, today)]
    context = {"waiting": waiting, "batches": [one for one in rows if one not in waiting]}
    return render(request, "registration/batches.html", context)


def _is_over(batch: Batch, today: date) -> bool:
    return batch.state == BatchState.OPEN and batch.month < today.replace(day=1)


@never_cache
@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Who is in it in their order, what was done, and what may be decided."""
    row = _batch(batch_id)
    notice = catalogue_of(row.catalogue_version)
    context = {
        "batch": row,
        "window": reads.window_of(row),
        "people": reads.members(row),
        "counted": reads.counted(row, notice),
        "rules": notice.rules,
        "rolled": reads.rolled(row),
        "events": reads.events(row),
    }
    return render(request, "registration/batch.html", context)


@require_POST
def batch_act(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One decision; of two at once the second is refused."""
    row, text = _batch(batch_id), request.POST.get("version", "")
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    seen = SeenBatch(row.pk, int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1)
    acted(request, lambda: step(request, seen))
    return redirect("batch", row.pk)


@require_POST
def batches_requeue(request: HttpRequest) -> HttpResponse:
    """Those who waited for the new year's notice join its open month."""

    def act() -> str:
        requeue_awaiting(actor=actor_of(request), now=clock.now())
        return "batch.done"

    acted(request, act)
    return redirect("batches")


def _batch(batch_id: int) -> Batch:
    row = Batch.objects.filter(pk=batch_id).first()
    if row is None:
        raise Http404
    return row


def _close(request: HttpRequest, seen: SeenBatch) -> str:
    services.close_batch(seen=seen, actor=actor_of(request), now=clock.now())
    return "batch.done"


def _confirm(request: HttpRequest, seen: SeenBatch) -> str:
    services.confirm_batch(seen=seen, actor=actor_of(request), now=clock.now())
    return "batch.done"


def _roll_over(request: HttpRequest, seen: SeenBatch) -> str:
    reason = request.POST.get("reason", "")[:2000]
    services.roll_over_batch(seen=seen, reason=reason, actor=actor_of(request), now=clock.now())
    return "batch.done"


def _december(request: HttpRequest, seen: SeenBatch) -> str:
    choice, text = request.POST.get("choice", ""), request.POST.get("evaluate_by", "")
    if choice not in set(DecemberChoice):
        raise refuse("december_choice_missing", "choice")
    try:
        by = date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse("day_wrong", "evaluate_by") from None
    december = December(DecemberChoice(choice), by)
    services.decide_december_batch(seen=seen, december=december, actor=actor_of(request), now=clock.now())
    return "batch.done"


_STEPS: Mapping[str, Callable[[HttpRequest, SeenBatch], str]] = {
    "close": _close,
    "confirm": _confirm,
    "roll_over": _roll_over,
    "december": _december,
}
