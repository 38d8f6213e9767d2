"""Puts on record when a page's watch falls silent while the page is there, and when it tells again. Never conduct."""

from datetime import datetime

from examserver.delivery import presence
from examserver.delivery import selectors as delivery
from examserver.delivery.states import SittingState
from examserver.invigilation.hearing import Hearing, Listener, heard_at
from examserver.invigilation.models import Incident
from examserver.invigilation.services.incidents import Noted, note_incident

CODE = "SIGNALS_SILENT"
_GOES_ON = (Hearing.SILENT, Hearing.NEVER, Hearing.STARTING)


def follow_hearing(*, listener: Listener, now: datetime) -> int:
    """Begin and end the technical incidents of silent watches; returns how many changed.

    One begins when the page last told and ends when it tells again, goes away, or the sitting is paused or over. A
    page that never told anything shows on the board alone: there is no moment at which that began.
    """
    at_work = list(
        delivery.open_sittings().filter(state=SittingState.IN_PROGRESS).values_list("pk", flat=True)
    )
    states = listener.listen({pk: page.seen_at for pk, page in presence.read(at_work).items()}, now)
    going = {row.sitting_id: row for row in Incident.objects.filter(code=CODE, ended_at=None)}
    silent = [pk for pk, state in states.items() if state is Hearing.SILENT and pk not in going]
    since = heard_at(silent)
    begun = [_noted(pk, since[pk]) for pk in silent if pk in since]
    over = [row for pk, row in going.items() if states.get(pk) not in _GOES_ON]
    ended = [Noted(row.sitting_id, CODE, row.uid, row.started_at, now, {}) for row in over]
    for noted in (*begun, *ended):
        note_incident(noted=noted, now=now)
    return len(begun) + len(ended)


def _noted(sitting_id: int, last: datetime) -> Noted:
    uid = f"hearing-{sitting_id}-{round(last.timestamp() * 1000)}"
    return Noted(sitting_id, CODE, uid, last, None, {"last_told": last.isoformat()})
