"""Reminders, the cases that follow from them, and appeals."""

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.clauses import REMINDER_CLAUSES, SEVERITY_CLAUSES
from examserver.invigilation.models.constraints import check, values
from examserver.invigilation.models.incidents import Incident
from examserver.invigilation.states import (
    CONFIRMED_CASES,
    DECIDED_REMINDERS,
    OPEN_CASES,
    OPEN_REMINDERS,
    RULINGS,
    CaseState,
    ReminderState,
    Severity,
    ToldBy,
)
from examserver.kernel.choices import choices

_SIGNED = Q(confirmed_by__isnull=False, confirmed_at__isnull=False, proposed_by__isnull=False) & ~Q(
    confirmed_by=F("proposed_by")
)


class Reminder(models.Model):
    """A clause that a member of staff put on the candidate's screen, and whether the candidate complied."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="reminders")
    clause = models.CharField(max_length=8)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reminders", null=True)
    notice = models.OneToOneField("delivery.Notice", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=16, choices=choices(ReminderState), default=ReminderState.ISSUED.value
    )
    issued_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "clause"],
                condition=Q(state__in=values(OPEN_REMINDERS)),
                name="one_open_reminder_a_sitting_and_clause",
            ),
            check("reminder_of_a_clause_that_has_one", Q(clause__in=REMINDER_CLAUSES)),
            check(
                "reminder_decided_by_somebody",
                Q(state__in=values(DECIDED_REMINDERS), decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=values(DECIDED_REMINDERS)) & Q(decided_by=None, decided_at=None)),
            ),
            check("reminder_decided_after_issue", Q(decided_at=None) | Q(decided_at__gte=F("issued_at"))),
        ]
        indexes = [models.Index(fields=["sitting", "clause", "state"])]

    def __str__(self) -> str:
        return f"{self.clause} to {self.sitting_id} {self.state}"


class Case(models.Model):
    """A finding against a candidate: reported, proposed by one person, confirmed by another."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="cases")
    clause = models.CharField(max_length=8)
    clause_version = models.CharField(max_length=24)
    severity = models.CharField(max_length=8, blank=True, choices=choices(Severity))
    state = models.CharField(max_length=12, choices=choices(CaseState), default=CaseState.OPEN.value)
    note = models.TextField(blank=True)
    decision_note = models.TextField(blank=True)
    act_at = models.DateTimeField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="cases", null=True)
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="cases", null=True)
    opened_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=120, blank=True)
    decided_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=12, blank=True, choices=choices(ToldBy))
    told_on = models.DateField(null=True)
    appeal_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "clause"],
                condition=Q(state__in=values(OPEN_CASES)),
                name="one_open_case_a_sitting_and_clause",
            ),
            check("case_confirmed_by_a_second_person", ~Q(state__in=values(CONFIRMED_CASES)) | _SIGNED),
            check(
                "case_proposed_by_somebody",
                ~Q(state=CaseState.PROPOSED.value) | Q(proposed_by__isnull=False, proposed_at__isnull=False),
            ),
            check(
                "case_withdrawn_by_somebody",
                ~Q(state=CaseState.WITHDRAWN.value) | Q(withdrawn_by__isnull=False),
            ),
            check(
                "case_severity_of_its_tier",
                Q(clause__in=SEVERITY_CLAUSES, severity__in=values([Severity.MINOR, Severity.SERIOUS]))
                | (~Q(clause__in=SEVERITY_CLAUSES) & Q(severity=Severity.NONE.value)),
            ),
            check(
                "case_confirmed_with_its_reminder",
                ~Q(state__in=values(CONFIRMED_CASES), clause__in=REMINDER_CLAUSES)
                | Q(reminder__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.clause} at {self.sitting_id} {self.state}"


class Appeal(models.Model):
    """What the candidate says against a decision, and what came of it; the verdict as it was before stays on record."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.TextField()
    received_on = models.DateField()
    filed_by = models.CharField(max_length=80)
    filed_at = models.DateTimeField()
    ruling = models.CharField(max_length=12, blank=True, choices=choices(RULINGS))
    note = models.TextField(blank=True)
    clause_before = models.CharField(max_length=8)
    severity_before = models.CharField(max_length=8, blank=True, choices=choices(Severity))
    decided_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            check(
                "appeal_decided_by_somebody_with_words",
                Q(ruling="", decided_by=None, decided_at=None)
                | (~Q(ruling="") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return f"appeal of {self.case_id} {self.ruling}"


class Referral(models.Model):
    """A grave case was handed to the authorities: to whom, on which day, with which package of evidence (REQ-96)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="referral")
    recipient = models.CharField(max_length=120)
    package = models.CharField(max_length=120)
    referred_on = models.DateField()
    referred_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            check("referral_says_to_whom_and_with_what", ~Q(recipient="") & ~Q(package="")),
        ]

    def __str__(self) -> str:
        return f"referral of {self.case_id} to {self.recipient}"
