"""Admission tickets for whose they are: the candidate's own, or an institution's of its people, from their day on."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.registration.notice import CLAUSES
from examserver.registration.printing import tickets_pdf
from examserver.registration.selectors.tickets import OwnTicket, own_tickets


@never_cache
@require_GET
def tickets(request: HttpRequest) -> HttpResponse:
    """Every ticket with its day; `?print` shows all that are open, one after the other."""
    rows = own_tickets(actor_of(request), clock.now())
    if "print" in request.GET:
        shown = [(one, _qr(one)) for one in rows if one.newest]
        return render(
            request,
            "registration/ticket_print.html",
            _framed(request, tickets=shown, clauses=CLAUSES.values()),
        )
    return render(request, "registration/tickets.html", _framed(request, tickets=rows))


@never_cache
@require_GET
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """One ticket to print; before its day only the day is told."""
    rows = own_tickets(actor_of(request), clock.now(), number)
    if not rows:
        raise Http404
    if rows[0].newest is None:
        return render(request, "registration/tickets.html", _framed(request, tickets=rows), status=403)
    context = _framed(request, tickets=[(rows[0], _qr(rows[0]))], clauses=CLAUSES.values())
    return render(request, "registration/ticket_print.html", context)


@never_cache
@require_GET
def tickets_file(request: HttpRequest, number: str = "") -> HttpResponse:
    """The tickets that are open as one PDF, or the one with that number; where none is open there is no file."""
    rows = [one for one in own_tickets(actor_of(request), clock.now(), number) if one.newest]
    if not rows:
        raise Http404
    response = HttpResponse(tickets_pdf(rows), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{rows[0].ticket.number}.pdf"'
    return response


def _framed(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """With the frame of an applicant's pages, or of an institution's."""
    at_home = actor_of(request).kind == "candidate"
    return {**context, "frame": "registration/_applicant.html" if at_home else "registration/_work.html"}


def _qr(own: OwnTicket) -> SafeString:
    """Number and version for whoever reads it at the door; an older printout is told from the newest by it."""
    code = segno.make(f"{own.ticket.number}/{own.ticket.version}", error="m")
    # segno draws our own number: nothing in the picture comes from a person.
    return mark_safe(code.svg_inline(scale=4))  # noqa: S308
