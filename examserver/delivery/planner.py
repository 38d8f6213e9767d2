"""The planner's pages: which batches want a day, and a day for one of them."""

from datetime import date, time

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from examserver.delivery.models import Room
from examserver.delivery.services.arranging import Arrangement, arrange_day
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.words import said
from examserver.registration.selectors.batches import held_batch, held_batches
from examserver.registration.selectors.tickets import batched, planned_tickets
from itembank.selectors import papers_for
from itembank.states import Subject

STARTS = {Subject.THEORY: "09:00", Subject.PRACTICAL: "13:30"}


@never_cache
@require_GET
def planning(request: HttpRequest) -> HttpResponse:
    """Confirmed batches, with how many of their people wait for a day."""
    return render(request, "delivery/planning.html", {"batches": held_batches()})


@never_cache
@require_http_methods(["GET", "POST"])
def plan_day(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Choose day, rooms and papers; everybody gets a seat and a ticket, or the reason is said and nothing was done."""
    batch = held_batch(batch_id)
    if batch is None:
        raise Http404
    if request.method == "POST" and _arranged(request, batch_id):
        return redirect("plan_day", batch_id)
    waiting = batched(batch_id)
    offerings = sorted({one.offering.code for one in waiting})
    context = {
        "batch": batch,
        "waiting": waiting,
        "offerings": [(code, papers_for({code})) for code in offerings],
        "rooms": Room.objects.annotate(places=Count("seats")).order_by("code"),
        "subjects": [(subject, request.POST.get(f"start-{subject}", STARTS[subject])) for subject in Subject],
        "tickets": planned_tickets(batch_id),
        "given": request.POST,
        "chosen": request.POST.getlist("room"),
    }
    return render(request, "delivery/plan_day.html", context)


def _arranged(request: HttpRequest, batch_id: int) -> bool:
    try:
        arrangement = _arrangement(request)
        left = arrange_day(
            batch_id=batch_id, arrangement=arrangement, actor=actor_of(request), now=clock.now()
        )
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
        return False
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, said(fault))
        return False
    messages.success(request, gettext("planning.done"))
    if left.left_over:
        messages.error(request, gettext("planning.left") % {"people": len(left.left_over)})
    for one in left.kept_out:
        why = " ".join(said(fault) for fault in one.faults)
        messages.error(request, gettext("planning.kept_out") % {"name": one.name, "why": why})
    return True


def _arrangement(request: HttpRequest) -> Arrangement:
    """What was chosen; NotAllowed `day_wrong`, `time_wrong`."""
    post = request.POST
    try:
        day = date.fromisoformat(post.get("day", ""))
    except ValueError:
        raise NotAllowed("day_wrong") from None
    try:
        starts = {subject: time.fromisoformat(post.get(f"start-{subject}", "")) for subject in Subject}
    except ValueError:
        raise NotAllowed("time_wrong") from None
    rooms = [_key(one) for one in post.getlist("room")]
    papers = {place: key for name in post if (place := _place(name)) and (key := _key(post.get(name, "")))}
    return Arrangement(day, post.get("title", "").strip() or day.isoformat(), starts, rooms, papers)


def _place(name: str) -> tuple[str, Subject] | None:
    """The offering and subject that a field named `paper-O5-theory` is for."""
    kind, offering, subject = ([*name.split("-"), "", "", ""])[:3]
    return (offering, Subject(subject)) if kind == "paper" and subject in set(Subject) else None


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
