"""The work lists of the body and of an institution, one application with its papers beside it, and the decisions."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from examserver.kernel import clock
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.http import actor_of
from examserver.notifications.selectors import told_of
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.duties import BODY, check_duty
from examserver.registration.applications.faults import refuse
from examserver.registration.applications.states import (
    ApplicationState,
    CancelledAs,
    Channel,
    Step,
    steps_from,
)
from examserver.registration.eligibility.standard import shipped_standard
from examserver.registration.models import Application, GroupFile
from examserver.registration.selectors import applications as reads
from examserver.registration.selectors.catalogue import catalogue_of
from examserver.registration.selectors.work import Wanted, counts, listed
from examserver.registration.services import applications as services
from examserver.registration.services import forms, payments, reviewing
from examserver.registration.services.documents import path_of
from examserver.registration.services.group_files import NewFile, import_group_file
from examserver.registration.services.histories import Seen, ownership
from examserver.registration.services.orders import open_order
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from examserver.registration.views.acting import acted, given_day, given_file, given_seen, whole_number
from examserver.registration.views.my import my_application_form

MOST_FILE = 20 * 2**20
application_form = my_application_form


@never_cache
@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    """Where how many stand, and the rows of one state; the oldest first, for they wait the longest."""
    get, actor = request.GET, actor_of(request)
    wanted = Wanted(
        get.get("state", ""), get.get("offering", ""), get.get("q", "")[:80], whole_number(get.get("after"))
    )
    context = {
        "counts": counts(actor),
        "wanted": wanted,
        "list": listed(actor, wanted),
        "institution": reads.institution_of(actor),
    }
    return render(request, "registration/applications.html", context)


@never_cache
@require_GET
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """What was filled in, the documents that prove it, what was done, and what may be done now."""
    row, actor = _visible(request, application_id), actor_of(request)
    history = reads.events(row)
    judged = next((one.data["eligibility"] for one in reversed(history) if "eligibility" in one.data), None)
    held = reads.documents(row)
    context = {
        "application": row,
        "events": history,
        "judged": judged,
        "alternatives": shipped_standard().alternatives(row.offering.level),
        "documents": [(one, list(reads.duplicates(one)[:5])) for one in held.values()],
        "kinds": tuple(DocumentKind),
        "steps": open_steps(row, actor),
        "amount": _amount(row),
        "told": told_of(f"application:{row.pk}") if actor.has(*BODY) else None,
    }
    return render(request, "registration/application.html", context)


def open_steps(row: Application, actor: Actor) -> frozenset[str]:
    """The steps that lead on from where it stands and are the actor's to take."""
    return frozenset(
        step.value
        for step in steps_from(Channel(row.channel), ApplicationState(row.state))
        if _may(step, row, actor)
    )


def _may(step: Step, row: Application, actor: Actor) -> bool:
    try:
        check_duty(step, actor, ownership(row, actor))
    except NotAllowed:
        return False
    return True


def _amount(row: Application) -> int | None:
    """What its subjects cost, for who asks for the money; None before it was handed in."""
    if row.fee_due is not None or not row.catalogue_version:
        return row.fee_due
    offered = catalogue_of(row.catalogue_version).offered(row.offering.code)
    return offered.fee.of_all(row.subject_set) if offered else None


@never_cache
@require_GET
def application_document(request: HttpRequest, application_id: int, document_id: int) -> HttpResponseBase:
    """A document, shown in the page and run nowhere."""
    found = _visible(request, application_id).documents.filter(pk=document_id).first()
    if found is None or not path_of(found.sha256).is_file():
        raise Http404
    response = FileResponse(
        path_of(found.sha256).open("rb"), content_type=found.media_type, filename=found.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_POST
def application_act(request: HttpRequest, application_id: int) -> HttpResponse:
    """One decision, with its reason; of two at once the second is refused."""
    row = _visible(request, application_id)
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    acted(request, lambda: step(request, given_seen(request, row)))
    return redirect("application", row.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def applications_file(request: HttpRequest) -> HttpResponse:
    """An institution's file of applications: what was stored, and every row that was not, with its cause."""
    context: dict[str, object] = {"institution": reads.institution_of(actor_of(request))}
    if request.method == "POST":
        done: list[GroupFile] = []

        def act() -> str:
            done.append(_import(request))
            return "applications.file.done"

        acted(request, act)
        context["done"] = done[0] if done else None
    return render(request, "registration/applications_file.html", context)


def _import(request: HttpRequest) -> GroupFile:
    given = request.FILES.get("file")
    if given is None or isinstance(given, list):
        raise refuse("file_empty", "file")
    if (given.size or 0) > MOST_FILE:
        raise refuse("file_too_large", "file", most=MOST_FILE // 2**20)
    file = NewFile(given.name or "", given.read(), request.POST.get("institution", "")[:40])
    return import_group_file(file=file, actor=actor_of(request), now=clock.now())


def _visible(request: HttpRequest, application_id: int) -> Application:
    try:
        return reads.application(application_id, actor_of(request))
    except ObjectDoesNotExist:
        raise Http404 from None


def _yuan(request: HttpRequest) -> int:
    return whole_number(request.POST.get("amount"))


def _decision(request: HttpRequest) -> Decision:
    return Decision(request.POST.get("reason", "")[:2000], request.POST.get("alternative", ""))


def _decided(step: Callable[..., object]) -> Callable[[HttpRequest, Seen], str]:
    def act(request: HttpRequest, seen: Seen) -> str:
        step(seen=seen, decision=_decision(request), actor=actor_of(request), now=clock.now())
        return "applications.done"

    return act


def _plain(step: Callable[..., object]) -> Callable[[HttpRequest, Seen], str]:
    def act(request: HttpRequest, seen: Seen) -> str:
        step(seen=seen, actor=actor_of(request), now=clock.now())
        return "applications.done"

    return act


def _owed(step: Callable[..., object]) -> Callable[[HttpRequest, Seen], str]:
    def act(request: HttpRequest, seen: Seen) -> str:
        due = Due(_yuan(request), given_day(request, "last_day"))
        step(seen=seen, due=due, actor=actor_of(request), now=clock.now())
        return "applications.done"

    return act


def _ask(request: HttpRequest, seen: Seen) -> str:
    day = given_day(request, "last_day")
    open_order(seen=[seen], last_day=day, actor=actor_of(request), now=clock.now())
    return "applications.done"


def _credit(request: HttpRequest, seen: Seen) -> str:
    new = NewCredit(request.POST.get("reference", ""), given_day(request, "day"), _yuan(request))
    payments.enter_credit(seen=[seen], new=new, actor=actor_of(request), now=clock.now())
    return "applications.done"


def _receive(request: HttpRequest, seen: Seen) -> str:
    forms.receive_original(seen=seen, day=given_day(request, "day"), actor=actor_of(request), now=clock.now())
    return "applications.done"


def _withdraw(request: HttpRequest, seen: Seen) -> str:
    services.withdraw(seen=seen, reason=_decision(request).reason, actor=actor_of(request), now=clock.now())
    return "applications.done"


def _cancel(request: HttpRequest, seen: Seen) -> str:
    found = request.POST.get("found", "")
    if found not in set(CancelledAs):
        raise NotAllowed("finding_needed")
    reviewing.cancel_qualification(
        seen=seen,
        found=CancelledAs(found),
        reason=_decision(request).reason,
        actor=actor_of(request),
        now=clock.now(),
    )
    return "applications.done"


_STEPS: Mapping[str, Callable[[HttpRequest, Seen], str]] = {
    Step.PRECHECK: _plain(reviewing.precheck),
    Step.TAKE: _plain(reviewing.take_under_review),
    Step.APPROVE: _decided(reviewing.approve),
    Step.REJECT: _decided(reviewing.reject),
    Step.RETURN: _decided(reviewing.return_for_material),
    Step.ASK_PAYMENT: _ask,
    Step.REOPEN_PAYMENT: _owed(payments.reopen_payment),
    Step.CREDIT: _credit,
    Step.EXPIRE: _plain(payments.expire_payment),
    Step.WITHDRAW: _withdraw,
    Step.CANCEL: _cancel,
    "form": _plain(forms.generate_form),
    "confirm": _plain(forms.confirm_form),
    "receive": _receive,
    "document": given_file,
}
