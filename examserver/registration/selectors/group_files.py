"""Reads for many rows of a file at once: what is stored already, and what stands against people; few queries each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from examserver.registration.applications.states import DEAD, ApplicationState
from examserver.registration.models import Application, Bar, Institution


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against a person: the last day of a bar, the offerings applied for this month that still count."""

    barred_until: date | None = None
    offerings: frozenset[str] = frozenset()


def applications_by_reference(institution: Institution, references: Sequence[str]) -> dict[str, Application]:
    """The institution's applications by its own reference."""
    rows = Application.objects.filter(institution=institution, external_reference__in=references)
    return {one.external_reference: one for one in rows.select_related("offering")}


def standing_of(candidate_ids: Sequence[int], today: date) -> dict[int, Standing]:
    """By candidate; who is not in it has nothing against them."""
    found: dict[int, Standing] = {}
    bars = Bar.objects.filter(candidate_id__in=candidate_ids, first_day__lte=today, last_day__gte=today)
    for bar in bars.filter(lifted_at=None).order_by("last_day"):
        found[bar.candidate_id] = Standing(bar.last_day)
    live = [state for state in ApplicationState if state not in DEAD]
    rows = Application.objects.filter(
        candidate_id__in=candidate_ids, month=today.replace(day=1), state__in=live
    )
    for candidate_id, code in rows.values_list("candidate_id", "offering__code"):
        before = found.get(candidate_id or 0, Standing())
        found[candidate_id or 0] = replace(before, offerings=before.offerings | {code})
    return found
