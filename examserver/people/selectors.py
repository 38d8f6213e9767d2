"""Reads people: actors for requests, open sessions, staff by role."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from examserver.kernel.access import ANONYMOUS, Actor, Role
from examserver.people.models import Account, Candidate, CandidateSession, Staff


def staff_actor(staff: Staff | AnonymousUser) -> Actor:
    """The actor that a signed-in member of staff is; the anonymous one for anybody else."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return ANONYMOUS
    roles = frozenset(Role(role) for role in staff.grants.values_list("role", flat=True))
    return Actor("staff", staff.pk, roles)


def candidate_actor(session_id: int) -> Actor:
    """The actor of an open workstation session; the anonymous one when it is closed or unknown."""
    session = CandidateSession.objects.filter(pk=session_id, closed_at=None).first()
    if session is None:
        return ANONYMOUS
    return Actor("candidate", session.candidate_id, frozenset({Role.CANDIDATE}), session.pk)


def applicant_actor(account_id: int, stamp: int) -> Actor:
    """The actor of a candidate's account; the anonymous one when it is unknown or was signed out everywhere since."""
    account = Account.objects.filter(pk=account_id, stamp=stamp).first()
    return account_actor(account) if account else ANONYMOUS


def account_actor(account: Account) -> Actor:
    """A candidate who is at home: no workstation session, and no page of the exam."""
    return Actor("candidate", account.candidate_id, frozenset({Role.APPLICANT}))


def email_of(candidate_id: int) -> str:
    """The address of the candidate's account; empty for somebody without one."""
    return Account.objects.filter(candidate_id=candidate_id).values_list("email", flat=True).first() or ""


def language_of(candidate_id: int) -> str:
    """The language in which the candidate wants mails (zh-hans, en); empty where they have not chosen one."""
    found = Account.objects.filter(candidate_id=candidate_id).values_list("language", flat=True)
    return found.first() or ""


def emails_of_staff(staff_ids: Iterable[int]) -> list[str]:
    """The addresses of these members of staff, of those who have one and still work here."""
    rows = Staff.objects.filter(pk__in=staff_ids, is_active=True).exclude(email="").order_by("pk")
    return list(rows.values_list("email", flat=True))


def open_session(candidate_id: int) -> CandidateSession | None:
    """The candidate's open workstation session."""
    return CandidateSession.objects.filter(candidate_id=candidate_id, closed_at=None).first()


def candidate_session(session_id: int) -> CandidateSession:
    """The workstation session `session_id`."""
    return CandidateSession.objects.select_related("candidate").get(pk=session_id)


def candidate(candidate_id: int) -> Candidate:
    """The candidate `candidate_id`."""
    return Candidate.objects.get(pk=candidate_id)


def photo_path(candidate: Candidate) -> Path | None:
    """Where the photograph on file lies; None when there is none."""
    path = Path(settings.PHOTO_DIR) / candidate.photo
    return path if candidate.photo and path.is_file() else None


def display_name(staff_id: int) -> str:
    """The name that a record shows for a member of staff."""
    return Staff.objects.get(pk=staff_id).display_name


def session_sitting(session_id: int) -> int | None:
    """The key of the sitting that an open workstation session is for; None when it is closed or unknown."""
    found = CandidateSession.objects.filter(pk=session_id, closed_at=None).values_list("sitting", flat=True)
    return found.first()


def is_open(session_id: int) -> bool:
    """Whether the workstation session still may act."""
    return CandidateSession.objects.filter(pk=session_id, closed_at=None).exists()


def staff_with(role: Role) -> list[int]:
    """The keys of the staff who hold `role`."""
    return list(Staff.objects.filter(grants__role=role).order_by("pk").values_list("pk", flat=True))
