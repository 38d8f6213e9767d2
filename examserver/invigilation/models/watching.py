"""What was seen and told of a seat: looks by staff, signals of its page, the ledger of its seconds."""

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.models.constraints import check
from examserver.invigilation.models.incidents import Incident
from examserver.kernel.choices import choices
from proctor.coverage import Cause


class SeatView(models.Model):
    """When a member of staff last opened a sitting's seat on a board; every opening is in the audit."""

    sitting = models.OneToOneField("delivery.Sitting", on_delete=models.PROTECT, related_name="+")
    viewed_at = models.DateTimeField()
    viewed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.sitting_id} at {self.viewed_at}"


class Signal(models.Model):
    """Something a candidate's page noticed and told: a kind, times and a size, and never a text.

    `page` and `n` are the page's own, so that the same signal twice is one row. `page_began_at` is the machine's clock.
    """

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="signals")
    page = models.CharField(max_length=16)
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    page_began_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="signals", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "page", "n"], name="signal_once_a_page"),
            check("signal_told_after_beginning", Q(told_at__gte=F("began_at"))),
            check("signal_ends_when_told", Q(ended_at=None) | Q(ended_at=F("told_at"))),
        ]
        indexes = [
            models.Index(fields=["sitting", "kind", "began_at"]),
            models.Index(fields=["sitting", "received_at"]),
            models.Index(fields=["sitting"], condition=Q(ended_at=None), name="signal_that_goes_on"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.sitting_id}"


class CoverageSpan(models.Model):
    """Whole seconds of a watched sitting, the last one excluded: analysed, or why not."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="coverage")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    cause = models.CharField(max_length=12, choices=choices(Cause))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "began_at"], name="coverage_span_begins_once"),
            check("coverage_span_lasts", Q(ended_at__gt=F("began_at"))),
        ]
        indexes = [models.Index(fields=["sitting", "ended_at"])]
        ordering = ["began_at"]

    def __str__(self) -> str:
        return f"{self.cause} at {self.sitting_id} from {self.began_at}"
