"""Comparisons of a face at the desk."""

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.models.constraints import check
from examserver.invigilation.states import FaceOutcome, FaceState
from examserver.kernel.choices import choices


class FaceCheck(models.Model):
    """A comparison at the desk, or its refusal: who made it, what it said, who decided. No picture, no description."""

    sitting = models.OneToOneField("delivery.Sitting", on_delete=models.PROTECT, related_name="face_check")
    consent = models.CharField(max_length=24, blank=True)  # the version agreed to; empty: refused
    outcome = models.CharField(max_length=16, choices=choices(FaceOutcome))
    reason = models.CharField(max_length=24, blank=True)
    distance = models.FloatField(null=True)
    model_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=choices(FaceState))
    checked_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            check(
                "face_hold_decided_by_a_second_person",
                ~Q(state__in=["RELEASED", "REPORTED"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("checked_by")) & ~Q(note="")),
            ),
            check(
                "face_without_consent_compares_nothing",
                ~Q(consent="") | Q(distance=None, state__in=["TO_LOOK", "CLEAR"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.sitting_id} {self.state}"
