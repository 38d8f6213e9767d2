"""The tables of invigilation."""

from examserver.invigilation.models.cases import Appeal, Case, Referral, Reminder
from examserver.invigilation.models.faces import FaceCheck
from examserver.invigilation.models.incidents import Evidence, Incident, LegalHold
from examserver.invigilation.models.permits import DeviceRule, LeavePermit
from examserver.invigilation.models.watching import CoverageSpan, SeatView, Signal

__all__ = [
    "Appeal",
    "Case",
    "CoverageSpan",
    "DeviceRule",
    "Evidence",
    "FaceCheck",
    "Incident",
    "LeavePermit",
    "LegalHold",
    "Referral",
    "Reminder",
    "SeatView",
    "Signal",
]
