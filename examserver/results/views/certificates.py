"""The office's certificates: given their numbers, handed out, told to the official look-ups, and taken back."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.words import said
from examserver.registration.views.acting import acted
from examserver.results.certificates.numbers import BadNumber
from examserver.results.certificates.states import CertificateState, DeclaredBy
from examserver.results.models import Certificate
from examserver.results.selectors import certificates as reads
from examserver.results.services import certificates as services
from examserver.results.services import revoking

LONGEST_FIELD = 500
AT_ONCE = 200


@never_cache
@require_GET
def office_certificates(request: HttpRequest) -> HttpResponse:
    """What waits: numbers to give, certificates to hand out, decisions to enter, look-ups to tell."""
    issued = reads.certificates().filter(state=CertificateState.ISSUED)
    collected = defaultdict(list)
    for one in issued:
        collected[one.institution].append(one)
    alone = collected.pop(None, [])
    context = {
        "eligible": reads.eligible()[:AT_ONCE],
        "counts": {
            "eligible": reads.eligible().count(),
            "collect": issued.count(),
            "undeclared": reads.undeclared().count(),
            "upload": reads.to_upload().count(),
            "withdraw": reads.open_withdrawals().count(),
        },
        "alone": alone[:AT_ONCE],
        "lists": sorted(collected.items(), key=lambda pair: pair[0].name if pair[0] else ""),
        "undeclared": reads.undeclared()[:AT_ONCE],
        "uploads": reads.to_upload().exclude(exported_at=None)[:AT_ONCE],
        "withdrawals": reads.open_withdrawals()[:AT_ONCE],
        "declared_by": [one for one in DeclaredBy if one],
        "today": clock.now().astimezone(clock.VENUE_ZONE).date(),
    }
    return render(request, "results/certificates.html", context)


@require_POST
def office_certificates_act(request: HttpRequest) -> HttpResponse:
    """One act of the page; whatever a row is refused is said with its name, and the others go on."""
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    step(request)
    return redirect("office_certificates")


@require_POST
def office_certificates_export(request: HttpRequest) -> HttpResponse:
    """The file for the official look-ups."""
    try:
        written = revoking.export_entries(actor=actor_of(request), now=clock.now())
    except (NotAllowed, Refused) as refusal:
        messages.error(request, _why(refusal))
        return redirect("office_certificates")
    name = f"certificates-{clock.now().astimezone(clock.VENUE_ZONE):%Y%m%d-%H%M}.csv"
    answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _keys(request: HttpRequest) -> list[int]:
    texts = request.POST.getlist("certificate")[:AT_ONCE]
    return [int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 16]


def _key(request: HttpRequest) -> int:
    keys = _keys(request)
    if len(keys) != 1 or not Certificate.objects.filter(pk=keys[0]).exists():
        raise Http404
    return keys[0]


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST_FIELD]


def _why(refusal: Exception) -> str:
    if isinstance(refusal, Refused):
        return " ".join(said(fault) for fault in refusal.faults)
    if isinstance(refusal, BadNumber):
        return gettext("error.bad_number")
    return gettext(f"error.{getattr(refusal, 'code', 'illegal_move')}")


def _issue(request: HttpRequest) -> None:
    """Each by itself: the serial of one that is refused goes to the next."""
    keys, done = _keys(request), 0
    if not keys:
        messages.error(request, gettext("error.list_empty"))
    for key in keys:
        try:
            services.issue_certificate(certificate_id=key, actor=actor_of(request), now=clock.now())
            done += 1
        except (NotAllowed, IllegalMove, Refused, BadNumber, ObjectDoesNotExist) as refusal:
            messages.error(request, f"{_name(key)}: {_why(refusal)}")
    if done:
        messages.success(request, gettext("certificate.done.issued") % {"count": done})


def _name(key: int) -> str:
    row = reads.certificates().filter(pk=key).first()
    return row.candidate.name if row else f"#{key}"


def _hand_over(request: HttpRequest) -> None:
    text = request.POST.get("institution", "")
    institution = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0

    def act() -> str:
        services.hand_over(
            institution_id=institution,
            certificate_ids=_keys(request),
            receiver=_text(request, "receiver"),
            actor=actor_of(request),
            now=clock.now(),
        )
        return "certificate.done"

    acted(request, act)


def _on_one(service: Callable[[HttpRequest, int], object]) -> Callable[[HttpRequest], None]:
    """An act on one certificate, that is there."""

    def step(request: HttpRequest) -> None:
        key = _key(request)

        def act() -> str:
            service(request, key)
            return "certificate.done"

        acted(request, act)

    return step


def _collect(request: HttpRequest, key: int) -> object:
    tail = _text(request, "id_tail")
    return services.collect_in_person(
        certificate_id=key, id_tail=tail, actor=actor_of(request), now=clock.now()
    )


def _declare(request: HttpRequest, key: int) -> object:
    given = request.POST.get("declared_by", "")
    try:
        day = date.fromisoformat(request.POST.get("decided_on", ""))
    except ValueError:
        raise NotAllowed("decision_needed") from None
    declared_by = DeclaredBy(given) if given in set(DeclaredBy) else DeclaredBy.UNDECLARED
    decision = revoking.Decision(declared_by, _text(request, "document"), day, _text(request, "reason"))
    return revoking.revoke_certificate(
        certificate_id=key, decision=decision, actor=actor_of(request), now=clock.now()
    )


def _uploaded(request: HttpRequest, key: int) -> object:
    return revoking.confirm_uploaded(certificate_id=key, actor=actor_of(request), now=clock.now())


def _withdrawn(request: HttpRequest, key: int) -> object:
    return revoking.confirm_withdrawn(certificate_id=key, actor=actor_of(request), now=clock.now())


_STEPS: Mapping[str, Callable[[HttpRequest], None]] = {
    "issue": _issue,
    "hand_over": _hand_over,
    "collect": _on_one(_collect),
    "declare": _on_one(_declare),
    "uploaded": _on_one(_uploaded),
    "withdrawn": _on_one(_withdrawn),
}
