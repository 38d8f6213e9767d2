"""From when to when a sitting's camera is to be looked at: from its start to its end, without its pauses. Pure."""

from collections.abc import Sequence
from datetime import datetime

from examserver.delivery.states import TimeAct
from examserver.delivery.timing import TimeEntry
from proctor.coverage import Stretch


def stretches(began: datetime, ledger: Sequence[TimeEntry], until: datetime, *, over: bool) -> list[Stretch]:
    """The stretches up to `until`, which is the sitting's end where it is `over`, and otherwise as far as is known.

    Taken from the records and not from memory, so that a time in which no server ran belongs to them too.
    """
    found: list[Stretch] = []
    since: datetime | None = began
    for entry in sorted(ledger, key=lambda entry: entry.at):
        if entry.at >= until:
            break
        if entry.act is TimeAct.PAUSE and since is not None:
            found.append(Stretch(since.timestamp(), entry.at.timestamp()))
            since = None
        elif entry.act is TimeAct.RESUME and since is None:
            since = entry.at
    if since is not None:
        found.append(Stretch(since.timestamp(), until.timestamp(), open=not over))
    return [stretch for stretch in found if stretch.ended > stretch.began]
