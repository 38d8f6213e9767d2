"""Who is connected and what is still on their machine: telemetry in the cache, never the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

KEEP_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Presence:
    """When a candidate's page was last heard, and how many answers it still holds."""

    seen_at: datetime | None = None
    unsaved: int = 0


ABSENT = Presence()


def _key(sitting_id: int) -> str:
    return f"presence:{sitting_id}"


def note(sitting_id: int, presence: Presence) -> None:
    """Remember what the page of `sitting_id` last said."""
    cache.set(_key(sitting_id), (presence.seen_at, presence.unsaved), KEEP_SECONDS)


def read(sitting_ids: Iterable[int]) -> dict[int, Presence]:
    """What is known of each sitting; ABSENT for a page that never spoke."""
    ids = list(sitting_ids)
    found = cache.get_many([_key(one) for one in ids])
    return {one: Presence(*found[_key(one)]) if _key(one) in found else ABSENT for one in ids}
