"""The public verification of a certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from examserver.kernel import clock, throttle
from examserver.kernel.throttle import Limit
from examserver.people.identity import normalise
from examserver.results.selectors.verifying import official_look_ups, verify

LONGEST_FIELD = 40
BY_ADDRESS = Limit("results.verify.address", 10, 15 * 60)
# Six characters of an ID number are soon tried out from many addresses; of a number few people ask in an hour.
BY_NUMBER = Limit("results.verify.number", 30, 60 * 60)


@never_cache
@require_http_methods(["GET", "POST"])
def certificate_verify(request: HttpRequest) -> HttpResponse:
    """Number and holder in; valid, revoked or not found out, on a page of one shape and with one status."""
    context = {"look_ups": official_look_ups(clock.now(), get_language() or "")}
    if request.method == "GET":
        return render(request, "results/verify.html", context)
    number = normalise(request.POST.get("number", "")[:LONGEST_FIELD])
    who = request.POST.get("who", "")[:LONGEST_FIELD]
    if not _allowed(request.META.get("REMOTE_ADDR", ""), number):
        return render(request, "results/verify.html", {**context, "problem": "too_often"}, status=429)
    found = verify(number, who)
    standing = "not_found" if found is None else "revoked" if found.revoked_on else "valid"
    told = {**context, "standing": standing, "number": number, "found": found}
    return render(request, "results/verify.html", told)


def _allowed(address: str, number: str) -> bool:
    """Both are counted, whichever of them says no."""
    within = [throttle.allow(BY_ADDRESS, address), throttle.allow(BY_NUMBER, number)]
    return all(within)
