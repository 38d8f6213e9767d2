"""What a candidate may do or have that is otherwise noticed."""

from django.db import models
from django.db.models import F, Q

from examserver.invigilation.models.constraints import check, values
from examserver.invigilation.states import OPEN_LEAVES, Device, LeavePurpose, LeaveState
from examserver.kernel.choices import choices


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
                condition=Q(state__in=values(OPEN_LEAVES)),
                name="one_open_leave_a_sitting",
            ),
            check("leave_ends_after_it_begins", Q(until__gt=F("begins_at"))),
            check(
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
            check("device_rule_has_a_reason", ~Q(reason="")),
            check(
                "device_rule_revoked_by_somebody",
                Q(revoked_at=None, revoked_by=None)
                # Said twice: a comparison with nothing is unknown, and the database lets the unknown pass.
                | Q(revoked_at__isnull=False, revoked_at__gte=F("granted_at"), revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} for {self.sitting_id}"
