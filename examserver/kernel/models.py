"""The audit log: one row an act, numbered within its stream and chained by hash."""

from django.db import models


class LogEntry(models.Model):
    """What somebody did to something, when, and the hash that makes a later change visible."""

    stream = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    data = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="log_entry_number_once")]
        ordering = ["stream", "number"]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.stream}#{self.number} {self.action} {self.subject}"
