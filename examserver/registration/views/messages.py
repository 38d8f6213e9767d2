"""The inboxes of applicants and of institutions, and a mail that a clerk sends again."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.notifications.events import EVENTS, Page
from examserver.notifications.selectors import inbox, told_of
from examserver.notifications.services.reading import open_message, send_again
from examserver.people.selectors import language_of
from examserver.people.services.accounts import choose_language
from examserver.registration.selectors import applications as reads
from examserver.registration.views.acting import acted

A_PAGE = 20


@never_cache
@require_GET
def messages_list(request: HttpRequest) -> HttpResponse:
    """The messages of whoever asks, the newest first."""
    actor = actor_of(request)
    rows = Paginator(inbox(actor).select_related("institution"), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"rows": rows}
    if actor.kind == "candidate":
        context |= {"languages": [code for code, _ in settings.LANGUAGES], "chosen": language_of(actor.id)}
    return render(request, "registration/messages.html", _framed(request, **context))


@never_cache
@require_GET
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message, read from now on; another's is not there."""
    try:
        row = open_message(notification_id=message_id, actor=actor_of(request), now=clock.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    page = EVENTS[row.event].page
    go = _go(page, row.subject, row.institution_id is not None)
    said = gettext(f"messages.go.{page}") if go else ""
    return render(request, "registration/message.html", _framed(request, row=row, go=go, go_word=said))


def _go(page: Page, subject: str, institution: bool) -> str:
    """Where the message leads; nowhere when the recipient has no such page."""
    kind, _, key = subject.partition(":")
    if page is Page.APPLICATION:
        return reverse("application" if institution else "my_application", args=[key]) if kind == page else ""
    if page is Page.TICKETS:
        return reverse("tickets")
    own = {Page.RESULTS: "my_results", Page.DECISIONS: "my_decisions"}
    return reverse(own[page]) if page in own and not institution else ""


def _framed(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """With the frame of an applicant's pages, or of an institution's, and the addresses in it."""
    at_home = actor_of(request).kind == "candidate"
    frame = "registration/_applicant.html" if at_home else "registration/_work.html"
    places = (
        {"list": "my_messages", "open": "my_message"} if at_home else {"list": "messages", "open": "message"}
    )
    return {**context, **places, "frame": frame, "at_home": at_home}


@require_POST
def my_messages_language(request: HttpRequest) -> HttpResponse:
    """The language of my mails."""

    def act() -> str:
        choose_language(candidate_id=actor_of(request).id, language=request.POST.get("language", ""))
        return "messages.language.done"

    acted(request, act)
    return redirect("my_messages")


@require_POST
def application_mail(request: HttpRequest, application_id: int, message_id: int) -> HttpResponse:
    """Send the mail of a message about this application again."""
    actor = actor_of(request)
    seen = reads.visible_to(actor).filter(pk=application_id).exists()
    if not seen or not told_of(f"application:{application_id}").filter(pk=message_id).exists():
        raise Http404

    def act() -> str:
        send_again(notification_id=message_id, actor=actor, now=clock.now())
        return "messages.again.done"

    acted(request, act)
    return redirect("application", application_id)
