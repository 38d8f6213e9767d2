"""Device rules: what one candidate may have at the seat although others may not, who decided it, and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation

from examserver.delivery import selectors as delivery
from examserver.delivery.services.notices import NewNotice, issue_notice
from examserver.delivery.states import NoticeKind
from examserver.invigilation import permits
from examserver.invigilation.models import DeviceRule
from examserver.invigilation.services.changes import Change
from examserver.invigilation.states import Device
from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.publish import publish

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class NewDeviceRule:
    """What the candidate may have, and why: a hearing aid, a medical device."""

    code: Device
    reason: str


def allow_device(*, sitting_id: int, actor: Actor, new: NewDeviceRule, now: datetime) -> DeviceRule:
    """Allow it at this seat from now on, and tell the candidate; by the chief or the office.

    NotAllowed role_needed, reason_needed, reason_too_long, not_open (the sitting is over), already_allowed.
    """
    reason = new.reason.strip()
    _check(actor, reason)
    try:
        with transaction.atomic():
            return _allow(sitting_id, actor, NewDeviceRule(new.code, reason), now)
    except IntegrityError as error:
        raise NotAllowed("already_allowed") from error


def _check(actor: Actor, reason: str) -> None:
    if not actor.has(Role.CHIEF_INVIGILATOR, Role.OFFICER):
        raise NotAllowed("role_needed")
    if not reason:
        raise NotAllowed("reason_needed")
    if len(reason) > LONGEST_REASON:
        raise NotAllowed("reason_too_long")


def _allow(sitting_id: int, actor: Actor, new: NewDeviceRule, now: datetime) -> DeviceRule:
    sitting = delivery.sitting(sitting_id)
    if delivery.is_over(sitting):
        raise NotAllowed("not_open")
    rule = DeviceRule.objects.create(
        sitting_id=sitting_id, code=new.code, reason=new.reason, granted_by_id=actor.id, granted_at=now
    )
    facts = {"code": new.code, "reason": new.reason}
    _rule_changed(rule, Change("device.allowed", actor, now, facts))
    _tell(rule, actor, now, allowed=True)
    return rule


@transaction.atomic
def revoke_device(*, rule: DeviceRule, actor: Actor, reason: str, now: datetime) -> None:
    """It is forbidden again from now on, and the candidate is told.

    NotAllowed role_needed, reason_needed, reason_too_long, already_revoked.
    """
    reason = reason.strip()
    _check(actor, reason)
    rule = DeviceRule.objects.select_for_update(of=("self",)).select_related("granted_by").get(pk=rule.pk)
    if rule.revoked_at is not None:
        raise NotAllowed("already_revoked")
    rule.revoked_at, rule.revoked_by_id = now, actor.id
    rule.save(update_fields=["revoked_at", "revoked_by"])
    _rule_changed(rule, Change("device.revoked", actor, now, {"code": rule.code, "reason": reason}))
    _tell(rule, actor, now, allowed=False)


def _tell(rule: DeviceRule, actor: Actor, now: datetime, *, allowed: bool) -> None:
    """A message in both languages: it is written once and read on a page of either."""
    sitting = delivery.sitting(rule.sitting_id)
    if delivery.is_over(sitting):
        return
    body = " / ".join(_words(rule.code, language, allowed=allowed) for language in ("zh-hans", "en"))
    issue_notice(sitting=sitting, actor=actor, notice=NewNotice(NoticeKind.MESSAGE, body=body), now=now)


def _words(code: str, language: str, *, allowed: bool) -> str:
    with translation.override(language):
        thing = translation.gettext(f"device.{code}")
        key = "device.you_may" if allowed else "device.you_may_not"
        return translation.gettext(key) % {"thing": thing}


def _rule_changed(rule: DeviceRule, change: Change) -> None:
    """Record it in the session's stream and show it on its board."""
    stream = delivery.stream(rule.sitting.session_id)
    data = {"sitting": rule.sitting_id, **change.data}
    act = audit.Act(stream, change.action, f"device_rule:{rule.pk}", str(change.actor), data)
    publish(audit.record(act, change.now), permits.device_card(rule))
