"""The custodian's pages: frozen papers, a look into one without starting an exam, and trying a blueprint."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from itembank.bank.papers import TooFewItems, paper_list, paper_page, try_blueprint
from itembank.blueprints.assembling import Invalid
from itembank.blueprints.specification import BadBlueprint
from itembank.models import Paper, Pool
from itembank.sealing import BadSeal, SealKeyLost
from itembank.services.looking import record_list
from itembank.services.sealing import inspect_paper

MOST_BLUEPRINT = 200_000


@require_GET
def bank_papers(request: HttpRequest) -> HttpResponse:
    """Every frozen paper, the newest first."""
    return render(request, "itembank/papers.html", {"papers": paper_list()})


@require_GET
def bank_paper(request: HttpRequest, code: str) -> HttpResponse:
    """A paper as it is frozen, without keys; that it was seen is written down."""
    paper = Paper.objects.filter(code=code).first()
    if paper is None:
        raise Http404
    try:
        content = inspect_paper(paper=paper, actor=actor_of(request), now=clock.now())
    except (SealKeyLost, BadSeal) as problem:
        messages.error(request, gettext(f"error.{problem.code}"))
        return redirect("bank_papers")
    page = paper_page(paper, content)
    record_list(codes=page.codes, what=f"paper:{paper.pk}", actor=actor_of(request), now=clock.now())
    return render(request, "itembank/paper.html", {"page": page})


@require_http_methods(["GET", "POST"])
def bank_assemble(request: HttpRequest) -> HttpResponse:
    """Try a blueprint on the approved items of a pool: the forms with every rule checked, or the rules that block."""
    context: dict[str, Any] = {"pools": Pool.objects.order_by("code"), "text": EXAMPLE}
    if request.method == "GET":
        return render(request, "itembank/assemble.html", context)
    text, pool = request.POST.get("blueprint", "")[:MOST_BLUEPRINT], request.POST.get("pool", "")
    if not Pool.objects.filter(code=pool).exists():
        messages.error(request, gettext("error.pool_missing"))
        return redirect("bank_assemble")
    context |= {"text": text, "pool": pool}
    try:
        found = try_blueprint(text, pool)
    except BadBlueprint as bad:
        context["faults"] = [str(fault) for fault in bad.faults]
    except (TooFewItems, Invalid) as bad:
        context["problem"] = gettext(f"error.{bad.code}")
    else:
        context["found"] = found
        codes = [code for form in found.forms for code in form.items]
        record_list(codes=codes, what="assembly", actor=actor_of(request), now=clock.now())
    return render(request, "itembank/assemble.html", context)


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
kind = "mean"
column = "difficulty"
min = 0.3
max = 0.7
"""
