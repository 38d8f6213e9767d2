"""What released subjects came to, as later applications see it; told by the results, never computed here."""

from django.db import models

from examserver.registration.resits.values import Outcome


class SubjectOutcome(models.Model):
    """What a subject of a ticket came to. A pass that was given up names the application that did it (REQ-71)."""

    ticket = models.ForeignKey(
        "registration.AdmissionTicket", on_delete=models.PROTECT, related_name="outcomes"
    )
    subject = models.CharField(max_length=12)
    outcome = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Outcome])
    told_at = models.DateTimeField()
    forfeited_by = models.ForeignKey(
        "registration.Application", on_delete=models.PROTECT, null=True, related_name="forfeits"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "subject"], name="outcome_once_a_subject")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.subject} {self.outcome}"
