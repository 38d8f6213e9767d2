"""What the pages share: the item that a request names, if its actor may know of it, and how a refusal is said."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.kernel.transitions import IllegalMove
from itembank.bank.search import visible
from itembank.models import Item, ItemVersion


def item_of(request: HttpRequest, code: str) -> Item:
    """The item, where the actor may know of it; 404 otherwise."""
    found = visible(actor_of(request)).select_related("pool", "latest", "approved").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def version_of(item: Item, number: str) -> ItemVersion:
    """Version `number` of the item, the newest for an empty one; 404 for any other."""
    rows = item.versions.select_related("key", "standing", "item").order_by("-number")
    if number and not number.isdecimal():
        raise Http404
    found: ItemVersion | None = (rows.filter(number=int(number)) if number else rows).first()
    if found is None:
        raise Http404
    return found


def act(request: HttpRequest, done: str, move: Callable[[], object]) -> bool:
    """Make the move and say what was done, or say why it may not be; whether it was made."""
    try:
        move()
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
        return False
    except IllegalMove:
        messages.error(request, gettext("error.illegal_move"))
        return False
    messages.success(request, gettext(f"bank.done.{done}"))
    return True


def to_item(code: str) -> HttpResponse:
    """Back to the item's page."""
    return redirect("bank_item", code)
