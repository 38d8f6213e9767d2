"""Assembly: a blueprint is tried, what came of it is shown with every check, and its forms are frozen as papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from itembank.bank.papers import offerings
from itembank.bank.trying import FormsUneven, TooFewItems, Tried, parts_of, try_blueprint
from itembank.blueprints.assembling import Invalid
from itembank.blueprints.specification import BadBlueprint
from itembank.faults import BadSpec
from itembank.models import Pool
from itembank.plans import BadPlan, read_plan, usual_fields
from itembank.services.forms import freeze_forms
from itembank.services.looking import record_list
from itembank.services.papers import PaperCodeTaken
from itembank.states import MultipleScoring

MOST_BLUEPRINT = 200_000
PAGE = "itembank/assemble.html"


@require_http_methods(["GET", "POST"])
def bank_assemble(request: HttpRequest) -> HttpResponse:
    """Try a blueprint on the approved items of a pool, and freeze its forms when that is asked for."""
    context: dict[str, Any] = {"pools": Pool.objects.order_by("code"), "text": EXAMPLE}
    if request.method == "GET":
        return render(request, PAGE, context)
    text, pool = request.POST.get("blueprint", "")[:MOST_BLUEPRINT], request.POST.get("pool", "")
    if not Pool.objects.filter(code=pool).exists():
        messages.error(request, gettext("error.pool_missing"))
        return redirect("bank_assemble")
    context |= {"text": text, "pool": pool}
    try:
        tried = try_blueprint(text, pool)
    except BadBlueprint as bad:
        context["faults"] = [str(fault) for fault in bad.faults]
    except (TooFewItems, Invalid) as bad:
        context["problem"] = gettext(f"error.{bad.code}")
    else:
        return _tried(request, context, tried)
    return render(request, PAGE, context)


def _tried(request: HttpRequest, context: dict[str, Any], tried: Tried) -> HttpResponse:
    """The forms, or the papers that they have become."""
    context |= {"tried": tried, "found": tried.found}
    codes = [code for form in tried.found.forms for code in form.items]
    record_list(codes=codes, what="assembly", actor=actor_of(request), now=clock.now())
    if tried.found.forms:
        try:
            context["parts"] = parts_of(tried)
        except FormsUneven as uneven:
            context["problem"] = gettext(f"error.{uneven.code}")
        else:
            context |= {"offerings": offerings(), "multiples": list(MultipleScoring), "form": {"faults": {}}}
            if request.POST.get("act") == "freeze":
                return _freeze(request, context, tried)
            context["plan"] = _usual(context)
    return render(request, PAGE, context)


def _usual(context: dict[str, Any]) -> dict[str, str]:
    parts = context["parts"]
    return usual_fields([one.points for one in parts], [one.count for one in parts])


def _freeze(request: HttpRequest, context: dict[str, Any], tried: Tried) -> HttpResponse:
    """Freeze what was seen; what stands against it is said, at the field where there is one."""
    given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    context["plan"] = given
    try:
        plan = read_plan(given, [one.count for one in context["parts"]])
        papers = freeze_forms(
            tried=tried, plan=plan, seen=given.get("seen", ""), actor=actor_of(request), now=clock.now()
        )
    except BadPlan as bad:
        context["form"] = {"faults": bad.faults}
    except PaperCodeTaken as taken:
        context["form"] = {"faults": {"code": taken.code}}
    except NotAllowed as refusal:
        context["problem"] = gettext(f"error.{refusal.code}")
    except BadSpec as bad:
        items = ", ".join(one.where for one in bad.faults)
        context["problem"] = gettext("error.paper_by_person") % {"items": items}
    else:
        words = {"papers": ", ".join(one.code for one in papers), "checks": tried.held}
        messages.success(request, gettext("bank.done.frozen") % words)
        return redirect("bank_papers")
    return render(request, PAGE, context, status=400)


EXAMPLE = """forms = 2
length = 20
overlap = 0
seed = 1

[[rules]]
kind = "number"
where = "type == 'true_false'"
min = 8
max = 8

[[rules]]
kind = "number"
where = "type == 'single'"
min = 12
max = 12

[[rules]]
kind = "mean"
column = "difficulty"
min = 0.3
max = 0.7
"""
