"""The grader's queue and sheet, the grading lead's page: server-rendered, one template each."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.kernel.transitions import IllegalMove
from scoring.models import GradingTask
from scoring.selectors.lead import lead_page
from scoring.selectors.queue import open_in, open_to, queue, task_for
from scoring.selectors.sheet import sheet
from scoring.services.tasks import take_next, take_task

Page = Callable[..., HttpResponseBase]


def own_task(view: Page) -> Page:
    """Calls the view with the grading task instead of its code; 404 for anybody else's."""

    @wraps(view)
    def answer(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            found = task_for(actor_of(request), code)
        except GradingTask.DoesNotExist as error:
            raise Http404 from error
        return view(request, found, *args, **kwargs)

    return answer


@require_GET
def grading_queue(request: HttpRequest) -> HttpResponse:
    """What is mine, what is open, how far everybody is."""
    return render(request, "scoring/queue.html", {"queue": queue(actor_of(request)), "today": _today()})


@require_POST
def grading_take(request: HttpRequest) -> HttpResponse:
    """Take the next work of a pile and go to it."""
    actor = actor_of(request)
    paper, task = request.POST.get("paper", ""), request.POST.get("task", "")
    if not paper.isdecimal():
        raise Http404
    try:
        taken = take_next(open_tasks=open_in(actor, int(paper), task), actor=actor, now=clock.now())
    except NotAllowed as refusal:
        return _refused(request, refusal.code, "grading_queue")
    return redirect("grading_sheet", taken.code)


@require_GET
@own_task
def grading_sheet(request: HttpRequest, grading_task: GradingTask) -> HttpResponse:
    """The three columns: work, rubric, notes and next."""
    actor = actor_of(request)
    left = open_in(actor, grading_task.sitting.paper_id, grading_task.task)
    context = {
        "sheet": sheet(grading_task),
        "paper": grading_task.sitting.paper_id,
        "task": grading_task.task,
        "left": len(left),
        "zone": clock.VENUE_ZONE.key,
    }
    return render(request, "scoring/sheet.html", context)


@require_GET
def grading_lead(request: HttpRequest) -> HttpResponse:
    """Progress, differences above the threshold, distributions."""
    return render(request, "scoring/lead.html", {"page": lead_page(actor_of(request)), "today": _today()})


@require_POST
def grading_take_third(request: HttpRequest, code: str) -> HttpResponse:
    """The lead takes a third mark and goes to it."""
    actor = actor_of(request)
    found = open_to(actor, third=True).filter(code=code).first()
    if found is None:
        raise Http404
    try:
        take_task(grading_task=found, actor=actor, now=clock.now())
    except NotAllowed as refusal:
        return _refused(request, refusal.code, "grading_lead")
    except IllegalMove:
        return _refused(request, "nothing_open", "grading_lead")
    return redirect("grading_sheet", code)


def _refused(request: HttpRequest, code: str, page: str) -> HttpResponse:
    messages.error(request, gettext(f"error.{code}"))
    return redirect(page)


def _today() -> Any:
    return clock.now().astimezone(clock.VENUE_ZONE).date()
