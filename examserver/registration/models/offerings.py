"""Offerings, admission tickets and bars."""

from django.db import models

from examserver.registration.models.history import WrittenOnceModel


class Offering(models.Model):
    """An occupation, direction and level that the evaluation body examines, e.g. O5."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class AdmissionTicket(models.Model):
    """The document that names candidate, offering and day; a later version supersedes the earlier one."""

    number = models.CharField(max_length=20, unique=True)
    candidate = models.ForeignKey("people.Candidate", on_delete=models.PROTECT, related_name="tickets")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT)
    exam_date = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    first_time = models.BooleanField(default=True)
    application = models.OneToOneField(
        "registration.Application", on_delete=models.PROTECT, null=True, related_name="ticket"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "offering", "exam_date"], name="one_ticket_a_day")
        ]

    def __str__(self) -> str:
        return self.number


class TicketVersion(WrittenOnceModel):
    """What a version of a ticket said: room, seat and time of each subject, and why it was issued."""

    ticket = models.ForeignKey(AdmissionTicket, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    places = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="ticket_version_once")]
        ordering = ["ticket", "version"]

    def __str__(self) -> str:
        return f"{self.ticket_id} v{self.version}"


class Bar(models.Model):
    """Days on which a person may not take part: explicit first and last day, so that a person can correct them."""

    candidate = models.ForeignKey("people.Candidate", on_delete=models.PROTECT, related_name="bars")
    first_day = models.DateField()
    last_day = models.DateField()
    clause = models.CharField(max_length=8)
    case = models.PositiveBigIntegerField(unique=True)
    lifted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.candidate}: {self.first_day} to {self.last_day}"
