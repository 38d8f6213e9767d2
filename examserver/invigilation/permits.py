"""What is allowed at a seat now although forbidden otherwise: a leave, a device, the paper's own equipment."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from examserver.delivery import selectors as delivery
from examserver.delivery.states import OPEN_STATES
from examserver.invigilation.models import DeviceRule, LeavePermit
from examserver.invigilation.permit_cards import DeviceCard, LeaveCard
from examserver.invigilation.states import OPEN_LEAVES, LeaveState
from examserver.kernel.access import Actor
from examserver.kernel.clock import milliseconds, wire
from proctor.reports import Code

WATCHED_FOR = frozenset(Code)


def ignored_codes(sitting_id: int, now: datetime) -> frozenset[str]:
    """The codes that mean nothing at this seat at `now`; Sitting.DoesNotExist."""
    return ignored_of([sitting_id], now)[sitting_id]


def ignored_of(sitting_ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
    """`ignored_codes` of many sittings, with an entry for each, in three queries however many there are."""
    wanted = list(sitting_ids)
    allowed: dict[int, set[str]] = {pk: set() for pk in wanted}
    for pk, codes in delivery.equipment_of(wanted).items():
        allowed[pk].update(codes)
    rules = DeviceRule.objects.filter(sitting_id__in=wanted, granted_at__lte=now)
    for pk, code in rules.filter(_not_revoked_by(now)).values_list("sitting_id", "code"):
        allowed[pk].add(code)
    for pk in excused_leaves(now).filter(sitting_id__in=wanted).values_list("sitting_id", flat=True):
        allowed[pk].add(Code.SEAT_EMPTY)
    return {pk: frozenset(codes & WATCHED_FOR) for pk, codes in allowed.items()}


def _not_revoked_by(now: datetime) -> Q:
    return Q(revoked_at=None) | Q(revoked_at__gt=now)


def excused_leaves(now: datetime) -> QuerySet[LeavePermit]:
    """The leaves that excuse an empty seat at `now`: begun, not over, the candidate not yet back."""
    return LeavePermit.objects.filter(state=LeaveState.AWAY, begins_at__lte=now, until__gt=now)


def leaves_to_follow(now: datetime) -> QuerySet[LeavePermit]:
    """Open leaves about which something is to be done: their time is over, or their sitting is."""
    over = Q(state=LeaveState.AWAY, until__lte=now) | ~Q(sitting__state__in=OPEN_STATES)
    return LeavePermit.objects.filter(over, state__in=OPEN_LEAVES).order_by("until", "pk")


def leaves_of(session_id: int) -> QuerySet[LeavePermit]:
    """Every leave of the session, oldest first."""
    found = LeavePermit.objects.filter(sitting__session_id=session_id).select_related("granted_by")
    return found.order_by("begins_at", "pk")


def open_leaves(session_id: int) -> QuerySet[LeavePermit]:
    """Who is away from their seat in the session."""
    return leaves_of(session_id).filter(state__in=OPEN_LEAVES)


def device_rules_of(session_id: int) -> QuerySet[DeviceRule]:
    """Every device rule of the session's sittings, oldest first."""
    found = DeviceRule.objects.filter(sitting__session_id=session_id).select_related("granted_by")
    return found.order_by("granted_at", "pk")


def leave_for(actor: Actor, pk: int) -> LeavePermit:
    """The leave `pk` in a session that `actor` may see; LeavePermit.DoesNotExist otherwise."""
    return LeavePermit.objects.get(pk=pk, sitting__session__in=delivery.sessions_for(actor))


def device_rule_for(actor: Actor, pk: int) -> DeviceRule:
    """The device rule `pk` in a session that `actor` may see; DeviceRule.DoesNotExist otherwise."""
    return DeviceRule.objects.get(pk=pk, sitting__session__in=delivery.sessions_for(actor))


def leave_card(leave: LeavePermit) -> LeaveCard:
    """The leave as the board shows it."""
    return LeaveCard(
        id=leave.pk,
        sitting=leave.sitting_id,
        purpose=leave.purpose,
        state=leave.state,
        begins_at=milliseconds(leave.begins_at),
        until=milliseconds(leave.until),
        returned_at=wire(leave.returned_at),
        granted_by=leave.granted_by.display_name,
    )


def device_card(rule: DeviceRule) -> DeviceCard:
    """The device rule as the board shows it."""
    return DeviceCard(
        id=rule.pk,
        sitting=rule.sitting_id,
        code=rule.code,
        reason=rule.reason,
        granted_by=rule.granted_by.display_name,
        granted_at=milliseconds(rule.granted_at),
        revoked_at=wire(rule.revoked_at),
    )
