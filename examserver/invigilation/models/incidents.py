"""Incidents with their evidence, and what keeps it from being deleted."""

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.models.constraints import check, values
from examserver.invigilation.states import DismissReason, Gone, IncidentState
from examserver.kernel.choices import choices


class Incident(models.Model):
    """Something the machine noticed at a seat. It points at clauses and never changes a sitting or a score."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="incidents")
    uid = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=24)
    state = models.CharField(
        max_length=16, choices=choices(IncidentState), default=IncidentState.RAISED.value
    )
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    score = models.FloatField()
    clauses = models.JSONField()
    dismissed_because = models.CharField(max_length=16, blank=True, choices=choices(DismissReason))
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            check("incident_score_in_range", Q(score__gte=0, score__lte=1)),
            check("incident_seen_after_start", Q(seen_at__gte=F("started_at"))),
            check("incident_ends_after_start", Q(ended_at=None) | Q(ended_at__gte=F("started_at"))),
            check(
                "incident_dismissed_with_reason",
                Q(state=IncidentState.DISMISSED.value, dismissed_because__in=values(DismissReason))
                | (~Q(state=IncidentState.DISMISSED.value) & Q(dismissed_because="")),
            ),
        ]
        indexes = [models.Index(fields=["sitting", "state"])]

    def __str__(self) -> str:
        return f"{self.code} at {self.sitting_id} {self.state}"


class Evidence(models.Model):
    """Pictures that show an incident; the file lies under its hash, `boxes` says what the detector saw in a still.

    The row stays when the file goes, or never came: `gone` says why, `deleted_at` when it was removed.
    """

    class Kind(models.TextChoices):
        """What a piece of evidence is."""

        STILL = "STILL", "STILL"
        CLIP = "CLIP", "CLIP"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STILL)
    captured_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    size = models.PositiveIntegerField(default=0)
    boxes = models.JSONField()
    gone = models.CharField(max_length=8, blank=True, choices=choices(Gone), default=Gone.HERE.value)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "sha256"], name="evidence_once_an_incident"),
            check(
                "evidence_deleted_when_it_was",
                Q(gone__in=[Gone.HERE.value, Gone.NO_ROOM.value], deleted_at=None)
                | Q(gone__in=[Gone.SHED.value, Gone.EXPIRED.value], deleted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["gone", "path"])]
        ordering = ["captured_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]} of {self.incident_id}"


class LegalHold(models.Model):
    """Nothing of a sitting is deleted while one stands: who wants it, why, and until when."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.TextField()
    placed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(lifted_at=None), name="one_standing_hold_a_sitting"
            ),
            check(
                "hold_lifted_by_somebody",
                Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.sitting_id}"
