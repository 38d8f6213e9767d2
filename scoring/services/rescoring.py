"""Corrects the key of a frozen paper: one proposes, another sees who would change and decides.

The frozen key stays; corrections are laid over it. Released sittings keep their scores and are only listed,
until an officer amends them (results.services.amending).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from examserver.delivery.selectors import responses_of
from examserver.delivery.states import SittingState
from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.transitions import move
from itembank.sealing import PaperSealed
from itembank.states import Subject
from scoring import papers
from scoring.models import ItemScore, KeyCorrection, ScoreChange, SubjectScore
from scoring.outcomes import Outcome
from scoring.services.keys import corrections_of, keys_of, read_correction, rules_of
from scoring.services.records import Step, record
from scoring.services.theory import item_row
from scoring.states import CORRECTION_MOVES, CorrectionState, Treatment

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting

PROPOSERS = (Role.GRADING_LEAD, Role.ITEM_AUTHOR, Role.ITEM_REVIEWER)
DECIDERS = (Role.GRADING_LEAD, Role.ADMIN)
ITEM_FIELDS = ("points", "max_points", "policy", "explanation", "trail", "key_sha256")


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """Which item is treated how, with which key (only for `KEY`), and why."""

    item: str
    treatment: Treatment
    reason: str
    key: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One sitting whose item or subject would come out otherwise."""

    sitting: "Sitting"
    before: Decimal
    after: Decimal
    of: Decimal
    released: bool
    items: Mapping[str, Outcome]

    def crosses(self) -> str:
        """`pass` or `fail` when the pass mark lies between before and after; empty otherwise."""
        mark = self.sitting.paper.pass_mark
        if (self.before >= mark) == (self.after >= mark):
            return ""
        return "pass" if self.after >= mark else "fail"


@dataclass(frozen=True, slots=True)
class Preview:
    """Everybody who would change, how many were looked at, and the digest that a decision names."""

    changes: tuple[Change, ...]
    sittings: int
    key_sha256: str

    @property
    def moved(self) -> int:
        """How many of them get another total; the others only another reason for the same points."""
        return sum(one.before != one.after for one in self.changes)

    @property
    def digest(self) -> str:
        """Changes when anything in it does."""
        rows = [[one.sitting.pk, str(one.before), str(one.after), one.released] for one in self.changes]
        return hashlib.sha256(json.dumps([self.key_sha256, self.sittings, rows]).encode()).hexdigest()


@transaction.atomic
def propose_correction(*, paper_id: int, new: NewCorrection, actor: Actor, now: datetime) -> KeyCorrection:
    """Lay a correction before another person.

    NotAllowed: `proposer_only`, `reason_needed`, `unknown_item`, `bad_key`, `same_key`, `correction_open`,
    `not_begun` while the paper is sealed.
    """
    if not actor.has(*PROPOSERS):
        raise NotAllowed("proposer_only")
    if not new.reason.strip():
        raise NotAllowed("reason_needed")
    row = KeyCorrection(
        paper_id=paper_id,
        item=new.item,
        treatment=new.treatment,
        key=new.key,
        reason=new.reason.strip()[:500],
    )
    try:
        row.key_before = _checked(row)
    except PaperSealed as error:
        raise NotAllowed("not_begun") from error
    row.proposed_by_id, row.proposed_at = actor.id, now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAllowed("correction_open") from error
    _record(row, "key.proposed", actor, {"reason": row.reason}, now)
    return row


def _checked(row: KeyCorrection) -> Any:
    """The item's key as it counts now; NotAllowed unless the correction can be scored by and changes it."""
    before = corrections_of(row.paper)
    keys = papers.corrected_keys(keys_of(row.paper), before)
    if row.paper.subject != Subject.THEORY or row.item not in keys:
        raise NotAllowed("unknown_item")
    if row.treatment != Treatment.KEY:
        if row.key is not None:
            raise NotAllowed("bad_key")
        if papers.voided_items(before).get(row.item) == row.treatment:
            raise NotAllowed("same_key")
        return keys[row.item]
    if row.key == keys[row.item] and row.item not in papers.voided_items(before):
        raise NotAllowed("same_key")
    if not _may_replace(row, keys[row.item]):
        raise NotAllowed("bad_key")
    return keys[row.item]


def _may_replace(row: KeyCorrection, former: Mapping[str, Any]) -> bool:
    """Type and points stay what candidates were told, every option is one of the item's, the rules can read it."""
    key = row.key
    if not isinstance(key, dict) or any(key.get(name) != former[name] for name in ("type", "points")):
        return False
    try:
        rules_of(row.paper, read_correction(row))
    except (ValueError, TypeError):
        return False
    options = _options(row.paper.content, row.item)
    return not options or set(key.get("correct", ())) <= options


def _options(content: Mapping[str, Any], item: str) -> frozenset[str]:
    items = (one for section in content["sections"] for one in section["items"])
    return frozenset(option["id"] for one in items if one["id"] == item for option in one.get("options", ()))


def preview(correction: KeyCorrection) -> Preview:
    """What the correction would do to everybody who was scored by this paper; nothing is written."""
    paper = rules_of(correction.paper, read_correction(correction))
    rows = _scores(correction)
    found = tuple(change for row in rows if (change := _change(row, paper)) is not None)
    return Preview(found, len(rows), paper.sha256)


def _scores(correction: KeyCorrection) -> list[SubjectScore]:
    rows = SubjectScore.objects.filter(sitting__paper_id=correction.paper_id)
    return list(
        rows.select_related("sitting__paper", "sitting__session", "sitting__ticket").order_by("sitting_id")
    )


def _change(row: SubjectScore, paper: papers.PaperRules) -> Change | None:
    outcomes = papers.outcomes(paper, responses_of(row.sitting))
    stored = {one.item: one for one in ItemScore.objects.filter(sitting_id=row.sitting_id)}
    items = {item: one for item, one in outcomes.items() if _differs(stored[item], one)}
    after = papers.subject_points(paper, outcomes)
    if not items and after == row.points:
        return None
    released = row.sitting.state == SittingState.RELEASED
    return Change(row.sitting, row.points, after, row.of, released, items)


def _differs(stored: ItemScore, outcome: Outcome) -> bool:
    return (stored.points, stored.max_points, stored.explanation) != (
        outcome.points,
        outcome.max_points,
        outcome.explanation.as_data(),
    )


@transaction.atomic
def apply_correction(*, correction: KeyCorrection, seen: str, actor: Actor, now: datetime) -> Preview:
    """Decide for the correction and score everybody anew who is not released.

    NotAllowed: `decider_only`, `four_eyes` for the proposer, `preview_changed` when `seen` is another digest.
    """
    _may_decide(correction, actor)
    _lock_streams(correction, actor, now)
    found = preview(correction)
    if found.digest != seen:
        raise NotAllowed("preview_changed")
    _decide(correction, CorrectionState.APPLIED, actor, now, key_sha256=found.key_sha256)
    for change in found.changes:
        _keep(correction, change, now)
        if not change.released:
            _write(change, found.key_sha256, correction, Step("score.corrected", actor, now, {}))
    data = {"changed": len(found.changes), "sittings": found.sittings, "key_sha256": found.key_sha256}
    _record(correction, "key.corrected", actor, data, now)
    return found


@transaction.atomic
def reject_correction(*, correction: KeyCorrection, actor: Actor, reason: str, now: datetime) -> None:
    """Decide against it; `reason_needed` and what `apply_correction` raises of the person."""
    _may_decide(correction, actor)
    if not reason.strip():
        raise NotAllowed("reason_needed")
    _decide(correction, CorrectionState.REJECTED, actor, now)
    _record(correction, "key.rejected", actor, {"reason": reason.strip()[:500]}, now)


@transaction.atomic
def apply_held(*, change: ScoreChange, actor: Actor, now: datetime) -> SubjectScore:
    """Score a released sitting by the correction after all; `already_amended` when it is not held any more.

    It is scored by every correction up to this moment, since its key has one version.
    """
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")
    row = SubjectScore.objects.select_related("sitting__paper", "sitting__session").get(
        sitting=change.sitting_id
    )
    if not ScoreChange.objects.filter(pk=change.pk, applied_at=None).update(applied_at=now):
        raise NotAllowed("already_amended")
    paper = rules_of(row.sitting.paper)
    found = _change(row, paper)
    if found is not None:
        _write(found, paper.sha256, change.correction, Step("score.corrected", actor, now, {}))
    return SubjectScore.objects.get(pk=row.pk)


def _may_decide(correction: KeyCorrection, actor: Actor) -> None:
    if not actor.has(*DECIDERS):
        raise NotAllowed("decider_only")
    if correction.proposed_by_id == actor.id:
        raise NotAllowed("four_eyes")


def _decide(
    correction: KeyCorrection, target: CorrectionState, actor: Actor, now: datetime, **changes: Any
) -> None:
    move(correction, CORRECTION_MOVES, target, decided_by_id=actor.id, decided_at=now, **changes)


def _lock_streams(correction: KeyCorrection, actor: Actor, now: datetime) -> None:
    """Whoever scores a sitting of this paper at this moment ends before, or sees the correction afterwards."""
    sittings = correction.paper.sitting_set.order_by("session_id", "pk")
    for sitting in {one.session_id: one for one in sittings}.values():
        record(sitting, Step("key.correcting", actor, now, {"correction": correction.pk}))


def _keep(correction: KeyCorrection, change: Change, now: datetime) -> None:
    """The earlier item scores stay readable beside the new ones."""
    rows = ItemScore.objects.filter(Q(item__in=change.items), sitting_id=change.sitting.pk).order_by("pk")
    earlier = [
        {"item": row.item, **{name: _plain(getattr(row, name)) for name in ITEM_FIELDS}} for row in rows
    ]
    ScoreChange.objects.create(
        correction=correction,
        sitting_id=change.sitting.pk,
        points_before=change.before,
        points_after=change.after,
        earlier=earlier,
        applied_at=None if change.released else now,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _write(change: Change, sha256: str, correction: KeyCorrection, step: Step) -> None:
    for item, outcome in change.items.items():
        fresh = item_row(change.sitting, item, outcome, sha256)
        values = {name: getattr(fresh, name) for name in ITEM_FIELDS}
        ItemScore.objects.filter(sitting_id=change.sitting.pk, item=item).update(**values)
    SubjectScore.objects.filter(sitting_id=change.sitting.pk).update(
        points=change.after, key_sha256=sha256, scored_at=step.now
    )
    data = {"correction": correction.pk, "before": str(change.before), "after": str(change.after)}
    record(change.sitting, Step(step.action, step.actor, step.now, data))


def _record(
    correction: KeyCorrection, action: str, actor: Actor, more: Mapping[str, Any], now: datetime
) -> None:
    """The correction has a stream of its own; what it says of the key is hashed, never the key itself."""
    data = {"item": correction.item, "treatment": correction.treatment, "correction": correction.pk, **more}
    subject = f"paper:{correction.paper_id}"
    audit.record(audit.Act(f"keys:{correction.paper_id}", action, subject, str(actor), data), now)
