"""Incidents with their evidence, reminders, and cases."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.clauses import REMINDER_CLAUSES, SEVERITY_CLAUSES
from examserver.invigilation.states import (
    CONFIRMED_CASES,
    DECIDED_REMINDERS,
    OPEN_CASES,
    OPEN_LEAVES,
    OPEN_REMINDERS,
    CaseState,
    Device,
    DismissReason,
    FaceOutcome,
    FaceState,
    Gone,
    IncidentState,
    LeavePurpose,
    LeaveState,
    ReminderState,
    Severity,
)
from examserver.kernel.choices import choices
from proctor.coverage import Cause


def _values(states: Iterable[StrEnum]) -> list[str]:
    """Plain words in a fixed order, so that a migration names no class of today."""
    return sorted(state.value for state in states)


def _check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


_SIGNED = Q(confirmed_by__isnull=False, confirmed_at__isnull=False, proposed_by__isnull=False) & ~Q(
    confirmed_by=F("proposed_by")
)


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
            _check("incident_score_in_range", Q(score__gte=0, score__lte=1)),
            _check("incident_seen_after_start", Q(seen_at__gte=F("started_at"))),
            _check("incident_ends_after_start", Q(ended_at=None) | Q(ended_at__gte=F("started_at"))),
            _check(
                "incident_dismissed_with_reason",
                Q(state=IncidentState.DISMISSED.value, dismissed_because__in=_values(DismissReason))
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
            _check(
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
            _check(
                "hold_lifted_by_somebody",
                Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.sitting_id}"


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
                condition=Q(state__in=_values(OPEN_REMINDERS)),
                name="one_open_reminder_a_sitting_and_clause",
            ),
            _check("reminder_of_a_clause_that_has_one", Q(clause__in=REMINDER_CLAUSES)),
            _check(
                "reminder_decided_by_somebody",
                Q(state__in=_values(DECIDED_REMINDERS), decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=_values(DECIDED_REMINDERS)) & Q(decided_by=None, decided_at=None)),
            ),
            _check("reminder_decided_after_issue", Q(decided_at=None) | Q(decided_at__gte=F("issued_at"))),
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "clause"],
                condition=Q(state__in=_values(OPEN_CASES)),
                name="one_open_case_a_sitting_and_clause",
            ),
            _check("case_confirmed_by_a_second_person", ~Q(state__in=_values(CONFIRMED_CASES)) | _SIGNED),
            _check(
                "case_proposed_by_somebody",
                ~Q(state=CaseState.PROPOSED.value) | Q(proposed_by__isnull=False, proposed_at__isnull=False),
            ),
            _check(
                "case_withdrawn_by_somebody",
                ~Q(state=CaseState.WITHDRAWN.value) | Q(withdrawn_by__isnull=False),
            ),
            _check(
                "case_severity_of_its_tier",
                Q(clause__in=SEVERITY_CLAUSES, severity__in=_values([Severity.MINOR, Severity.SERIOUS]))
                | (~Q(clause__in=SEVERITY_CLAUSES) & Q(severity=Severity.NONE.value)),
            ),
            _check(
                "case_confirmed_with_its_reminder",
                ~Q(state__in=_values(CONFIRMED_CASES), clause__in=REMINDER_CLAUSES)
                | Q(reminder__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.clause} at {self.sitting_id} {self.state}"


class LeavePermit(models.Model):
    """A candidate's permission to leave the seat for a while; the clock of the sitting goes on."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="leaves")
    purpose = models.CharField(max_length=12, choices=choices(LeavePurpose))
    state = models.CharField(max_length=12, choices=choices(LeaveState), default=LeaveState.AWAY.value)
    granted_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(state__in=_values(OPEN_LEAVES)),
                name="one_open_leave_a_sitting",
            ),
            _check("leave_ends_after_it_begins", Q(until__gt=F("begins_at"))),
            _check(
                "leave_returned_is_signed",
                Q(state=LeaveState.RETURNED.value, returned_at__isnull=False, closed_by__isnull=False)
                | (~Q(state=LeaveState.RETURNED.value) & Q(returned_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["state", "until"])]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.sitting_id} {self.state}"


class DeviceRule(models.Model):
    """A thing that one candidate may have at the seat although others may not, and why."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="device_rules")
    code = models.CharField(max_length=16, choices=choices(Device))
    reason = models.CharField(max_length=200)
    granted_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "code"],
                condition=Q(revoked_at=None),
                name="device_allowed_once_a_sitting",
            ),
            _check("device_rule_has_a_reason", ~Q(reason="")),
            _check(
                "device_rule_revoked_by_somebody",
                Q(revoked_at=None, revoked_by=None)
                # Said twice: a comparison with nothing is unknown, and the database lets the unknown pass.
                | Q(revoked_at__isnull=False, revoked_at__gte=F("granted_at"), revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} for {self.sitting_id}"


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
            _check("signal_told_after_beginning", Q(told_at__gte=F("began_at"))),
            _check("signal_ends_when_told", Q(ended_at=None) | Q(ended_at=F("told_at"))),
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
            _check("coverage_span_lasts", Q(ended_at__gt=F("began_at"))),
        ]
        indexes = [models.Index(fields=["sitting", "ended_at"])]
        ordering = ["began_at"]

    def __str__(self) -> str:
        return f"{self.cause} at {self.sitting_id} from {self.began_at}"


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
            _check(
                "face_hold_decided_by_a_second_person",
                ~Q(state__in=["RELEASED", "REPORTED"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("checked_by")) & ~Q(note="")),
            ),
            _check(
                "face_without_consent_compares_nothing",
                ~Q(consent="") | Q(distance=None, state__in=["TO_LOOK", "CLEAR"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.sitting_id} {self.state}"
