"""Acts of staff on leaves and on what single candidates may have at their seats."""

from typing import Any

import msgspec
from django.http import HttpRequest

from examserver.invigilation.services import devices, permits
from examserver.invigilation.states import Device, LeavePurpose
from examserver.invigilation.views.bodies import DONE, Nothing, Reason
from examserver.invigilation.views.finding import device_rule_for, leave_for, sitting_for
from examserver.kernel import clock
from examserver.kernel.http import actor_of, body, json_view

Answer = dict[str, Any]


class Leave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many minutes the candidate goes, and what for."""

    minutes: int
    purpose: LeavePurpose


class DeviceAllowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the candidate may have, and why."""

    code: Device
    reason: str


@json_view("POST")
def leave(request: HttpRequest, sitting: int) -> Answer:
    """The candidate may leave the seat."""
    given, actor = body(request, Leave), actor_of(request)
    new = permits.NewLeave(given.minutes, given.purpose)
    permits.grant_leave(sitting_id=sitting_for(actor, sitting).pk, actor=actor, new=new, now=clock.now())
    return DONE


@json_view("POST")
def returned(request: HttpRequest, leave: int) -> Answer:
    """The candidate is back."""
    body(request, Nothing)
    actor = actor_of(request)
    permits.return_leave(leave=leave_for(actor, leave), actor=actor, now=clock.now())
    return DONE


@json_view("POST")
def revoke(request: HttpRequest, leave: int) -> Answer:
    """The candidate does not go after all."""
    body(request, Nothing)
    actor = actor_of(request)
    permits.revoke_leave(leave=leave_for(actor, leave), actor=actor, now=clock.now())
    return DONE


@json_view("POST")
def device(request: HttpRequest, sitting: int) -> Answer:
    """One candidate may have something at the seat."""
    given, actor = body(request, DeviceAllowed), actor_of(request)
    new = devices.NewDeviceRule(given.code, given.reason)
    devices.allow_device(sitting_id=sitting_for(actor, sitting).pk, actor=actor, new=new, now=clock.now())
    return DONE


@json_view("POST")
def revoke_device(request: HttpRequest, rule: int) -> Answer:
    """It is forbidden again."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    devices.revoke_device(rule=device_rule_for(actor, rule), actor=actor, reason=reason, now=clock.now())
    return DONE
