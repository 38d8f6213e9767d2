"""Takes away the sittings of whoever turned out not to be qualified; a person has decided that, at whatever time."""

from datetime import datetime

from examserver.delivery import selectors
from examserver.delivery.services.sittings import void_sitting
from examserver.delivery.states import SittingState
from examserver.kernel.access import SYSTEM
from examserver.kernel.transitions import IllegalMove

A_ROUND = 100


def void_cancelled(*, now: datetime) -> int:
    """Void every subject of an application whose qualification was cancelled (REQ-38); returns how many.

    Idempotent. Other applications of the same person keep what was earned in them.
    """
    return sum(_void(pk, now) for pk in selectors.sittings_of_cancelled()[:A_ROUND])


def _void(pk: int, now: datetime) -> bool:
    sitting = selectors.sitting(pk)
    reason = f"application:{sitting.ticket.application_id} cancelled"
    try:
        target = SittingState.VOID_ALL
        void_sitting(sitting=sitting, target=target, actor=SYSTEM, reason=reason, now=now)
    except IllegalMove:  # somebody else's act came first; the next round sees what it left
        return False
    return True
