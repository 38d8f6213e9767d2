"""What is not there, or not this actor's, is answered in one way: 404 as JSON."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist

from examserver.delivery import selectors as delivery
from examserver.invigilation import permits, selectors
from examserver.kernel.http import ApiError

P = ParamSpec("P")
Row = TypeVar("Row")


def _or_404(read: Callable[P, Row]) -> Callable[P, Row]:
    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> Row:
        try:
            return read(*args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise ApiError("not_found", 404) from missing

    return reading


session_for = _or_404(delivery.session_for)
sitting_for = _or_404(delivery.sitting_for)
incident_for = _or_404(selectors.incident_for)
reminder_for = _or_404(selectors.reminder_for)
case_for = _or_404(selectors.case_for)
evidence_for = _or_404(selectors.evidence_for)
leave_for = _or_404(permits.leave_for)
device_rule_for = _or_404(permits.device_rule_for)
snapshot = _or_404(selectors.snapshot)
