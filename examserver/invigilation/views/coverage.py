"""The ledger of every second of a session, for its record."""

from typing import Any

from django.http import HttpRequest

from examserver.invigilation.coverage import SeatCoverage, room_coverage
from examserver.invigilation.views.finding import session_for
from examserver.kernel.http import actor_of, json_view
from proctor.coverage import Coverage, Span


@json_view("GET")
def coverage(request: HttpRequest, session: int) -> dict[str, Any]:
    """Sums of the session and of every sitting, and each sitting's spans."""
    found = room_coverage(session_for(actor_of(request), session).pk)
    return {
        "session": session,
        **_sums(found.coverage),
        "seats": {str(pk): _seat(one) for pk, one in found.seats.items()},
    }


def _seat(one: SeatCoverage) -> dict[str, Any]:
    return {**_sums(one.coverage), "spans": [_span(span) for span in one.spans]}


def _sums(sums: Coverage) -> dict[str, Any]:
    by_cause = {cause.value: seconds for cause, seconds in sums.by_cause.items()}
    return {"seconds": sums.seconds, "analysed": sums.analysed, "share": sums.share, "by_cause": by_cause}


def _span(span: Span) -> dict[str, Any]:
    return {"began_at": span.began * 1000, "ended_at": span.ended * 1000, "cause": span.cause.value}
