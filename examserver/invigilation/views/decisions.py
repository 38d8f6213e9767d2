"""The office's cases from the second signature to the end of an appeal, and the candidate's own decisions."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.invigilation import decisions as reads
from examserver.invigilation.models import Case
from examserver.invigilation.services import appeals as services
from examserver.invigilation.services.appeals import Ruling
from examserver.invigilation.services.referrals import Handover, refer_case
from examserver.invigilation.states import RULINGS, CaseState, Severity, ToldBy
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed, Role
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import Refused
from examserver.registration.notice import CLAUSES
from examserver.registration.selectors.catalogue import catalogue_in_force
from examserver.registration.views.acting import acted

LONGEST_FIELD = 4000
TO_REFER = "refer"


def _today() -> date:
    return clock.now().astimezone(clock.VENUE_ZONE).date()


@never_cache
@require_GET
def office_cases(request: HttpRequest) -> HttpResponse:
    """The work list: what is appealed, what waits to be decided or told, and what is over."""
    lines = reads.signed_lines()
    counts = {state: sum(one.case.state == state for one in lines) for state in reads.WORK}
    show = request.GET.get("show", "")
    context = {
        "lines": [
            one for one in lines if show in ("", one.case.state) or (show == TO_REFER and one.to_refer)
        ],
        "to_refer": sum(one.to_refer for one in lines),
        "counts": [(state, count, reads.MEANINGS.get(state, "")) for state, count in counts.items() if count],
        "show": show,
    }
    return render(request, "invigilation/office_cases.html", context)


@never_cache
@require_GET
def office_case(request: HttpRequest, case: int) -> HttpResponse:
    """One case: what it rests on, who signed, what was said against it, and the next act."""
    found, actor = _signed(case), actor_of(request)
    context = {
        "line": reads.line_of(found),
        "case": found,
        "today": _today(),
        "ways": list(ToldBy),
        "clauses": list(CLAUSES.values()),
        "severities": [one for one in Severity if one],
        "may_act": actor.has(Role.OFFICER),
        "may_rule": actor.id not in (found.proposed_by_id, found.confirmed_by_id),
    }
    return render(request, "invigilation/office_case.html", context)


@require_POST
def office_case_act(request: HttpRequest, case: int) -> HttpResponse:
    """The next act on a case; of two at once the second is refused."""
    found, step = _signed(case), _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    acted(request, lambda: step(request, found))
    return redirect("office_case", found.pk)


def _signed(pk: int) -> Case:
    try:
        return reads.signed_case(pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST_FIELD]


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise NotAllowed("told_day_wrong") from None


def _decide(request: HttpRequest, case: Case) -> str:
    document = _text(request, "document")
    services.decide_case(case=case, document=document, actor=actor_of(request), now=clock.now())
    return "case.done"


def _tell(request: HttpRequest, case: Case) -> str:
    way = request.POST.get("told_by", "")
    if way not in set(ToldBy):
        raise NotAllowed("told_by_needed")
    on, actor = _day(request, "on"), actor_of(request)
    services.tell_decision(case=case, told_by=ToldBy(way), on=on, actor=actor, now=clock.now())
    return "case.done"


def _enter_appeal(request: HttpRequest, case: Case) -> str:
    on, grounds = _day(request, "on"), _text(request, "grounds")
    services.file_appeal(case=case, grounds=grounds, received_on=on, actor=actor_of(request), now=clock.now())
    return "case.done"


def _rule(request: HttpRequest, case: Case) -> str:
    outcome, severity = request.POST.get("outcome", ""), request.POST.get("severity", "")
    if outcome not in RULINGS or severity not in set(Severity):
        raise NotAllowed("ruling_needed")
    changed = outcome == CaseState.CHANGED
    verdict = (_text(request, "clause"), Severity(severity)) if changed else ("", Severity.NONE)
    ruling = Ruling(CaseState(outcome), _text(request, "note"), *verdict)
    services.decide_appeal(case=case, ruling=ruling, actor=actor_of(request), now=clock.now())
    return "case.done"


def _refer(request: HttpRequest, case: Case) -> str:
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        raise NotAllowed("referral_day_wrong") from None
    handover = Handover(_text(request, "recipient"), _text(request, "package"), on)
    refer_case(case=case, handover=handover, actor=actor_of(request), now=clock.now())
    return "case.done"


_STEPS: Mapping[str, Callable[[HttpRequest, Case], str]] = {
    "decide": _decide,
    "tell": _tell,
    "appeal": _enter_appeal,
    "rule": _rule,
    "refer": _refer,
}


@never_cache
@require_GET
def my_decisions(request: HttpRequest) -> HttpResponse:
    """Every decision of which the candidate was told, with how long it may be appealed against, and who supervises."""
    today = _today()
    lines = [(one, reads.may_appeal(one.case, today)) for one in reads.told_lines(actor_of(request))]
    context = {"lines": lines, "supervision": _supervision(today)}
    return render(request, "invigilation/my_decisions.html", context)


def _supervision(day: date) -> object:
    """The telephones for complaints that every notice of a decision bears (REQ-79, REQ-80)."""
    try:
        return catalogue_in_force(day).catalogue.supervision
    except Refused:  # no notice is in force yet: nothing could have been decided under it
        return ()


@require_POST
def my_appeal(request: HttpRequest, case: int) -> HttpResponse:
    """The candidate's own appeal; it is received today."""
    actor = actor_of(request)
    try:
        found = reads.told_case(actor, case)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    grounds, now = _text(request, "grounds"), clock.now()

    def act() -> str:
        services.file_appeal(case=found, grounds=grounds, received_on=_today(), actor=actor, now=now)
        return "my.decisions.appealed"

    acted(request, act)
    return redirect("my_decisions")
