"""The desk at the door of a room: who is expected, the comparison of the face, and letting in."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.delivery import selectors as delivery
from examserver.invigilation.desk import can_compare, lines_of
from examserver.invigilation.services import face_checks
from examserver.invigilation.states import Severity
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.registration.views.acting import acted

if TYPE_CHECKING:
    from examserver.delivery.models import Session

LONGEST_FIELD = 500


def _session(request: HttpRequest, pk: int) -> "Session":
    try:
        return delivery.session_for(actor_of(request), pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@never_cache
@require_GET
def desk(request: HttpRequest, session: int) -> HttpResponse:
    """Everybody of the session; `?sitting=` is who stands at the desk."""
    found = _session(request, session)
    lines, given = lines_of(found), request.GET.get("sitting", "")
    chosen = next((one for one in lines if str(one.sitting.pk) == given), None)
    context = {
        "session": found,
        "lines": lines,
        "chosen": chosen,
        "can_compare": can_compare(),
        "consent": face_checks.CONSENT,
        "severities": [one for one in Severity if one],
        "is_first": chosen is not None
        and chosen.check is not None
        and chosen.check.checked_by_id == actor_of(request).id,
    }
    return render(request, "invigilation/desk.html", context)


@require_POST
def desk_act(request: HttpRequest, session: int, sitting: int) -> HttpResponse:
    """Refused, let in, released or reported; whoever is let in is no longer chosen."""
    found, step = _session(request, session), _STEPS.get(request.POST.get("step", ""))
    if step is None or not delivery.sittings_of(found).filter(pk=sitting).exists():
        raise Http404
    done = acted(request, lambda: step(request, sitting))
    address = reverse("desk", args=[found.pk])
    over = done and request.POST["step"] == "admit"
    return redirect(address if over else f"{address}?sitting={sitting}")


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "")[:LONGEST_FIELD]


def _refuse(request: HttpRequest, sitting: int) -> str:
    face_checks.record_refusal(sitting_id=sitting, actor=actor_of(request), now=clock.now())
    return "desk.done.refused"


def _admit(request: HttpRequest, sitting: int) -> str:
    face_checks.admit(sitting_id=sitting, actor=actor_of(request), now=clock.now(), reason=_note(request))
    return "desk.done.admitted"


def _release(request: HttpRequest, sitting: int) -> str:
    actor, note = actor_of(request), _note(request)
    face_checks.release(sitting_id=sitting, actor=actor, note=note, now=clock.now())
    return "desk.done.released"


def _report(request: HttpRequest, sitting: int) -> str:
    given = request.POST.get("severity", "")
    if given not in set(Severity) - {Severity.NONE}:
        raise NotAllowed("severity_required")
    severity, actor = Severity(given), actor_of(request)
    face_checks.report(
        sitting_id=sitting, actor=actor, note=_note(request), severity=severity, now=clock.now()
    )
    return "desk.done.reported"


_STEPS: Mapping[str, Callable[[HttpRequest, int], str]] = {
    "refuse": _refuse,
    "admit": _admit,
    "release": _release,
    "report": _report,
}
