"""The candidate's pages: one address, and the page that belongs on the screen."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from examserver.delivery import pages, selectors, workstation
from examserver.delivery.models import Seat, Sitting
from examserver.delivery.rules import rules
from examserver.delivery.services import admission, sittings
from examserver.delivery.states import SittingState
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.people.cookies import COOKIE, session_cookie
from examserver.people.identity import masked
from examserver.people.selectors import photo_path
from examserver.people.services import close_sessions
from itembank.selectors import equipment


@require_GET
def bind_seat(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Bind this browser to the seat of workstation `name`; 404 for a wrong key."""
    seat = selectors.seat_of_workstation(name)
    if seat is None or not workstation.opens(seat, key):
        raise Http404
    response = HttpResponseRedirect("/exam/")
    _keep(response, workstation.COOKIE, workstation.cookie_value(seat), workstation.YEAR_SECONDS)
    return response


def _keep(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    secure = settings.SECURE_COOKIES
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Strict", secure=secure)


@require_GET
def exam(request: HttpRequest) -> HttpResponse:
    """The page that belongs on this screen now."""
    seat = workstation.bound_seat(request)
    if seat is None:
        return render(request, "delivery/no_workstation.html", {"stage": "no_workstation"})
    sitting = pages.sitting_of(actor_of(request))
    if sitting is None:
        return _sign_in_page(request)
    return render(request, f"delivery/{pages.stage(sitting)}.html", _context(request, sitting))


def _sign_in_page(request: HttpRequest, errors: tuple[str, ...] = (), right_seat: str = "") -> HttpResponse:
    seat = workstation.bound_seat(request)
    context = {
        "stage": "sign_in",
        "seat": seat.label if seat else None,
        "room": seat.room.name if seat else "",
        "errors": errors,
        "right_seat": right_seat,
        "ticket": request.POST.get("ticket", ""),
        **_what_begins(seat),
    }
    return render(request, "delivery/sign_in.html", context, status=422 if errors else 200)


def _what_begins(seat: Seat | None) -> dict[str, Any]:
    """The subject that begins next at the seat, so that who sits down sees whether the place is right."""
    session = selectors.next_session(seat.room_id, clock.now()) if seat else None
    if session is None:
        return {}
    return {"subject": session.subject, "times": {"scheduled_start": session.scheduled_start}}


def _context(request: HttpRequest, sitting: Sitting, errors: tuple[str, ...] = ()) -> dict[str, Any]:
    candidate, offering = sitting.ticket.candidate, sitting.ticket.offering
    return {
        "stage": pages.stage(sitting),
        "seat": sitting.seat.label,
        "room": sitting.session.room.name,
        "candidate": {
            "name": candidate.name,
            "masked_id": masked(candidate.id_number),
            "photo_url": _photo_url(candidate),
        },
        "offering": {"name": offering.name, "name_en": offering.name_en, "level": offering.level},
        "subject": sitting.session.subject,
        "ticket": sitting.ticket.number,
        "errors": errors,
        "rules": rules(get_language() or settings.LANGUAGE_CODE),
        "equipment": equipment(sitting.paper),
        "state": pages.state(sitting, clock.now()),
        "times": {"scheduled_start": sitting.session.scheduled_start},
        "next_sitting": _next(sitting),
    }


def _photo_url(candidate: Any) -> str:
    return reverse("exam_photo") if photo_path(candidate) else ""


@require_GET
def photo(request: HttpRequest) -> FileResponse:
    """The photograph on file of who is signed in here; nobody else's has an address."""
    path = photo_path(_own(request).ticket.candidate)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), headers={"Cache-Control": "no-store"})


def _next(sitting: Sitting) -> dict[str, Any] | None:
    for one in selectors.sittings_of_day(sitting):
        later = one.session.scheduled_start > sitting.session.scheduled_start
        if later and not selectors.is_over(one):
            return {
                "subject": one.session.subject,
                "scheduled_start": one.session.scheduled_start,
                "room": one.session.room.name,
                "seat": one.seat.label,
            }
    return None


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ticket number and the last six characters of the ID, at the assigned seat."""
    seat = workstation.bound_seat(request)
    if seat is None:
        raise Http404
    typed = admission.Credentials(request.POST.get("ticket", ""), request.POST.get("id_tail", ""))
    try:
        session = admission.sign_in(credentials=typed, seat=seat, now=clock.now())
    except admission.SignInRefused as refused:
        return _sign_in_page(request, (refused.code,), refused.right_seat)
    response = HttpResponseRedirect("/exam/")
    _keep(response, COOKIE, session_cookie(session), settings.SESSION_COOKIE_AGE)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out at this workstation, as before the second subject."""
    sitting = _own(request)
    if pages.stage(sitting) == "working":
        return HttpResponseRedirect("/exam/")
    close_sessions(candidate_id=sitting.ticket.candidate_id, because="left", now=clock.now())
    response = HttpResponseRedirect("/exam/")
    response.delete_cookie(COOKIE)
    return response


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """ "This is me", or "this is not me": then staff are called and nobody is signed in."""
    sitting, now = _own(request), clock.now()
    if sitting.state != SittingState.CHECKED_IN:
        return HttpResponseRedirect("/exam/")
    if request.POST.get("answer") == "yes":
        sittings.take_seat(sitting=sitting, actor=actor_of(request), now=now)
        return HttpResponseRedirect("/exam/")
    sittings.raise_hand(sitting=sitting, actor=actor_of(request), raised=True, now=now)
    close_sessions(candidate_id=sitting.ticket.candidate_id, because="not_me", now=now)
    response = HttpResponseRedirect("/exam/")
    response.delete_cookie(COOKIE)
    return response


@require_POST
def accept_rules(request: HttpRequest) -> HttpResponse:
    """The commitment; without the tick the page says so."""
    sitting = _own(request)
    if request.POST.get("accepted") != "on":
        return _again(request, "not_accepted", 422)
    actor, shown = actor_of(request), rules(get_language() or settings.LANGUAGE_CODE)
    try:
        sittings.accept_rules(sitting=sitting, actor=actor, sha256=shown["sha256"], now=clock.now())
    except NotAllowed as refusal:
        return _again(request, refusal.code, 409)
    return HttpResponseRedirect("/exam/")


def _again(request: HttpRequest, error: str, status: int) -> HttpResponse:
    """The page that stands there, with what went wrong."""
    sitting = _own(request)
    context = _context(request, sitting, (error,))
    return render(request, f"delivery/{pages.stage(sitting)}.html", context, status=status)


def _own(request: HttpRequest) -> Sitting:
    sitting = pages.sitting_of(actor_of(request))
    if sitting is None:
        raise Http404
    return sitting
