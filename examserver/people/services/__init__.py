"""Changes people: staff and roles, candidates, workstation sessions."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people.identity import is_id_number, normalise
from examserver.people.models import Candidate, CandidateSession, RoleGrant, Staff
from examserver.people.numbers import number_digest


class BadIdNumber(ValueError):
    """The ID number's check character does not hold."""


@transaction.atomic
def add_staff(*, username: str, display_name: str, password: str, roles: Iterable[Role]) -> Staff:
    """A new member of staff with `roles`."""
    staff = Staff.objects.create_user(username=username, password=password, display_name=display_name)
    RoleGrant.objects.bulk_create([RoleGrant(staff=staff, role=role) for role in roles])
    return staff


def add_candidate(*, name: str, id_number: str, photo: str = "") -> Candidate:
    """A new candidate; BadIdNumber when the number's check character does not hold."""
    number = normalise(id_number)
    if not is_id_number(number):
        raise BadIdNumber(id_number)
    candidate = _candidate(name, number, photo)
    candidate.save(force_insert=True)
    return candidate


def _candidate(name: str, number: str, photo: str = "") -> Candidate:
    candidate = Candidate(name=name, photo=photo)
    candidate.id_number = number
    return candidate


@transaction.atomic
def known_candidates(*, people: Mapping[str, str]) -> dict[str, Candidate]:
    """The candidates of these ID numbers (number -> name), new ones where nobody has the number yet; by digest.

    They are held until the caller's transaction ends, so that of two who apply for the same person one waits. The
    numbers are right ones: whoever asks has checked them.
    """
    digests = {number_digest(number): number for number in people}
    there = set(Candidate.objects.filter(id_digest__in=digests).values_list("id_digest", flat=True))
    added = [_candidate(people[number], number) for one, number in digests.items() if one not in there]
    Candidate.objects.bulk_create(added, ignore_conflicts=True)
    held = Candidate.objects.select_for_update().filter(id_digest__in=digests).order_by("pk")
    return {one.id_digest: one for one in held}


@transaction.atomic
def open_session(*, candidate: Candidate, workstation: str, sitting: int, now: datetime) -> CandidateSession:
    """Sign the candidate in at `workstation` for the sitting of key `sitting`.

    An older session of the same candidate is closed and cannot act any more.
    """
    close_sessions(candidate_id=candidate.pk, because="replaced", now=now)
    session = CandidateSession.objects.create(
        candidate=candidate, workstation=workstation, sitting=sitting, opened_at=now
    )
    _record("session.opened", session, Actor("candidate", candidate.pk, frozenset()), now)
    return session


@transaction.atomic
def close_sessions(*, candidate_id: int, because: str, now: datetime) -> None:
    """Close whatever session the candidate has open."""
    for session in CandidateSession.objects.filter(candidate_id=candidate_id, closed_at=None):
        session.closed_at, session.closed_because = now, because
        session.save(update_fields=["closed_at", "closed_because"])
        _record(f"session.{because}", session, SYSTEM, now)


def _record(action: str, session: CandidateSession, actor: Actor, now: datetime) -> None:
    data = {"workstation": session.workstation, "session": session.pk}
    subject = f"candidate:{session.candidate_id}"
    audit.record(audit.Act("people", action, subject, str(actor), data), now)
