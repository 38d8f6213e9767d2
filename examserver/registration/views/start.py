"""The public pages: the notice in plain words, and the self-check of who may apply, which keeps nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from examserver.kernel import clock
from examserver.registration.applications.faults import Refused
from examserver.registration.catalogue.reading import restored
from examserver.registration.eligibility.claims import read_claims
from examserver.registration.eligibility.engine import judge
from examserver.registration.eligibility.standard import shipped_standard
from examserver.registration.notice import CLAUSES, TIERS
from examserver.registration.selectors.catalogue import version_in_force
from examserver.registration.views.claims_form import SCHOOLS, claims_from, rows_of


@require_GET
def apply_start(request: HttpRequest) -> HttpResponse:
    """Who may apply for what, until when, for how much, what to bring, what is forbidden and what follows."""
    version = version_in_force(clock.now().astimezone(clock.VENUE_ZONE).date())
    context = {
        "version": version,
        "catalogue": version and restored(version.content),
        "standard": shipped_standard(),
        "tiers": [
            (tier, [one for one in CLAUSES.values() if one.tier == number]) for number, tier in TIERS.items()
        ],
    }
    return render(request, "registration/apply_start.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def apply_check(request: HttpRequest) -> HttpResponse:
    """Fill in, and read how each way to be eligible stands today; nothing is stored."""
    standard = shipped_standard()
    levels = [one.level for one in standard.levels]
    context = {"standard": standard, "levels": levels, "level": levels[0], "schools": SCHOOLS}
    if request.method == "GET":
        return render(request, "registration/apply_check.html", {**context, "rows": rows_of({})})
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    given = claims_from(request.POST)
    asked = request.POST.get("level", "")
    context |= {"rows": rows_of(given), "level": next((n for n in levels if str(n) == asked), levels[0])}
    try:
        outcome = judge(read_claims(given, today), standard, int(str(context["level"])), today)
    except Refused as refused:
        told = {**context, "faults": refused.faults}
        return render(request, "registration/apply_check.html", told, status=422)
    texts = {one.code: one.text for one in standard.alternatives(int(str(context["level"])))}
    judged = [(one, texts[one.code]) for one in outcome.alternatives]
    return render(request, "registration/apply_check.html", {**context, "outcome": outcome, "judged": judged})
