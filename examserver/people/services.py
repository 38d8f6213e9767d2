"""Changes people: staff and roles, candidates, workstation sessions."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people.identity import is_id_number, normalise
from examserver.people.models import Candidate, CandidateSession, RoleGrant, Staff


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
    candidate = Candidate(name=name, photo=photo)
    candidate.id_number = number
    candidate.save(force_insert=True)
    return candidate


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
