"""Reads the catalogue in force on a day, its versions, and the calendar of working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from examserver.registration.applications.faults import refuse
from examserver.registration.catalogue.content import Catalogue, Offered
from examserver.registration.catalogue.reading import restored
from examserver.registration.dates.workdays import Overrides, is_known
from examserver.registration.models import CalendarDay, CalendarYear, CatalogueVersion


@dataclass(frozen=True, slots=True)
class InForce:
    """A version's code, e.g. 2026-1, by which an application remembers it, and what it says."""

    code: str
    catalogue: Catalogue


def version_in_force(day: date) -> CatalogueVersion | None:
    """The version that counts on `day`: the one that took force last, and of those the one added last."""
    valid = CatalogueVersion.objects.filter(effective_from__lte=day, effective_to__gte=day)
    return valid.order_by("-effective_from", "-number").first()


def catalogue_in_force(day: date) -> InForce:
    """The catalogue by which an application of `day` is judged; Refused `no_catalogue` (REQ-1)."""
    version = version_in_force(day)
    if version is None:
        raise refuse("no_catalogue", "submitted_on", day=str(day))
    return InForce(version.code, restored(version.content))


def catalogue_of(code: str) -> Catalogue:
    """What the version `code` says, in force or not; CatalogueVersion.DoesNotExist."""
    return restored(CatalogueVersion.objects.values_list("content", flat=True).get(code=code))


def offered_on(day: date, code: str) -> Offered:
    """The terms of the offering `code` on `day`; Refused `no_catalogue`, `not_offered`."""
    offered = catalogue_in_force(day).catalogue.offered(code)
    if offered is None:
        raise refuse("not_offered", "offering", code=code, day=str(day))
    return offered


def payee_words(code: str) -> dict[str, str]:
    """Where fees are paid in by the version `code`, {"zh": …, "en": …} (REQ-51)."""
    payee = catalogue_of(code).payee
    return {
        "zh": f"{payee.name.zh}，{payee.bank.zh}，账号 {payee.account}",
        "en": f"{payee.name.en}, {payee.bank.en}, account {payee.account}",
    }


def complaint_phones(day: date) -> dict[str, str]:
    """Whom one complains to, {"zh": …, "en": …}, as every notice of misconduct says (REQ-79, REQ-80)."""
    version = version_in_force(day)
    found = restored(version.content).supervision if version else ()
    return {
        "zh": "；".join(f"{one.name.zh} {one.phone}" for one in found) or "–",
        "en": "; ".join(f"{one.name.en} {one.phone}" for one in found) or "–",
    }


def catalogue_versions() -> QuerySet[CatalogueVersion]:
    """Every version, the newest first, without its content."""
    return CatalogueVersion.objects.defer("content").order_by("-year", "-number")


def catalogue_version(code: str) -> CatalogueVersion | None:
    """The version `code`, with its content."""
    return CatalogueVersion.objects.filter(code=code).first()


def newest_code() -> str:
    """The code of the version that was added last, in force by now or not; empty before the first."""
    return CatalogueVersion.objects.order_by("-pk").values_list("code", flat=True).first() or ""


def work_calendar() -> Overrides:
    """The working days that people entered, as `dates` takes them."""
    days = dict(CalendarDay.objects.values_list("day", "working"))
    return Overrides(days, frozenset(CalendarYear.objects.values_list("year", flat=True)))


def calendar_days() -> QuerySet[CalendarDay]:
    """Every single day that people entered, in order."""
    return CalendarDay.objects.order_by("day")


def calendar_years() -> QuerySet[CalendarYear]:
    """The years that people entered in full, in order."""
    return CalendarYear.objects.order_by("year")


def unknown_years(years: Iterable[int]) -> tuple[int, ...]:
    """Those of `years` whose days off nobody has entered: dates in them are provisional."""
    entered = work_calendar()
    return tuple(sorted(year for year in set(years) if not is_known(year, entered)))
