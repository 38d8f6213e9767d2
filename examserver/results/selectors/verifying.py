"""The public verification: whether a certificate is valid, to who knows its number and its holder."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from examserver.delivery.selectors import venue_date
from examserver.people.identity import TAIL, normalise
from examserver.people.sealing import digest_of, open_number, seal_number
from examserver.registration.catalogue.reading import restored
from examserver.registration.selectors.catalogue import version_in_force
from examserver.results.certificates.numbers import is_number
from examserver.results.models import Certificate

_DECOY_NAME, _DECOY_NUMBER = "某某某", "11010519491231002X"
_LOOK_UPS = ("look_up_shanghai", "look_up_national")


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public page tells who knows the number and the holder; `holder` shows no more than a surname."""

    number: str
    holder: str
    offering: str
    offering_en: str
    level: int
    theory_on: date
    practical_on: date
    issued_on: date | None
    revoked_on: date | None


def verify(number: str, who: str) -> Verified | None:
    """The certificate `number` if `who` is its holder's name or the last six of the ID number; None else.

    The work is the same whether there is such a certificate or not: a number alone tells nothing, nor does the clock.
    """
    found = _issued(number)
    candidate = found.candidate if found else None
    name = found.holder if found else _DECOY_NAME
    sealed, digest = (candidate.id_sealed, candidate.id_digest) if candidate else _decoy(settings.PERSON_KEY)
    id_number = open_number(sealed, digest, settings.PERSON_KEY)
    typed = normalise(who)
    by_name, by_tail = _same(normalise(name), typed), _same(id_number[-TAIL:], typed)
    return _told(found) if found and (by_name or by_tail) else None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


@lru_cache(maxsize=4)
def _decoy(key: str) -> tuple[str, str]:
    """A sealed number of nobody."""
    return seal_number(_DECOY_NUMBER, key), digest_of(_DECOY_NUMBER, key)


def _issued(number: str) -> Certificate | None:
    rows = Certificate.objects.select_related(
        "candidate",
        "offering",
        "revocation",
        "theory__sitting__session__exam_day",
        "practical__sitting__session__exam_day",
    )
    # What has not the shape of a number is looked for too: the answer takes as long.
    return rows.filter(number=number if is_number(number) else "-").first()


def _told(found: Certificate) -> Verified:
    revocation = getattr(found, "revocation", None)
    return Verified(
        number=found.number,
        holder=f"{found.holder[:1]}{'*' * (len(found.holder) - 1)}",
        offering=found.offering.name,
        offering_en=found.offering.name_en,
        level=found.offering.level,
        theory_on=found.theory.sitting.session.exam_day.date,
        practical_on=found.practical.sitting.session.exam_day.date,
        issued_on=found.issued_on,
        revoked_on=None if revocation is None else venue_date(revocation.revoked_at),
    )


@dataclass(frozen=True, slots=True)
class OfficialLookUp:
    """Where the authorities answer the same question (REQ-65, 66), in the reader's language."""

    title: str
    path: str
    url: str


def official_look_ups(now: datetime, language: str) -> tuple[OfficialLookUp, ...]:
    """As the notice in force names them; none before there is one."""
    version = version_in_force(venue_date(now))
    catalogue = restored(version.content) if version else None
    links = [catalogue.link(key) for key in _LOOK_UPS] if catalogue else []
    return tuple(
        OfficialLookUp(one.title.of(language), one.path.of(language) if one.path else "", one.url or "")
        for one in links
        if one
    )
