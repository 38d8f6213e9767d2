"""Compiles results from scores and follows what conduct does to them; it may run at any moment."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from examserver.delivery.selectors import closed_sittings
from examserver.delivery.states import SessionState, SittingState
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM
from examserver.kernel.transitions import IllegalMove, move
from examserver.results.judging import judge
from examserver.results.models import Release, SubjectResult
from examserver.results.states import RESULT_MOVES, ResultState
from scoring.selectors.scores import subject_score

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting

log = logging.getLogger(__name__)

VOID = (SittingState.VOID_SUBJECT, SittingState.VOID_ALL)
AWAITED = (SittingState.SUBMITTED, SittingState.TERMINATED, SittingState.SCORED)
AWAY = (SittingState.ABSENT, SittingState.NOT_ADMITTED)
A_ROUND = 100


def compile_results(*, now: datetime) -> int:
    """Bring every result in line with its sitting and score; returns how many were new or have moved."""
    changed = sum(_begin(sitting, state, now) for sitting, state in _without_result())
    scored = SubjectResult.objects.filter(state=ResultState.PENDING, sitting__state=SittingState.SCORED)
    changed += sum(_judge(result, now) for result in _some(scored))
    changed += sum(_judge_again(result, now) for result in _some(_outdated()))
    voided = SubjectResult.objects.filter(sitting__state__in=VOID).exclude(state=ResultState.VOIDED)
    changed += sum(_void(result, now) for result in _some(voided))
    return changed + sum(_give_back(result, now) for result in _some(_restored()))


def _restored() -> QuerySet[SubjectResult]:
    """Void here, and by an appeal no longer void."""
    return SubjectResult.objects.filter(state=ResultState.VOIDED).exclude(sitting__state__in=VOID)


def _outdated() -> QuerySet[SubjectResult]:
    """Compiled, not released, and the key was corrected since."""
    compiled = SubjectResult.objects.filter(
        state__in=(ResultState.PASSED, ResultState.FAILED), release=None, sitting__state=SittingState.SCORED
    )
    return compiled.exclude(sitting__subject_score=None).exclude(points=F("sitting__subject_score__points"))


def _some(results: QuerySet[SubjectResult]) -> list[SubjectResult]:
    return list(results.select_related("sitting__session__exam_day", "sitting__paper")[:A_ROUND])


def _without_result() -> Iterator[tuple["Sitting", ResultState]]:
    for state in (*AWAITED, *VOID):
        for sitting in closed_sittings(state).filter(result=None)[:A_ROUND]:
            yield sitting, ResultState.VOIDED if state in VOID else ResultState.PENDING
    for state in AWAY:
        gone = closed_sittings(state).filter(result=None, session__state=SessionState.CLOSED)
        for sitting in gone[:A_ROUND]:
            yield sitting, ResultState.ABSENT


def _begin(sitting: "Sitting", state: ResultState, now: datetime) -> bool:
    try:
        with transaction.atomic():
            SubjectResult.objects.create(
                sitting=sitting, state=state, pass_mark=sitting.paper.pass_mark, compiled_at=now
            )
            _record(sitting, "result.opened", {"state": state}, now)
    except IntegrityError:
        log.info("the result of sitting %s was opened by somebody else", sitting.pk)
        return False
    return True


def _judge(result: SubjectResult, now: datetime) -> bool:
    score = subject_score(result.sitting)
    if score is None:
        log.error("sitting %s is SCORED but has no score", result.sitting_id)
        return False
    target = judge(score.points, result.pass_mark)
    return _move(result, target, now, points=score.points, of=score.of)


def _judge_again(result: SubjectResult, now: datetime) -> bool:
    """A corrected key may turn a result round as long as nobody was told; a release that came first wins."""
    score = subject_score(result.sitting)
    if score is None:
        return False
    target = judge(score.points, result.pass_mark)
    with transaction.atomic():
        unseen = SubjectResult.objects.filter(pk=result.pk, state=result.state, release=None)
        if not unseen.update(state=target, points=score.points, of=score.of, compiled_at=now):
            return False
        facts = {
            "from": result.state,
            "to": target,
            "points": str(score.points),
            "before": str(result.points),
        }
        _record(result.sitting, "result.compiled", facts, now)
    return True


def _void(result: SubjectResult, now: datetime) -> bool:
    return _move(result, ResultState.VOIDED, now)


def _give_back(result: SubjectResult, now: datetime) -> bool:
    """What was released counts again at once; anything else waits for the next release like every result."""
    released = result.sitting.state == SittingState.RELEASED
    if released and result.release_id is not None:  # certificates look at it again
        Release.objects.filter(pk=result.release_id).update(followed_at=None)
    hidden = {} if released else {"release": None, "released_at": None, "told_as": ""}
    return _move(result, _earned(result), now, **hidden)


def _earned(result: SubjectResult) -> ResultState:
    if result.sitting.state in AWAY:
        return ResultState.ABSENT
    if result.points is None or result.sitting.state in (SittingState.SUBMITTED, SittingState.TERMINATED):
        return ResultState.PENDING
    return judge(result.points, result.pass_mark)


def _move(result: SubjectResult, target: ResultState, now: datetime, **changes: object) -> bool:
    source = result.state
    try:
        with transaction.atomic():
            move(result, RESULT_MOVES, target, compiled_at=now, **changes)
            facts = {"from": source, "to": target, **{name: str(value) for name, value in changes.items()}}
            _record(result.sitting, "result.compiled", facts, now)
    except IllegalMove:
        log.info("the result of sitting %s was moved by somebody else", result.sitting_id)
        return False
    return True


def _record(sitting: "Sitting", action: str, data: Mapping[str, object], now: datetime) -> None:
    stream = f"results:{sitting.session.exam_day.date.isoformat()}"
    audit.record(audit.Act(stream, action, f"sitting:{sitting.pk}", str(SYSTEM), data), now)
