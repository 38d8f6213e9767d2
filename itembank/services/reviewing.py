"""Brings versions through review: handed in, approved by two people, returned with a comment, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import check_move, move
from itembank.models import Item, ItemVersion, Review, VersionStanding
from itembank.reviewing import is_approved, refusal
from itembank.states import VERSION_MOVES, Decision, VersionState

BATCH = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decides on a version, and what is said to its author."""

    decision: Decision
    comment: str = ""


@transaction.atomic
def submit_version(*, version: ItemVersion, actor: Actor, now: datetime) -> None:
    """Hand a version of one's own in to review. NotAllowed `not_own_work`, IllegalMove."""
    standing = _locked(version)
    if str(actor) != version.author:
        raise NotAllowed("not_own_work")
    move(standing, VERSION_MOVES, VersionState.IN_REVIEW, round=standing.round + 1, changed_at=now)
    _record("version.submitted", version, actor, {"round": standing.round}, now)


@transaction.atomic
def withdraw_version(*, version: ItemVersion, actor: Actor, reason: str, now: datetime) -> None:
    """Take a version back; an approved one comes into no new paper. NotAllowed `reason_missing`, IllegalMove."""
    if not reason.strip():
        raise NotAllowed("reason_missing")
    standing = _locked(version)
    move(standing, VERSION_MOVES, VersionState.WITHDRAWN, changed_at=now)
    Item.objects.filter(pk=version.item_id, approved=version).update(approved=None)
    _record("version.withdrawn", version, actor, {"reason": reason}, now)


@transaction.atomic
def review_version(*, version: ItemVersion, actor: Actor, verdict: Verdict, now: datetime) -> VersionState:
    """Decide on a version in review; the state it then is in.

    NotAllowed `own_work`, `reviewed_already`, `comment_missing`, `not_in_review`. As many different people as
    settings.ITEM_APPROVALS says must approve, then the version takes the place of the one before.
    """
    standing = _locked(version)
    if standing.state != VersionState.IN_REVIEW:
        raise NotAllowed("not_in_review")
    if verdict.decision is Decision.RETURN and not verdict.comment.strip():
        raise NotAllowed("comment_missing")
    earlier = Review.objects.filter(version=version, round=standing.round)
    if code := refusal(str(actor), version.author, set(earlier.values_list("reviewer", flat=True))):
        raise NotAllowed(code)
    Review.objects.create(**_review(standing, actor, now), decision=verdict.decision, comment=verdict.comment)
    data = {"decision": verdict.decision.value, "comment": verdict.comment, "round": standing.round}
    _record("version.reviewed", version, actor, data, now)
    if verdict.decision is Decision.RETURN:
        move(standing, VERSION_MOVES, VersionState.RETURNED, changed_at=now)
    elif is_approved(earlier.values_list("decision", flat=True), settings.ITEM_APPROVALS):
        _approve([standing], now)
    standing.refresh_from_db()
    return VersionState(standing.state)


@transaction.atomic
def approve_versions(*, versions: Sequence[ItemVersion], actor: Actor, now: datetime) -> None:
    """One reviewer approves several versions at once, as after a look at a printed list.

    NotAllowed as `review_version`; then none of them is approved.
    """
    for start in range(0, len(versions), BATCH):
        _approve_part(versions[start : start + BATCH], actor, now)


def _approve_part(versions: Sequence[ItemVersion], actor: Actor, now: datetime) -> None:
    locked = VersionStanding.objects.select_for_update().filter(version__in=versions)
    standings = list(locked.select_related("version__item"))
    earlier = _earlier(versions)
    for one in standings:
        if one.state != VersionState.IN_REVIEW:
            raise NotAllowed("not_in_review")
        if code := refusal(str(actor), one.version.author, earlier.get(one.version_id, set())):
            raise NotAllowed(code)
    rows = [Review(**_review(one, actor, now), decision=Decision.APPROVE) for one in standings]
    Review.objects.bulk_create(rows)
    _approve([one for one in standings if _enough(earlier.get(one.version_id, set()))], now)
    data = {one.version.item.code: one.version.number for one in standings}
    act = audit.Act("itembank", "versions.approved", f"items:{len(data)}", str(actor), {"versions": data})
    audit.record(act, now)


def _earlier(versions: Sequence[ItemVersion]) -> dict[int, set[str]]:
    """Who has approved each version in its present round; a round with a return in it is over."""
    rows = Review.objects.filter(version__in=versions, round=F("version__standing__round"))
    found: dict[int, set[str]] = {}
    for version, reviewer in rows.values_list("version_id", "reviewer"):
        found.setdefault(version, set()).add(reviewer)
    return found


def _enough(earlier: set[str]) -> bool:
    return is_approved([Decision.APPROVE] * (len(earlier) + 1), settings.ITEM_APPROVALS)


def _locked(version: ItemVersion) -> VersionStanding:
    """Two people may decide at once: the second waits for the first."""
    return VersionStanding.objects.select_for_update().get(version=version)


def _review(standing: VersionStanding, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "version": standing.version,
        "round": standing.round,
        "reviewer": str(actor),
        "decided_at": now,
    }


def _approve(standings: Sequence[VersionStanding], now: datetime) -> None:
    """The versions come into use in place of those before them."""
    items = [one.version.item for one in standings]
    before = [item.approved_id for item in items if item.approved_id]
    _set(
        VersionStanding.objects.filter(version__in=before),
        VersionState.APPROVED,
        VersionState.SUPERSEDED,
        now,
    )
    open_ones = VersionStanding.objects.filter(pk__in=[one.pk for one in standings])
    _set(open_ones, VersionState.IN_REVIEW, VersionState.APPROVED, now)
    for one in standings:
        one.version.item.approved = one.version
    Item.objects.bulk_update(items, ["approved"])


def _set(rows: QuerySet[VersionStanding], source: VersionState, target: VersionState, now: datetime) -> None:
    check_move(VERSION_MOVES, source, target)
    rows.filter(state=source).update(state=target, changed_at=now)


def _record(action: str, version: ItemVersion, actor: Actor, data: dict[str, Any], now: datetime) -> None:
    details = {"version": version.number, "sha256": version.sha256, **data}
    audit.record(audit.Act("itembank", action, f"item:{version.item.code}", str(actor), details), now)
