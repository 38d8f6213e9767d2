"""Import: the file, its preview with every error, and the agreement."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from itembank.formats.known.sheets.template import template
from itembank.formats.question import Error
from itembank.formats.wording import message
from itembank.models import ImportFile, Pool
from itembank.services.imports import MOST_BYTES, Preview, agree_file, discard_file, offer_file, preview
from itembank.services.looking import record_list
from itembank.services.pools import named_pool
from itembank.states import ImportState
from itembank.views.asked import act
from itembank.wording import LEVEL_TITLES

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


@require_http_methods(["GET", "POST"])
def bank_import(request: HttpRequest) -> HttpResponse:
    """Choose a file and a pool; the file is read and shown before anything is written."""
    if request.method == "POST":
        return _offer(request)
    actor = actor_of(request)
    files = ImportFile.objects.filter(uploaded_by=str(actor)).select_related("pool").defer("data")
    context = {
        "files": files.order_by("-uploaded_at")[:10],
        "levels": list(LEVEL_TITLES),
        "pools": Pool.objects.order_by("code"),
        "most_mb": MOST_BYTES // 1024 // 1024,
    }
    return render(request, "itembank/import.html", context)


def _offer(request: HttpRequest) -> HttpResponse:
    """Too long a body is refused by its announced length, before it is read."""
    announced = request.headers.get("Content-Length", "0")
    if not announced.isdecimal() or int(announced) > MOST_BYTES + 100_000:
        return _refused(request, "file_too_large")
    given = request.FILES.get("file")
    if given is None or isinstance(given, list):
        return _refused(request, "file_missing")
    try:
        pool = named_pool(request.POST.get("pool", ""))
        name = str(given.name)
        file = offer_file(data=given.read(), name=name, pool=pool, actor=actor_of(request), now=clock.now())
    except NotAllowed as refusal:
        return _refused(request, refusal.code)
    return _on(request, reverse("bank_import_file", args=[file.pk]))


def _refused(request: HttpRequest, code: str) -> HttpResponse:
    """A script that shows the progress reads JSON; a plain form gets its page again."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": {"code": code, "text": gettext(f"error.{code}")}}, status=400)
    messages.error(request, gettext(f"error.{code}"))
    return redirect("bank_import")


def _on(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"next": address})
    return redirect(address)


@require_http_methods(["GET", "POST"])
def bank_import_file(request: HttpRequest, number: int) -> HttpResponse:
    """What agreeing would do, item by item; agree or discard. Only the person who brought the file sees it."""
    actor = actor_of(request)
    file = (
        ImportFile.objects.filter(pk=number, uploaded_by=str(actor))
        .select_related("pool")
        .defer("data")
        .first()
    )
    if file is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, file)
    if file.state != ImportState.OFFERED:
        return render(request, "itembank/import_file.html", {"file": file})
    shown = preview(file)
    codes = [one.code for one in shown.new] + [one.change.coming.code for one in shown.changed]
    record_list(codes=codes, what=f"import:{file.pk}", actor=actor, now=clock.now())
    return render(request, "itembank/import_file.html", _context(request, file, shown))


def _context(request: HttpRequest, file: ImportFile, shown: Preview) -> dict[str, Any]:
    page = request.GET.get("page", "1")
    return {
        "file": file,
        "shown": shown,
        "new": Paginator(shown.new, SHOWN).get_page(page),
        "changed": shown.changed[:SHOWN],
        "errors": [_said(one) for one in shown.errors[: 10 * SHOWN]],
        "notes": [_said(one) for one in shown.notes[:SHOWN]],
    }


def _said(error: Error) -> dict[str, Any]:
    """An error as a row of the table; the bank's own codes stand in the bank's words, those of files in theirs."""
    own = gettext(f"bank.refused.{error.code}")
    text = own % error.params if own != f"bank.refused.{error.code}" else message(error, gettext)
    return {"where": error.where, "row": error.row or error.line or "", "column": error.column, "text": text}


def _decide(request: HttpRequest, file: ImportFile) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    if request.POST.get("act") == "discard":
        act(request, "discarded", lambda: discard_file(file=file, actor=actor, now=now))
        return redirect("bank_import")
    seen = request.POST.get("seen", "")
    act(request, "agreed", lambda: agree_file(file=file, seen=seen, actor=actor, now=now))
    return redirect("bank_import_file", file.pk)


@require_GET
def bank_template(request: HttpRequest) -> HttpResponse:
    """The workbook that a venue fills in."""
    response = HttpResponse(template(gettext), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="items.xlsx"'
    return response
