"""The batch of a month, and what was done to it."""

from django.db import models

from examserver.kernel.choices import choices
from examserver.registration.batches.states import BatchState
from examserver.registration.models.history import WrittenOnceModel


class Batch(models.Model):
    """Those who are examined together if they are enough: `scope` is an offering's code, a level or everybody.

    `month` is the first day of the month, `version` the number of its last event, `evaluate_by` is known when it is
    held, and never before a person has decided it for December.
    """

    scope = models.CharField(max_length=12)
    month = models.DateField()
    catalogue_version = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=choices(BatchState), default=BatchState.OPEN)
    version = models.PositiveIntegerField(default=0)
    evaluate_by = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "month"], name="one_batch_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.scope}"


class BatchEvent(WrittenOnceModel):
    """One thing that was done to a batch, with how many people it had."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    people = models.PositiveIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_event_number_once")]
        ordering = ["batch", "number"]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.number} {self.target}"
