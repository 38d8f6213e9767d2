"""What a room board shows of leaves and of things that single candidates may have: closed wire objects."""

from examserver.kernel.events import WireObject


class LeaveCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A permission to leave the seat; times in ms, `granted_by` is a display name."""

    sitting: int
    purpose: str
    state: str
    begins_at: int
    until: int
    returned_at: int | None
    granted_by: str


class DeviceCard(WireObject, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A thing that one candidate may have at the seat; times in ms, `granted_by` is a display name."""

    sitting: int
    code: str
    reason: str
    granted_by: str
    granted_at: int
    revoked_at: int | None
