"""The two pages of the room board: which session, and its board."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from examserver.delivery import selectors as delivery
from examserver.invigilation.cards import OFFICIAL_LANGUAGE
from examserver.invigilation.states import DismissReason
from examserver.kernel.access import Actor
from examserver.kernel.http import actor_of
from examserver.people.selectors import display_name
from examserver.registration.notice import CLAUSES, Clause


@require_GET
def board_sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that the actor may watch, newest day first."""
    sessions = [_session_line(one) for one in delivery.sessions_for(actor_of(request))]
    return render(request, "invigilation/sessions.html", {"sessions": sessions})


def _session_line(session: Any) -> dict[str, Any]:
    return {
        "url": reverse("board", args=[session.pk]),
        "room": session.room.name,
        "subject": session.subject,
        "date": session.exam_day.date,
        "scheduled_start": session.scheduled_start,
        "state": session.state,
    }


@require_GET
def board(request: HttpRequest, session: int) -> HttpResponse:
    """The board of one session; its content comes over the socket."""
    actor = actor_of(request)
    shown = delivery.sessions_for(actor).filter(pk=session).first()
    if shown is None:
        raise Http404
    context = {"session": _session_line(shown), "board": _board_facts(actor, session)}
    return render(request, "invigilation/board.html", context)


def _board_facts(actor: Actor, session: int) -> dict[str, Any]:
    """What the page's script needs before the first snapshot: who looks, and the words of the notice."""
    language = get_language() or OFFICIAL_LANGUAGE
    return {
        "session": session,
        "me": {"name": display_name(actor.id), "roles": sorted(actor.roles)},
        "reasons": [reason.value for reason in DismissReason],
        "clauses": [_clause_line(one, language) for one in CLAUSES.values()],
    }


def _clause_line(one: Clause, language: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "tier": one.tier,
        "text": one.text(language),
        "reminder_required": one.reminder_required,
        "note_required": one.note_required,
        "severity_required": one.severity_required,
    }
