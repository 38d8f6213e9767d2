"""Which candidates' pages still tell what they notice: telemetry about the watch itself, never about a person.

A page at work posts at least every 30 s, an empty array where it noticed nothing. So "no signals" and "signals that do
not work" are two answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.cache import cache

KEEP_SECONDS = 12 * 3600
PAGE_GONE_AFTER = timedelta(seconds=15)  # three missed pings of the exam socket
SILENT_AFTER = timedelta(seconds=90)  # three missed posts; a hidden page's timers run once a minute at least


class Hearing(StrEnum):
    """What is known of the watch in one page: too early to say, no page there, told lately, fell silent, never told."""

    STARTING = ""
    GONE = "gone"
    HEARD = "heard"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Facts:
    """When a page's socket and its watch were last heard, and since when both could be; None for never."""

    page_at: datetime | None
    heard_at: datetime | None
    since: datetime


def hearing(facts: Facts, now: datetime) -> Hearing:
    """What the facts say at `now`."""
    if facts.page_at is None or now - facts.page_at >= PAGE_GONE_AFTER:
        return Hearing.GONE
    if facts.heard_at is not None and now - facts.heard_at < SILENT_AFTER:
        return Hearing.HEARD
    if now - facts.since < SILENT_AFTER:
        return Hearing.STARTING
    return Hearing.NEVER if facts.heard_at is None else Hearing.SILENT


def _key(sitting_id: int) -> str:
    return f"signals-heard:{sitting_id}"


def note_heard(sitting_id: int, now: datetime) -> None:
    """The page of `sitting_id` has told something, or that there is nothing to tell."""
    cache.set(_key(sitting_id), now, KEEP_SECONDS)


def heard_at(sitting_ids: Iterable[int]) -> dict[int, datetime]:
    """When each page last told; pages that never did are left out."""
    ids = list(sitting_ids)
    found = cache.get_many([_key(one) for one in ids])
    return {one: found[_key(one)] for one in ids if _key(one) in found}


class Listener:
    """Since when this server process has known each page to be there without a break, and what its watch does."""

    def __init__(self) -> None:
        self._since: dict[int, datetime] = {}
        self._states: dict[int, Hearing] = {}

    def listen(self, pages: Mapping[int, datetime | None], now: datetime) -> Mapping[int, Hearing]:
        """Judge the pages of the sittings at work; `pages` says when the socket of each was last heard."""
        heard = heard_at(pages)
        here = {pk for pk, at in pages.items() if at is not None and now - at < PAGE_GONE_AFTER}
        self._since = {pk: self._since.get(pk, now) for pk in here}
        self._states = {
            pk: hearing(Facts(at, heard.get(pk), self._since.get(pk, now)), now) for pk, at in pages.items()
        }
        return self._states

    def state(self, sitting_id: int) -> Hearing:
        """What the watch in a page did at the last look; STARTING where nobody listens."""
        return self._states.get(sitting_id, Hearing.STARTING)


LISTENER = Listener()
