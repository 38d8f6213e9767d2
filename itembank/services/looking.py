"""Writes down which member of staff has seen which items, and whether with the key."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor

STREAM = "itembank.access"


@transaction.atomic
def record_look(*, code: str, version: int, what: str, actor: Actor, now: datetime) -> None:
    """`actor` has seen a version of an item; `what` is `item`, `editor`, `review`, `compare` or `preview`."""
    data = {"version": version, "what": what}
    audit.record(audit.Act(STREAM, "item.seen", f"item:{code}", str(actor), data), now)


@transaction.atomic
def record_list(*, codes: Iterable[str], what: str, actor: Actor, now: datetime) -> None:
    """`actor` has seen a list with these items' words, or a paper with them."""
    audit.record(audit.Act(STREAM, "list.seen", what, str(actor), {"items": list(codes)}), now)
