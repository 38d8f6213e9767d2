"""Certificates: noted when an offering is passed, issued with a number, collected; each act is in the audit."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from examserver.delivery.selectors import venue_date
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import move
from examserver.people.identity import tail_matches
from examserver.registration.applications.faults import Refused
from examserver.registration.selectors.catalogue import catalogue_in_force
from examserver.results.certificates.numbers import Series
from examserver.results.certificates.states import CERTIFICATE_MOVES, LIVE, CertificateState
from examserver.results.models import Certificate, Handover, Release, SerialCounter, SubjectResult
from examserver.results.selectors.certificates import (
    Person,
    completed_by,
    fallen,
    institution_for,
    people_of,
    to_collect,
)
from examserver.results.services.announcing import announce_handed, announce_issued

log = logging.getLogger(__name__)
STREAM = "certificates"


def note_eligible(*, now: datetime) -> int:
    """Follow every release that is new or was amended: who has completed an offering is noted; returns how many."""
    waiting = Release.objects.filter(followed_at=None).order_by("pk")
    return sum(_follow(release, now) for release in waiting)


def _follow(release: Release, now: datetime) -> int:
    results = SubjectResult.objects.select_related("sitting__ticket__offering").filter(release=release)
    noted, whole = 0, True
    for person in people_of(results):
        try:
            noted += _note(person, now)
        except Refused as refusal:  # no catalogue says how long a pass is kept: it is tried again
            _tell_once(release.pk, person.candidate, str(refusal))
            whole = False
    if whole:
        Release.objects.filter(pk=release.pk).update(followed_at=now)
    return noted


@lru_cache(maxsize=1000)
def _tell_once(release: int, candidate: int, refusal: str) -> None:
    """Tried every second, it would fill the log."""
    log.error("release %s, candidate %s: %s", release, candidate, refusal)


@transaction.atomic
def _note(person: Person, now: datetime) -> bool:
    complete = completed_by(person)
    if complete is None:
        return False
    facts = {"theory_id": complete.theory.result, "practical_id": complete.practical.result}
    row, created = Certificate.objects.get_or_create(
        candidate_id=person.candidate,
        offering_id=person.offering,
        state__in=sorted(LIVE),
        defaults={"eligible_at": now, "institution_id": institution_for(person), **facts},
    )
    if created:
        _record(row, "certificate.eligible", SYSTEM, now, facts)
    return created


@transaction.atomic
def issue_certificate(*, certificate_id: int, actor: Actor, now: datetime) -> Certificate:
    """Give an eligible certificate its number and its day; the serial is the next of its series, without gaps.

    NotAllowed `officer_only`, `subject_fell`; IllegalMove when it is issued already; Refused `no_catalogue`;
    BadNumber when the series is full or the filing number is none.
    """
    _only(actor, Role.OFFICER)
    row = Certificate.objects.select_related("candidate", "offering").get(pk=certificate_id)
    if fallen().filter(pk=row.pk).exists():
        raise NotAllowed("subject_fell")
    today = venue_date(now)
    catalogue = catalogue_in_force(today).catalogue
    series = Series(catalogue.body.filing_no, today.year, row.offering.level)
    facts = {"number": _next_number(series), "issued_on": today}
    changes = {**facts, "holder": row.candidate.name, "issued_by_id": actor.id}
    move(row, CERTIFICATE_MOVES, CertificateState.ISSUED, **changes)
    _record(row, "certificate.issued", actor, now, {name: str(value) for name, value in facts.items()})
    announce_issued(row, catalogue.desk, now)
    return row


def _next_number(series: Series) -> str:
    """Whoever issues in the series next waits here until this transaction has ended."""
    SerialCounter.objects.get_or_create(prefix=series.prefix)
    counter = SerialCounter.objects.select_for_update().get(prefix=series.prefix)
    number = series.number(counter.last + 1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return number


@transaction.atomic
def collect_in_person(*, certificate_id: int, id_tail: str, actor: Actor, now: datetime) -> Certificate:
    """The holder collects at the service point; the clerk types the last six characters of the ID card shown.

    NotAllowed `clerk_only`, `through_institution`, `identity_differs`; IllegalMove unless it is issued.
    """
    _only(actor, Role.CLERK)
    row = Certificate.objects.select_related("candidate").get(pk=certificate_id)
    if row.institution_id is not None:
        raise NotAllowed("through_institution")
    if not tail_matches(row.candidate.id_number, id_tail):
        raise NotAllowed("identity_differs")
    changes = {"collected_at": now, "collected_from_id": actor.id, "identity_checked": True}
    move(row, CERTIFICATE_MOVES, CertificateState.COLLECTED, **changes)
    _record(row, "certificate.collected", actor, now, {"number": row.number, "identity_checked": True})
    return row


@transaction.atomic
def hand_over(
    *, institution_id: int, certificate_ids: Iterable[int], receiver: str, actor: Actor, now: datetime
) -> Handover:
    """Hand an institution the certificates of this list, all or none.

    NotAllowed `clerk_only`, `receiver_needed`, `list_empty`, `list_changed` when one is not waiting for it any more.
    """
    _only(actor, Role.CLERK)
    wanted = frozenset(certificate_ids)
    if not receiver.strip():
        raise NotAllowed("receiver_needed")
    if not wanted:
        raise NotAllowed("list_empty")
    rows = list(to_collect(institution_id).filter(pk__in=wanted))
    if len(rows) != len(wanted):
        raise NotAllowed("list_changed")
    handover = Handover.objects.create(
        institution_id=institution_id, receiver=receiver.strip()[:80], handed_at=now, handed_by_id=actor.id
    )
    for row in rows:
        changes = {"collected_at": now, "collected_from_id": actor.id, "handover": handover}
        move(row, CERTIFICATE_MOVES, CertificateState.COLLECTED, **changes)
        facts = {"number": row.number, "institution": institution_id, "receiver": handover.receiver}
        _record(row, "certificate.handed_over", actor, now, facts)
        announce_handed(row, now)
    return handover


_CODES = {Role.OFFICER: "officer_only", Role.CLERK: "clerk_only"}


def _only(actor: Actor, role: Role) -> None:
    if not actor.has(role):
        raise NotAllowed(_CODES[role])


def _record(row: Certificate, action: str, actor: Actor, now: datetime, facts: Mapping[str, object]) -> None:
    audit.record(audit.Act(STREAM, action, f"certificate:{row.pk}", str(actor), dict(facts)), now)
