"""Certificates, the counters of their numbers, and the acts on them: handing over, revoking, withdrawing."""

from django.db import models
from django.db.models import Q

from examserver.kernel.choices import choices
from examserver.results.certificates.numbers import LENGTH, SERIALS
from examserver.results.certificates.states import LIVE, CertificateState, DeclaredBy, EntryState

_UNNUMBERED = (CertificateState.ELIGIBLE, CertificateState.LAPSED)


class SerialCounter(models.Model):
    """The last serial that was given in a series; it moves in the transaction that issues, so nothing is skipped."""

    prefix = models.CharField(max_length=16, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__lte=SERIALS), name="serial_of_six_digits")]

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class Handover(models.Model):
    """An institution's certificates handed to it as one list (REQ-74)."""

    institution = models.ForeignKey("registration.Institution", on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=80)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.institution_id} to {self.receiver}"


class Certificate(models.Model):
    """One passed offering of one person; `institution` collects it for its own people, nobody else's.

    Names are as of the issue: a certificate says what it said when it was issued.
    """

    candidate = models.ForeignKey("people.Candidate", on_delete=models.PROTECT, related_name="certificates")
    offering = models.ForeignKey("registration.Offering", on_delete=models.PROTECT, related_name="+")
    theory = models.ForeignKey("results.SubjectResult", on_delete=models.PROTECT, related_name="+")
    practical = models.ForeignKey("results.SubjectResult", on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "registration.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=12, choices=choices(CertificateState), default=CertificateState.ELIGIBLE
    )
    eligible_at = models.DateTimeField()
    number = models.CharField(max_length=LENGTH, blank=True, db_index=True)
    holder = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    issued_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    collected_at = models.DateTimeField(null=True)
    collected_from = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    identity_checked = models.BooleanField(default=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, related_name="certificates")
    entry = models.CharField(max_length=12, choices=choices(EntryState), default=EntryState.PENDING)
    exported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "offering"],
                condition=Q(state__in=sorted(LIVE)),
                name="one_certificate_an_offering",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="certificate_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNNUMBERED, number="")
                | (~Q(state__in=_UNNUMBERED) & ~Q(number="") & Q(issued_on__isnull=False)),
                name="numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state=CertificateState.COLLECTED)
                | Q(collected_at__isnull=False, institution=None, identity_checked=True)
                | Q(collected_at__isnull=False, institution__isnull=False, handover__isnull=False),
                name="collected_by_holder_or_institution",
            ),
        ]
        indexes = [models.Index(fields=["state", "entry"])]

    def __str__(self) -> str:
        return self.number or f"{self.pk} {self.state}"


class Revocation(models.Model):
    """Why a certificate no longer counts, who declared it, and by which dated document (REQ-105).

    One that fell because a result fell waits undeclared until an officer enters the decision.
    """

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    declared_by = models.CharField(max_length=12, choices=choices(DeclaredBy), blank=True)
    document = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_by="", document="", decided_on=None)
                | (~Q(declared_by="") & ~Q(document="") & Q(decided_on__isnull=False)),
                name="declared_with_its_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} revoked"


class Withdrawal(models.Model):
    """A request that the official look-ups forget a certificate, until somebody has seen that they did (REQ-106)."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="withdrawal")
    queued_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.certificate_id} {'done' if self.done_at else 'waits'}"
