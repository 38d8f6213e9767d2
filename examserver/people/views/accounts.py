"""An applicant's account: open one, sign in, sign out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from examserver.kernel import clock, throttle
from examserver.kernel.http import actor_of
from examserver.kernel.throttle import Limit
from examserver.people.cookies import APPLICANT_COOKIE, APPLICANT_SECONDS, applicant_cookie
from examserver.people.models import Account
from examserver.people.services.accounts import (
    AccountRefused,
    SignUp,
    open_own_account,
    sign_in,
    sign_out_everywhere,
)

BY_ADDRESS = Limit("people.sign_in.address", 20, 15 * 60)
BY_EMAIL = Limit("people.sign_in.email", 10, 15 * 60)
SIGN_UPS = Limit("people.sign_up.address", 20, 60 * 60)
HOME = "/my/"


@never_cache
@require_http_methods(["GET", "POST"])
def applicant_sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; then on to where the person was going."""
    onward = _onward(request)
    if request.method == "GET":
        return render(request, "people/sign_in.html", {"next": onward})
    email = request.POST.get("email", "")[:200]
    again = {"next": onward, "email": email}
    if not _allowed(_address(request), email):
        return render(request, "people/sign_in.html", {**again, "problem": "too_often"}, status=429)
    account = sign_in(email=email, password=request.POST.get("password", "")[:200])
    if account is None:
        return render(request, "people/sign_in.html", {**again, "problem": "refused"}, status=422)
    return _signed_in(request, account, onward)


@never_cache
@require_http_methods(["GET", "POST"])
def applicant_sign_up(request: HttpRequest) -> HttpResponse:
    """Open an account, and be signed in to it."""
    onward = _onward(request)
    if request.method == "GET":
        return render(request, "people/sign_up.html", {"next": onward})
    form = SignUp(*(request.POST.get(name, "")[:200] for name in ("name", "id_number", "email", "password")))
    again = {"next": onward, "form": form}
    if not throttle.allow(SIGN_UPS, _address(request)):
        return render(request, "people/sign_up.html", {**again, "too_often": True}, status=429)
    try:
        account = open_own_account(form=form, now=clock.now())
    except AccountRefused as refused:
        return render(request, "people/sign_up.html", {**again, "problems": refused.problems}, status=422)
    return _signed_in(request, account, onward)


@require_POST
def applicant_sign_out(request: HttpRequest) -> HttpResponse:
    """End what is signed in to the account, here and elsewhere."""
    actor = actor_of(request)
    if actor.kind == "candidate":
        sign_out_everywhere(candidate_id=actor.id, now=clock.now())
    response = redirect("start")
    response.delete_cookie(APPLICANT_COOKIE)
    return response


def _signed_in(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    response = redirect(onward)
    value = applicant_cookie(account.pk, account.stamp)
    response.set_cookie(
        APPLICANT_COOKIE,
        value,
        max_age=APPLICANT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _allowed(address: str, email: str) -> bool:
    """Both are counted, whichever of them says no."""
    return all([throttle.allow(BY_ADDRESS, address), throttle.allow(BY_EMAIL, email.strip().lower())])


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _onward(request: HttpRequest) -> str:
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, None) else HOME
