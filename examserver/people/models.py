"""Staff and their roles, candidates with their accounts, and a candidate's session at a workstation."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from examserver.kernel.access import Role
from examserver.people.numbers import WithIdNumber


class Staff(AbstractUser):
    """A member of staff, who signs in with name and password."""

    display_name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.display_name


class RoleGrant(models.Model):
    """A role that a member of staff holds."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=[(role, role) for role in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="role_granted_once")]

    def __str__(self) -> str:
        return f"{self.staff}: {self.role}"


class Candidate(WithIdNumber):
    """A person who is examined; the ID number, as on the card with an upper-case X, is stored sealed."""

    name = models.CharField(max_length=80)
    photo = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id_digest"], name="one_candidate_a_number")]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """What a candidate signs in with from home; `stamp` goes up when everything that was signed in must end.

    `language` is the one that mails are written in; empty for both.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(max_length=120, unique=True)
    password = models.CharField(max_length=128)
    stamp = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=8, blank=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"account of {self.candidate_id}"


class CandidateSession(models.Model):
    """A candidate signed in at a workstation for a sitting (its key); at most one is open for a candidate."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="sessions")
    workstation = models.CharField(max_length=40)
    sitting = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=models.Q(closed_at=None), name="one_open_session_a_candidate"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate} at {self.workstation}"
