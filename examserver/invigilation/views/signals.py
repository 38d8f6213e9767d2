"""What a candidate's page noticed, over plain HTTP and never on the exam socket: answers do not wait behind it."""

from typing import Any

from django.http import HttpRequest

from examserver.delivery import pages
from examserver.delivery.states import OPEN_STATES
from examserver.invigilation.hearing import note_heard
from examserver.invigilation.services.signals import TooManySignals, take_signals
from examserver.invigilation.signals import Told, limits
from examserver.kernel import clock
from examserver.kernel.http import ApiError, actor_of, body, json_view

LARGEST_BODY = 32 * 1024


@json_view("POST")
def tell(request: HttpRequest) -> dict[str, Any]:
    """An array of signals of the own open sitting; each is answered, and none need be told again.

    An empty one says that the page still watches and noticed nothing.

    404 for who has no sitting, 409 `not_open`, 413 `too_large`, `too_many`, 429 `too_many` to try again in a minute.
    """
    sitting = pages.sitting_of(actor_of(request))
    if sitting is None:
        raise ApiError("not_found", 404)
    if sitting.state not in OPEN_STATES:
        raise ApiError("not_open", 409)
    told, now = _told(request), clock.now()
    note_heard(sitting.pk, now)
    try:
        taken = take_signals(sitting=sitting, told=told, now=now) if told else []
    except TooManySignals as pace:
        raise ApiError("too_many", 429) from pace
    return {
        "results": [
            {"n": one.n, "outcome": made.outcome, "incident": made.incident}
            for one, made in zip(told, taken, strict=True)
        ]
    }


def _told(request: HttpRequest) -> list[Told]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise ApiError("too_large", 413)
    told = body(request, list[Told])
    if len(told) > limits().batch:
        raise ApiError("too_many", 413)
    return told
