"""The officer's acts: release a day's results, and count a sitting that was ended but not voided."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from examserver.delivery.services.sittings import mark_released, mark_scored
from examserver.delivery.states import SittingState
from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.results.models import Release, SubjectResult
from examserver.results.selectors.days import ReleasePlan, open_cases, release_plan
from examserver.results.services.announcing import announce_release
from examserver.results.states import ResultState
from scoring.selectors.scores import subject_score

if TYPE_CHECKING:
    from examserver.delivery.models import ExamDay, Sitting

FINAL = frozenset({ResultState.PASSED, ResultState.FAILED})


def _officer_only(actor: Actor) -> None:
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")


@transaction.atomic
def release_results(*, exam_day: "ExamDay", actor: Actor, seen: str, now: datetime) -> Release:
    """Let candidates see what is final; `seen` is the digest of the plan that the officer confirmed.

    Scored results are released; void and absent ones are told along with them, without points. `plan_changed`
    when the plan is another by now, `nothing_ready` when there is nothing to release.
    """
    _officer_only(actor)
    plan = release_plan(exam_day.date)
    if plan.digest != seen:
        raise NotAllowed("plan_changed")
    if not plan.results:
        raise NotAllowed("nothing_ready")
    release = Release.objects.create(
        exam_day=exam_day, released_at=now, released_by_id=actor.id, counts=plan.counts()
    )
    _release(plan, release, actor)
    _record(exam_day.date, actor, plan, now)
    announce_release(plan.results, now)
    return release


def _release(plan: ReleasePlan, release: Release, actor: Actor) -> None:
    """Each row says that it is still unreleased, in the state that the officer saw, by the key that counts."""
    for result in plan.results:
        same = SubjectResult.objects.filter(pk=result.pk, state=result.state, release=None)
        if result.state in FINAL:  # a key that was corrected a moment ago is compiled first
            same = same.filter(points=F("sitting__subject_score__points"))
        if not same.update(released_at=release.released_at, release=release):
            raise NotAllowed("plan_changed")
        if result.state in FINAL:
            mark_released(sitting=result.sitting, actor=actor, now=release.released_at)


def _record(day: date, actor: Actor, plan: ReleasePlan, now: datetime) -> None:
    data = {**plan.counts(), "results": [[one.sitting_id, one.state] for one in plan.results]}
    act = audit.Act(
        f"results:{day.isoformat()}", "results.released", f"day:{day.isoformat()}", str(actor), data
    )
    audit.record(act, now)


@transaction.atomic
def count_terminated(*, sitting: "Sitting", actor: Actor, reason: str, now: datetime) -> None:
    """The sitting was ended by staff and no case voids it: its score counts after all.

    `officer_only`, `reason_needed`, `case_open` while a case is undecided, `not_scored` without a score.
    """
    _officer_only(actor)
    if not reason.strip():
        raise NotAllowed("reason_needed")
    if sitting.state != SittingState.TERMINATED:
        raise NotAllowed("not_terminated")
    if open_cases([sitting.pk]):
        raise NotAllowed("case_open")
    if subject_score(sitting) is None:
        raise NotAllowed("not_scored")
    mark_scored(sitting=sitting, actor=actor, now=now)
    stream = f"results:{sitting.session.exam_day.date.isoformat()}"
    act = audit.Act(
        stream, "sitting.counted", f"sitting:{sitting.pk}", str(actor), {"reason": reason.strip()[:500]}
    )
    audit.record(act, now)
