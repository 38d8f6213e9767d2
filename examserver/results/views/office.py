"""The office's pages and the candidate's look-up."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from examserver.delivery.selectors import sitting_for
from examserver.kernel import clock, throttle
from examserver.kernel.access import NotAllowed, Role
from examserver.kernel.http import actor_of
from examserver.kernel.throttle import Limit
from examserver.kernel.transitions import IllegalMove
from examserver.people.identity import normalise
from examserver.results.selectors import days
from examserver.results.selectors.due import due_of
from examserver.results.selectors.lookup import look_up
from examserver.results.services.amending import amend_result
from examserver.results.services.releasing import count_terminated, release_results
from examserver.results.states import Standing
from scoring.selectors.keys import held_changes

LONGEST_FIELD = 40
LOOK_UP = Limit("results.look_up", 10, 15 * 60)


def _day_of(text: str) -> days.DayPage:
    try:
        return days.day_page(days.exam_day(date.fromisoformat(text)))
    except (ValueError, ObjectDoesNotExist) as error:
        raise Http404 from error


def _today() -> date:
    return clock.now().astimezone(clock.VENUE_ZONE).date()


@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """The work lists: every exam day with how many results stand where."""
    today = _today()
    pages = [(page, due_of(page, today)) for page in days.day_pages()]
    context = {"days": pages, "held": held_changes().count()}
    return render(request, "results/office.html", context)


@require_http_methods(["GET", "POST"])
def office_amendments(request: HttpRequest) -> HttpResponse:
    """Released results that a corrected key would change; POST amends one of them."""
    if request.method == "GET":
        return render(request, "results/amendments.html", {"changes": held_changes()})
    number = request.POST.get("change", "")
    change = held_changes().filter(pk=int(number)).first() if number.isdecimal() else None
    try:
        if change is None:
            raise NotAllowed("already_amended")
        reason = request.POST.get("reason", "")
        amend_result(change=change, actor=actor_of(request), reason=reason, now=clock.now())
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
    else:
        messages.success(request, gettext("office.amended"))
    return redirect("office_amendments")


@require_GET
def office_day(request: HttpRequest, day: str) -> HttpResponse:
    """One day as a table; `?show=` narrows it to the candidates of one list."""
    page, show = _day_of(day), request.GET.get("show", "")
    wanted = Standing(show) if show in set(Standing) else None
    rows = [row for row in page.rows if wanted is None or any(c.standing is wanted for c in row.cells)]
    context = {
        "page": page,
        "due": due_of(page, _today()),
        "rows": rows,
        "show": wanted,
        "may_act": actor_of(request).has(Role.OFFICER),
    }
    return render(request, "results/day.html", context)


@require_http_methods(["GET", "POST"])
def office_release(request: HttpRequest, day: str) -> HttpResponse:
    """First what a release would do, then the one act."""
    page = _day_of(day)
    if request.method == "POST":
        try:
            release_results(
                exam_day=days.exam_day(page.day),
                actor=actor_of(request),
                seen=request.POST.get("seen", ""),
                now=clock.now(),
            )
        except (NotAllowed, IllegalMove) as refusal:
            messages.error(request, gettext(f"error.{getattr(refusal, 'code', 'plan_changed')}"))
        else:
            messages.success(request, gettext("office.released"))
            return redirect("office_day", page.day.isoformat())
    plan = days.release_plan(page.day)
    context = {
        "page": page,
        "plan": plan,
        "counts": plan.counts(),
        "waiting": days.in_order(plan.waiting),
    }
    return render(request, "results/release.html", context)


@require_POST
def office_count(request: HttpRequest, day: str, sitting: int) -> HttpResponse:
    """A sitting that staff ended counts after all."""
    page, actor = _day_of(day), actor_of(request)
    try:
        found = sitting_for(actor, sitting)
        if found.session.exam_day.date != page.day:
            raise Http404
        count_terminated(sitting=found, actor=actor, reason=request.POST.get("reason", ""), now=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except (NotAllowed, IllegalMove) as refusal:
        messages.error(request, gettext(f"error.{getattr(refusal, 'code', 'illegal_move')}"))
    return redirect("office_day", page.day.isoformat())


@never_cache
@require_http_methods(["GET", "POST"])
def results_look_up(request: HttpRequest) -> HttpResponse:
    """Ticket number and the last six of the ID number; the same answer for every pair that does not match."""
    if request.method == "GET":
        return render(request, "results/look_up.html")
    number = normalise(request.POST.get("ticket", "")[:LONGEST_FIELD])
    if not throttle.allow(LOOK_UP, request.META.get("REMOTE_ADDR", "")):
        return render(request, "results/look_up.html", {"problem": "too_often", "ticket": number}, status=429)
    tail = request.POST.get("id_tail", "")[:LONGEST_FIELD].strip()
    view = look_up(number, tail, get_language() or "")
    if view is None:
        return render(request, "results/look_up.html", {"problem": "no_match", "ticket": number}, status=404)
    return render(request, "results/look_up.html", {"view": view})
