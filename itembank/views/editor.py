"""The editor: a form for each type with a live preview; saving writes a new draft version."""

from collections.abc import Callable
from dataclasses import replace
from re import fullmatch
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of, json_view
from itembank.authoring.drafts import draft
from itembank.authoring.forms import (
    EDITABLE,
    BadForm,
    Form,
    Row,
    faults_of,
    form_of,
    question_from,
    read_form,
)
from itembank.authoring.parts import BadDraft
from itembank.bank.item_page import editable_question
from itembank.fields import CODE_PATTERN
from itembank.models import ItemVersion, Pool
from itembank.services.editing import Written, create_item, revise_item
from itembank.services.looking import record_look
from itembank.services.pools import named_pool
from itembank.versions import Draft
from itembank.views.asked import item_of, version_of
from itembank.wording import LEVEL_TITLES

ROWS = 4
MOST_CODE = 40


def _drafted(form: Form) -> Draft:
    """The draft of a form; BadForm says at which fields it is no item."""
    try:
        return draft(question_from(form))
    except BadDraft as problem:
        raise BadForm(faults_of(problem)) from problem


@require_http_methods(["GET", "POST"])
def bank_new(request: HttpRequest) -> HttpResponse:
    """A new item of the type that is asked for."""
    if request.method == "GET":
        asked = request.GET.get("type", "single")
        if asked not in EDITABLE:
            raise Http404
        return _page(request, Form(asked, rows=[Row()] * ROWS), {"code": "", "pool": ""})
    form, code = read_form(dict(request.POST.lists())), request.POST.get("code", "").strip()
    pool = request.POST.get("pool", "")
    given = {"code": code, "pool": pool, "note": ""}
    faults = {}
    if len(code) > MOST_CODE or fullmatch(CODE_PATTERN, code) is None:
        faults["code"] = "code_bad"

    def write(made: Draft) -> ItemVersion:
        return create_item(
            code=code, pool=named_pool(pool), written=Written(made), actor=actor_of(request), now=clock.now()
        )

    return _saved(request, form, given, faults, write)


@require_http_methods(["GET", "POST"])
def bank_edit(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of an item, begun from its newest; 404 for what the form cannot show."""
    item = item_of(request, code)
    version = version_of(item, "")
    question = editable_question(code, version)
    if question is None:
        raise Http404
    if request.method == "GET":
        record_look(
            code=code, version=version.number, what="editor", actor=actor_of(request), now=clock.now()
        )
        given = {"code": code, "item": item, "base": str(version.number), "note": ""}
        return _page(request, form_of(question), given)
    form, base = read_form(dict(request.POST.lists())), request.POST.get("base", "")
    note = request.POST.get("note", "").strip()[:400]
    given = {"code": code, "item": item, "base": base, "note": note}

    def write(made: Draft) -> ItemVersion:
        made = replace(made, attributes={**version.attributes, **made.attributes})
        number = int(base) if base.isdecimal() else 0
        return revise_item(
            item=item, base=number, written=Written(made, note), actor=actor_of(request), now=clock.now()
        )

    return _saved(request, form, given, {}, write)


def _saved(
    request: HttpRequest,
    form: Form,
    given: dict[str, Any],
    faults: dict[str, str],
    write: Callable[[Draft], ItemVersion],
) -> HttpResponse:
    """Write it, or show the form again with every message at its field."""
    try:
        made = _drafted(form)
        if faults:
            raise BadForm(faults)
        version = write(made)
    except BadForm as bad:
        return _page(request, replace(form, faults={**faults, **bad.faults}), given, status=400)
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
        return _page(request, form, given, status=409)
    messages.success(request, gettext("bank.done.saved"))
    return redirect("bank_item", version.item.code)


def _page(request: HttpRequest, form: Form, given: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = list(form.rows) + [Row()] * max(0, 2 - len(form.rows))
    context = {
        **given,
        "form": form,
        "rows": rows,
        "types": EDITABLE,
        "levels": list(LEVEL_TITLES),
        "pools": Pool.objects.order_by("code"),
    }
    return render(request, "itembank/edit.html", context, status=status)


@json_view("POST")
def api_bank_draft(request: HttpRequest) -> dict[str, Any]:
    """The content that the form would give, for the preview; or what is wrong, by field. Nothing is written."""
    try:
        made = _drafted(read_form(dict(request.POST.lists())))
    except BadForm as bad:
        return {"faults": {name: gettext(f"bank.refused.{code}") for name, code in bad.faults.items()}}
    points = f"{made.points.normalize():f}"
    return {"item": {"id": "preview", "type": made.type.value, "points": points, **made.content}}
