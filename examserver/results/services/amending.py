"""A released result is amended after its paper's key was corrected: an officer's act, never a silent one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.results.judging import judge
from examserver.results.models import Release, SubjectResult
from examserver.results.services.releasing import FINAL
from scoring.services.rescoring import apply_held

if TYPE_CHECKING:
    from scoring.models import ScoreChange


@transaction.atomic
def amend_result(*, change: "ScoreChange", actor: Actor, reason: str, now: datetime) -> SubjectResult:
    """Let the correction count for a sitting that was released before it; the release stays where it was.

    NotAllowed: `officer_only`, `reason_needed`, `not_released`, `already_amended`.
    """
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")
    if not reason.strip():
        raise NotAllowed("reason_needed")
    released = SubjectResult.objects.select_related("sitting__session__exam_day")
    result = released.filter(sitting_id=change.sitting_id, state__in=FINAL).exclude(release=None).first()
    if result is None:
        raise NotAllowed("not_released")
    score = apply_held(change=change, actor=actor, now=now)
    before, result.points, result.of = result.points, score.points, score.of
    result.state, result.compiled_at = judge(score.points, result.pass_mark), now
    result.save(update_fields=["points", "of", "state", "compiled_at"])
    # It may have completed an offering, or no longer.
    Release.objects.filter(results=result).update(followed_at=None)
    facts = {
        "before": str(before),
        "points": str(score.points),
        "to": result.state,
        "reason": reason.strip()[:500],
    }
    stream = f"results:{result.sitting.session.exam_day.date.isoformat()}"
    audit.record(audit.Act(stream, "result.amended", f"sitting:{change.sitting_id}", str(actor), facts), now)
    return result
