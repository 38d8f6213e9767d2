"""What a change of a session or sitting leaves behind: an audit entry, a board event, a ring for the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examserver.delivery import selectors
from examserver.delivery.models import Session, Sitting
from examserver.kernel import audit
from examserver.kernel.access import Actor
from examserver.kernel.publish import publish, ring


@dataclass(frozen=True, slots=True)
class Change:
    """What was done (`sitting.admitted`), by whom, when, and the facts worth keeping."""

    action: str
    actor: Actor
    now: datetime
    data: Mapping[str, Any]


def sitting_changed(sitting: Sitting, change: Change) -> None:
    """Record the change of one sitting and tell the board and the candidate's page."""
    act = audit.Act(
        selectors.stream(sitting.session_id),
        change.action,
        f"sitting:{sitting.pk}",
        str(change.actor),
        change.data,
    )
    # The room's end is the latest of its sittings' ends, so a sitting that changes may move it.
    header = selectors.header(sitting.session)
    publish(audit.record(act, change.now), header, selectors.tile(sitting))
    ring(selectors.audience(sitting.pk), change.action)


def session_changed(session: Session, change: Change, *, sittings: bool = False) -> None:
    """Record the change of a session; with `sittings` every tile and page of the room is brought up to date."""
    stream = selectors.stream(session.pk)
    act = audit.Act(stream, change.action, stream, str(change.actor), change.data)
    found = list(selectors.sittings_of(session)) if sittings else []
    publish(audit.record(act, change.now), selectors.header(session), *map(selectors.tile, found))
    for one in found:
        ring(selectors.audience(one.pk), change.action)
