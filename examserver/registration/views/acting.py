"""What the pages of applications share: an act with its message, what the page had seen, an uploaded file."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.documents import MOST_BYTES, DocumentKind
from examserver.registration.applications.faults import Refused, refuse
from examserver.registration.applications.words import said
from examserver.registration.models import Application
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.histories import Seen


def acted(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do it and say that it was done, or say every reason why not; nothing is half done."""
    try:
        messages.success(request, gettext(act()))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.where}: {said(fault)}" if "." in fault.where else said(fault))
        return False
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
        return False
    except IllegalMove:
        messages.error(request, gettext("error.illegal_move"))
        return False
    return True


def given_seen(request: HttpRequest, application: Application) -> Seen:
    """The version that the page showed; one that is no number is none that ever was."""
    text = request.POST.get("version", "")
    return Seen(application.pk, int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1)


def given_file(request: HttpRequest, seen: Seen) -> str:
    """Put the uploaded file with the application; Refused as `add_document` says, and for no file or no kind."""
    given, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if given is None or isinstance(given, list):
        raise refuse("document_empty", "file")
    if (given.size or 0) > MOST_BYTES:
        raise refuse("document_too_large", "file", most=MOST_BYTES // 2**20)
    if kind not in set(DocumentKind):
        raise refuse("document_unknown", "kind")
    new = NewDocument(DocumentKind(kind), given.name or "", given.read())
    add_document(seen=seen, new=new, actor=actor_of(request), now=clock.now())
    return "my.done.document"


def given_day(request: HttpRequest, name: str) -> date:
    """The day in the field `name`; Refused `day_wrong`."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise refuse("day_wrong", name) from None


def whole_number(text: str | None) -> int:
    """The number that was typed or follows in an address; 0, which no row and no price has, for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else 0
