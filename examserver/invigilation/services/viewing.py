"""Notes that a member of staff has opened a seat, so that a seat nobody looks at can be seen on every board."""

from datetime import datetime, timedelta

from django.db import transaction

from examserver.invigilation.models import SeatView
from examserver.invigilation.services.changes import Change, seat_viewed
from examserver.kernel.access import Actor

# Going back and forth between two seats is one look at each.
SAME_LOOK = timedelta(seconds=30)


@transaction.atomic
def view_seat(*, sitting_id: int, actor: Actor, now: datetime) -> None:
    """`actor` has the seat open; within half a minute of the same person's last look it changes nothing."""
    last = SeatView.objects.select_for_update().filter(sitting_id=sitting_id).first()
    if last is not None and _is_same_look(last, actor, now):
        return
    view, _ = SeatView.objects.update_or_create(
        sitting_id=sitting_id, defaults={"viewed_at": now, "viewed_by_id": actor.id}
    )
    seat_viewed(view, Change("seat.viewed", actor, now, {}))


def _is_same_look(last: SeatView, actor: Actor, now: datetime) -> bool:
    return now < last.viewed_at or (last.viewed_by_id == actor.id and now - last.viewed_at < SAME_LOOK)
