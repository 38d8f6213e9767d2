"""The custodian's pages: frozen papers, and a look into one without starting an exam."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from itembank.bank.papers import paper_list, paper_page
from itembank.models import Paper
from itembank.sealing import BadSeal, SealKeyLost
from itembank.services.looking import record_list
from itembank.services.sealing import inspect_paper


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
