"""Judges an application's claims by the standard, for the clerk who decides."""

from datetime import date
from typing import Any

from examserver.registration.applications.faults import refuse
from examserver.registration.eligibility.claims import read_claims
from examserver.registration.eligibility.engine import judge
from examserver.registration.eligibility.standard import shipped_standard
from examserver.registration.models import Application


def eligibility_facts(application: Application, day: date) -> dict[str, Any]:
    """What the history keeps of how the claims stand on `day`; nothing where nothing was claimed.

    A clerk decides: what fails here is told and refuses nobody. Refused `alternative_unknown`, and as `read_claims`.
    """
    if not application.claims:
        return {}
    claims, level = read_claims(application.claims, day), application.offering.level
    outcome = judge(claims, shipped_standard(), level, day, application.alternative)
    if outcome.chosen is None:
        raise refuse("alternative_unknown", "alternative", level=level)
    found = [{"key": one.key, "verdict": one.verdict, "facts": one.facts} for one in outcome.chosen.findings]
    chosen = {"verdict": outcome.chosen.verdict, "findings": found, "better": list(outcome.better)}
    return {"eligibility": {"standard": outcome.standard, **chosen}}
