"""An applicant's own pages: what I have applied for, what comes next, and everything up to handing in."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import EDITABLE, WITHDRAWABLE
from examserver.registration.applications.words import said
from examserver.registration.catalogue.reading import restored
from examserver.registration.eligibility.standard import shipped_standard
from examserver.registration.models import Application
from examserver.registration.notice import VERSION
from examserver.registration.selectors import applications as reads
from examserver.registration.selectors.catalogue import version_in_force
from examserver.registration.selectors.outcomes import warned
from examserver.registration.services import applications as services
from examserver.registration.services import forms
from examserver.registration.services.applications import Form, NewApplication
from examserver.registration.services.histories import Seen
from examserver.registration.views.acting import acted, given_file, given_seen
from examserver.registration.views.claims_form import SCHOOLS, claims_from, rows_of

UPLOADED = tuple(kind for kind in DocumentKind if kind is not DocumentKind.PAYMENT_SLIP)


@never_cache
@require_GET
def my_home(request: HttpRequest) -> HttpResponse:
    """My applications, each with what comes next, and what I may apply for."""
    version = version_in_force(clock.now().astimezone(clock.VENUE_ZONE).date())
    rows = reads.visible_to(actor_of(request)).select_related("offering").order_by("-pk")
    context = {"applications": rows, "catalogue": version and restored(version.content)}
    return render(request, "registration/my_home.html", context)


@require_POST
def my_apply(request: HttpRequest) -> HttpResponse:
    """A new draft for an offering."""
    new = NewApplication(request.POST.get("offering", "")[:8], Form("", "", "", ""))
    made: list[Application] = []

    def act() -> str:
        made.append(services.create_draft(new=new, actor=actor_of(request), now=clock.now()))
        return "my.done.created"

    acted(request, act)
    return redirect("my_application", made[0].pk) if made else redirect("my_home")


@never_cache
@require_GET
def my_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application: to be filled in, or how far it has come."""
    application = _own(request, application_id)
    held = reads.documents(application)
    context = {
        "application": application,
        "editable": application.state in EDITABLE,
        "withdrawable": application.state in WITHDRAWABLE,
        "alternatives": shipped_standard().alternatives(application.offering.level),
        "rows": rows_of(application.claims),
        "schools": SCHOOLS,
        "documents": [(kind, held.get(kind)) for kind in UPLOADED],
        "events": reads.events(application),
        "commitment_version": VERSION,
        "committed": application.commitment_version == VERSION,
        "gives_up": _gives_up(application),
    }
    return render(request, "registration/my_application.html", context)


def _gives_up(application: Application) -> str:
    """What handing in an application in full gives up, to be consented to; empty when it is nothing."""
    if application.state not in EDITABLE:
        return ""
    try:
        fault = warned(application, clock.now().astimezone(clock.VENUE_ZONE).date())
    except Refused as refused:  # no notice is in force: nothing can be handed in, and the page says why
        return " ".join(said(one) for one in refused.faults)
    return said(fault) if fault else ""


@never_cache
@require_GET
def my_application_form(request: HttpRequest, application_id: int) -> HttpResponse:
    """The registration form, to be read, printed and signed."""
    application = _own(request, application_id)
    texts = {one.code: one.text for one in shipped_standard().alternatives(application.offering.level)}
    context = {
        "application": application,
        "alternative": texts.get(application.alternative, application.alternative),
    }
    return render(request, "registration/form.html", context)


@require_POST
def my_application_act(request: HttpRequest, application_id: int) -> HttpResponse:
    """One step of the applicant's."""
    application = _own(request, application_id)
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    seen = given_seen(request, application)
    if acted(request, lambda: step(request, seen)) and request.POST.get("step") == "form":
        return redirect("my_application_form", application.pk)
    return redirect("my_application", application.pk)


def _own(request: HttpRequest, application_id: int) -> Application:
    try:
        return reads.application(application_id, actor_of(request))
    except ObjectDoesNotExist:
        raise Http404 from None


def _save(request: HttpRequest, seen: Seen) -> str:
    post = request.POST
    form = Form("", "", post.get("phone", ""), post.get("alternative", ""), claims_from(post))
    services.edit_application(seen=seen, form=form, actor=actor_of(request), now=clock.now())
    return "my.done.saved"


def _commit(request: HttpRequest, seen: Seen) -> str:
    shown = request.POST.get("shown", "")
    services.accept_commitment(seen=seen, shown=shown, actor=actor_of(request), now=clock.now())
    return "my.done.committed"


def _make_form(request: HttpRequest, seen: Seen) -> str:
    forms.generate_form(seen=seen, actor=actor_of(request), now=clock.now())
    return "my.done.form"


def _confirm_form(request: HttpRequest, seen: Seen) -> str:
    forms.confirm_form(seen=seen, actor=actor_of(request), now=clock.now())
    return "my.done.confirmed"


def _consent(request: HttpRequest, seen: Seen) -> str:
    services.consent_to_forfeit(seen=seen, actor=actor_of(request), now=clock.now())
    return "my.done.consented"


def _submit(request: HttpRequest, seen: Seen) -> str:
    services.submit(seen=seen, actor=actor_of(request), now=clock.now())
    return "my.done.submitted"


def _withdraw(request: HttpRequest, seen: Seen) -> str:
    reason = request.POST.get("reason", "")
    services.withdraw(seen=seen, reason=reason, actor=actor_of(request), now=clock.now())
    return "my.done.withdrawn"


_STEPS: Mapping[str, Callable[[HttpRequest, Seen], str]] = {
    "save": _save,
    "document": given_file,
    "commit": _commit,
    "form": _make_form,
    "confirm": _confirm_form,
    "consent": _consent,
    "submit": _submit,
    "withdraw": _withdraw,
}
