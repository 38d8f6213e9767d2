"""Institutions and applications: who applies for what, by which way in, and how far it has come."""

from django.db import models

from examserver.kernel.choices import choices
from examserver.people.numbers import WithIdNumber
from examserver.registration.applications.states import (
    DEAD,
    ApplicationState,
    CancelledAs,
    Channel,
    EntryChannel,
    Origin,
)
from itembank.states import Subject


class Institution(models.Model):
    """A training body or a school that applies for its own people."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class InstitutionMember(models.Model):
    """Somebody who acts for an institution, and for one only."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="members")
    staff = models.OneToOneField("people.Staff", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.staff_id} of {self.institution_id}"


class Application(WithIdNumber):
    """A person's application for an offering, as it was filled in; who the person is to us is settled at submission.

    `version` is the number of the last event, and so of the state that a person has looked at. `month` is the first
    day of the month of submission, `fee_due` in whole yuan, `claims` what the eligibility rules are asked about.
    `queue_number` is the place in the order of payment, which a roll-over keeps.
    """

    offering = models.ForeignKey(
        "registration.Offering", on_delete=models.PROTECT, related_name="applications"
    )
    origin = models.CharField(max_length=12, choices=choices(Origin), default=Origin.FULL)
    channel = models.CharField(max_length=12, choices=choices(Channel))
    entry_channel = models.CharField(max_length=8, choices=choices(EntryChannel))
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    external_reference = models.CharField(max_length=64, blank=True)
    candidate = models.ForeignKey(
        "people.Candidate", on_delete=models.PROTECT, null=True, related_name="applications"
    )
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    alternative = models.CharField(max_length=12, blank=True)
    claims = models.JSONField(default=dict)
    catalogue_version = models.CharField(max_length=40, blank=True)
    commitment_version = models.CharField(max_length=40, blank=True)
    commitment_at = models.DateTimeField(null=True)
    commitment_by = models.CharField(max_length=80, blank=True)
    form_generated_at = models.DateTimeField(null=True)
    form_confirmed_at = models.DateTimeField(null=True)
    original_received_on = models.DateField(null=True)
    subjects = models.JSONField(default=list)
    consented_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=28, choices=choices(ApplicationState), default=ApplicationState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    month = models.DateField(null=True)
    fee_due = models.PositiveIntegerField(null=True)
    pay_by = models.DateField(null=True)
    credit = models.ForeignKey(
        "registration.Credit", on_delete=models.PROTECT, null=True, related_name="applications"
    )
    batch = models.ForeignKey(
        "registration.Batch", on_delete=models.PROTECT, null=True, related_name="applications"
    )
    queue_number = models.PositiveBigIntegerField(null=True, unique=True)
    cancelled_as = models.CharField(max_length=12, blank=True, choices=choices(CancelledAs))
    non_refundable = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel=Channel.GROUP, institution__isnull=False)
                | models.Q(channel=Channel.INDIVIDUAL, institution__isnull=True),
                name="group_has_its_institution",
            ),
            models.UniqueConstraint(
                fields=["institution", "external_reference"],
                condition=~models.Q(external_reference=""),
                name="external_reference_once_an_institution",
            ),
            models.UniqueConstraint(
                fields=["candidate", "offering", "month"],
                condition=~models.Q(state__in=sorted(DEAD)),
                name="applied_once_a_month",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"]),
            models.Index(fields=["institution", "state"]),
            models.Index(fields=["id_digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.offering_id} {self.state}"

    @property
    def subject_set(self) -> frozenset[Subject]:
        """What is applied for: all subjects, but in a resit those that were failed."""
        return frozenset(map(Subject, self.subjects)) or frozenset(Subject)
