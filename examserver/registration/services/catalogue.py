"""Adds versions of the catalogue; none is ever changed, so that who applied under one keeps it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction

from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.faults import Fault, refuse, refuse_any
from examserver.registration.catalogue.content import Catalogue, Offered
from examserver.registration.catalogue.reading import read_catalogue, restored
from examserver.registration.models import CatalogueVersion, Offering


@dataclass(frozen=True, slots=True)
class Publication:
    """From when a file is in force, what candidates are told of it, and the newest version that the clerk knew.

    `after` is that version's code, of whatever year, and empty for the first of all.
    """

    effective_from: date
    announcement: str
    announcement_en: str = ""
    after: str = ""


@transaction.atomic
def add_catalogue_version(
    *, file: bytes, publication: Publication, actor: Actor, now: datetime
) -> CatalogueVersion:
    """A new version of a year's catalogue, in force from a day of `publication` on (REQ-9, 10).

    NotAllowed and Refused as `checked_version`.
    """
    catalogue = checked_version(file=file, publication=publication, actor=actor, now=now)
    number = _next_number(catalogue.year, publication.after)
    version = _added(_version(catalogue, publication, number, str(actor), now))
    for offered in catalogue.offerings:
        _anchor(offered)
    _record(version, actor, now)
    return version


def checked_version(*, file: bytes, publication: Publication, actor: Actor, now: datetime) -> Catalogue:
    """What the file would put in force; nothing is written.

    NotAllowed `admin_only`. Refused with the faults of `read_catalogue`, and `announcement_missing`,
    `effective_outside` the year's validity, `effective_past` where a day that is over would get another catalogue,
    `code_reused` for another direction or level, `catalogue_changed` when somebody added a version meanwhile.
    """
    check_admin(actor)
    catalogue = read_catalogue(file)
    refuse_any([*_publication_faults(catalogue, publication, now), *_reused(catalogue)])
    _next_number(catalogue.year, publication.after)
    return catalogue


def check_admin(actor: Actor) -> None:
    """NotAllowed `admin_only` for everybody but the system and administrators."""
    if actor != SYSTEM and not actor.has(Role.ADMIN):
        raise NotAllowed("admin_only")


def _publication_faults(catalogue: Catalogue, publication: Publication, now: datetime) -> Iterator[Fault]:
    if not publication.announcement.strip():
        yield Fault("announcement_missing", "announcement")
    first, last = catalogue.valid_from, catalogue.valid_to
    if not first <= publication.effective_from <= last:
        yield Fault("effective_outside", "effective_from", {"first": str(first), "last": str(last)})
    today = now.astimezone(VENUE_ZONE).date()
    if _changes_past(publication.effective_from, min(last, today - timedelta(days=1))):
        yield Fault("effective_past", "effective_from", {"today": str(today)})


def _changes_past(first: date, last: date) -> bool:
    """Whether a version was in force on any day from `first` to `last`; days without one may still get one."""
    if first > last:
        return False
    return CatalogueVersion.objects.filter(effective_from__lte=last, effective_to__gte=first).exists()


def _reused(catalogue: Catalogue) -> Iterator[Fault]:
    """An offering's code means the same direction and level for ever: papers and tickets point at it."""
    levels = dict(Offering.objects.values_list("code", "level"))
    directions = _known_directions()
    for at, one in enumerate(catalogue.offerings):
        known = levels.get(one.code, one.level), directions.get(one.code, one.direction.zh)
        if known != (one.level, one.direction.zh):
            yield Fault("code_reused", f"offerings[{at}].code", {"code": one.code})


def _known_directions() -> dict[str, str]:
    contents = CatalogueVersion.objects.order_by("added_at").values_list("content", flat=True)
    return {one.code: one.direction.zh for content in contents for one in restored(content).offerings}


def _next_number(year: int, after: str) -> int:
    """The number of a version of `year`; one query, so that what was compared is what is counted from."""
    known = list(CatalogueVersion.objects.order_by("pk").values_list("code", "year", "number"))
    newest = known[-1][0] if known else ""
    if after != newest:
        raise refuse("catalogue_changed", "after", code=newest)
    return 1 + max((number for _, of_year, number in known if of_year == year), default=0)


def _version(
    catalogue: Catalogue, publication: Publication, number: int, author: str, now: datetime
) -> CatalogueVersion:
    content = msgspec.to_builtins(catalogue)
    return CatalogueVersion(
        code=f"{catalogue.year}-{number}",
        year=catalogue.year,
        number=number,
        effective_from=publication.effective_from,
        effective_to=catalogue.valid_to,
        content=content,
        sha256=hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest(),
        announcement=publication.announcement.strip(),
        announcement_en=publication.announcement_en.strip(),
        author=author,
        added_at=now,
    )


def _added(version: CatalogueVersion) -> CatalogueVersion:
    """Of two clerks who add the same number at once, the second is refused."""
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise refuse("catalogue_changed", "after", code=version.code) from None
    return version


def _anchor(offered: Offered) -> None:
    """The row that papers and tickets point at; it bears the newest version's name."""
    names = {"name": offered.name.zh, "name_en": offered.name.en, "level": offered.level}
    Offering.objects.update_or_create(code=offered.code, defaults=names)


def _record(version: CatalogueVersion, actor: Actor, now: datetime) -> None:
    data = {
        "effective_from": str(version.effective_from),
        "effective_to": str(version.effective_to),
        "sha256": version.sha256,
        "announcement": version.announcement,
    }
    act = audit.Act("catalogue", "catalogue.version_added", f"catalogue:{version.code}", str(actor), data)
    audit.record(act, now)
