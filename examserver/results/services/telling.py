"""Tells registration what released subjects came to, so that it knows who may take a resit. Idempotent."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from examserver.registration.resits.values import Outcome
from examserver.registration.services.outcomes import record_outcome
from examserver.results.models import SubjectResult
from examserver.results.services.announcing import announce_amended
from examserver.results.states import ResultState
from itembank.states import Subject

A_ROUND = 200
# Who was absent or void has not failed.
_OUTCOMES: Mapping[str, Outcome] = {
    ResultState.PASSED: Outcome.PASSED,
    ResultState.FAILED: Outcome.FAILED,
}


def tell_outcomes(*, now: datetime) -> int:
    """Tell each released result that is new, amended or void by now; how many there were."""
    rows = SubjectResult.objects.filter(released_at__isnull=False).exclude(told_as=F("state"))
    waiting = list(rows.select_related("sitting__session").order_by("pk")[:A_ROUND])
    for result in waiting:
        _tell(result, now)
    return len(waiting)


@transaction.atomic
def _tell(result: SubjectResult, now: datetime) -> None:
    same = SubjectResult.objects.filter(pk=result.pk, state=result.state)
    if not same.update(told_as=result.state):  # it has just become another, and is told in the next round
        return
    record_outcome(
        ticket_id=result.sitting.ticket_id,
        subject=Subject(result.sitting.session.subject),
        outcome=_OUTCOMES.get(result.state, Outcome.OTHER),
        now=now,
    )
    if result.told_as:
        announce_amended(result, now)
