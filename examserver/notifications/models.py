"""Messages, each to one recipient, and their mails."""

from django.db import models

from examserver.kernel.choices import choices
from examserver.notifications.states import MailState


class Notification(models.Model):
    """One event told to a candidate or to an institution; `facts` hold neither ID numbers nor points.

    `subject` names what it is about as the audit does (`application:12`), empty where an institution is told of several
    people at once: `people` says of how many. `once` names what must not be told twice.
    """

    candidate = models.ForeignKey(
        "people.Candidate", on_delete=models.PROTECT, null=True, related_name="notifications"
    )
    institution = models.ForeignKey(
        "registration.Institution", on_delete=models.PROTECT, null=True, related_name="notifications"
    )
    event = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    subject = models.CharField(max_length=80, blank=True)
    once = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(candidate__isnull=False, institution=None)
                | models.Q(candidate=None, institution__isnull=False),
                name="notification_has_one_recipient",
            ),
            models.UniqueConstraint(
                fields=["candidate", "once"], condition=~models.Q(once=""), name="told_once_a_candidate"
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "read_at"]),
            models.Index(fields=["institution", "created_at"]),
            models.Index(fields=["subject"]),
            models.Index(fields=["once"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class Mail(models.Model):
    """The mail of a message: `next_at` is when it is due, `error` what the last attempt met, `went_by` what took it.

    `attempts` counts all of them, `tries` those since it was last set going.
    """

    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="mail")
    state = models.CharField(max_length=12, choices=choices(MailState), default=MailState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)
    went_by = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=MailState.SENT) | models.Q(sent_at__isnull=False),
                name="mail_sent_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["state", "next_at"])]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.state}"
