"""An item's page with its versions, their comparison, the preview as candidates see it, and the acts on it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.access import Role
from examserver.kernel.http import actor_of
from itembank.bank.item_page import acts_on, item_page
from itembank.bank.reviews import review_queue
from itembank.bank.search import visible
from itembank.bank.versions import draft_of
from itembank.differences import differences
from itembank.materials import stored_path
from itembank.models import EnemyGroup, Media
from itembank.services.looking import record_look
from itembank.services.pools import add_enemies, remove_enemies, restore_item, retire_item
from itembank.services.reviewing import submit_version, withdraw_version
from itembank.states import ItemState
from itembank.views.asked import act, item_of, to_item, version_of


@require_GET
def bank_item(request: HttpRequest, code: str) -> HttpResponse:
    """The item with the version that `version` names; that it was seen is written down."""
    item, actor = item_of(request, code), actor_of(request)
    version = version_of(item, request.GET.get("version", ""))
    record_look(code=code, version=version.number, what="item", actor=actor, now=clock.now())
    waiting = next((one for one in review_queue(actor) if one.version.pk == version.pk), None)
    content = {"id": item.code, "type": version.type, "points": f"{version.points.normalize():f}"}
    context = {
        "page": item_page(item, version),
        "may": acts_on(item, version, actor, waiting),
        "why": waiting.why if waiting and actor.has(Role.ITEM_REVIEWER) else "",
        "retired": item.state == ItemState.RETIRED,
        "shown": {**content, **version.content},
    }
    return render(request, "itembank/item.html", context)


@require_GET
def bank_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of an item, word by word."""
    item = item_of(request, code)
    after = version_of(item, request.GET.get("after", ""))
    before = version_of(item, request.GET.get("before", "") or str(max(1, after.number - 1)))
    now = clock.now()
    for one in {before.number, after.number}:
        record_look(code=code, version=one, what="compare", actor=actor_of(request), now=now)
    context = {
        "item": item,
        "before": before,
        "after": after,
        "versions": item.versions.order_by("number"),
        "differences": differences(draft_of(before), draft_of(after)),
    }
    return render(request, "itembank/compare.html", context)


@require_GET
def bank_preview(request: HttpRequest) -> HttpResponse:
    """An empty sheet of the candidate's player; the page around it says which item to show, and answers go nowhere."""
    return render(request, "itembank/preview.html", {"zone": clock.VENUE_ZONE.key})


@require_GET
def bank_media(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A picture, film or recording of an item that the actor may know of."""
    media = Media.objects.filter(sha256=sha256, versions__item__in=visible(actor_of(request))).first()
    path = stored_path(sha256) if media else None
    if media is None or path is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=media.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def bank_act(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in, withdraw, retire or restore."""
    item, actor, now = item_of(request, code), actor_of(request), clock.now()
    version, reason = version_of(item, ""), request.POST.get("reason", "")[:400]
    reviewer = actor.has(Role.ITEM_REVIEWER)
    acts = {"submit": lambda: submit_version(version=version, actor=actor, now=now)}
    if reviewer or version.author == str(actor):
        acts["withdraw"] = lambda: withdraw_version(version=version, actor=actor, reason=reason, now=now)
    if reviewer:
        acts["retire"] = lambda: retire_item(item=item, actor=actor, reason=reason, now=now)
        acts["restore"] = lambda: restore_item(item=item, actor=actor, now=now)
    chosen = request.POST.get("act", "")
    if chosen not in acts:
        raise Http404
    act(request, chosen, acts[chosen])
    return to_item(code)


@require_POST
def bank_enemies(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the item apart from others, or let it meet them again."""
    item, actor, now = item_of(request, code), actor_of(request), clock.now()
    if group := request.POST.get("remove", ""):
        found = EnemyGroup.objects.filter(pk=int(group) if group.isdecimal() else 0, items=item).first()
        if found is None:
            raise Http404
        act(request, "enemies_removed", lambda: remove_enemies(group=found, actor=actor, now=now))
        return to_item(code)
    others = request.POST.get("codes", "").replace(",", " ").replace("，", " ").split()
    if visible(actor).filter(code__in=others).count() < len(set(others)):
        messages.error(request, gettext("error.enemies_unknown"))
        return to_item(code)
    codes, reason = {code, *others}, request.POST.get("reason", "")[:200]
    act(request, "enemies_added", lambda: add_enemies(codes=codes, reason=reason, actor=actor, now=now))
    return to_item(code)
