"""How a seat's camera is doing, from when its last frame came and was analysed. Pure."""

from dataclasses import dataclass
from enum import StrEnum

STALE_SECONDS = 3
LOST_SECONDS = 10
NOT_ANALYSED_SECONDS = 4


class CameraState(StrEnum):
    """What a tile says of its camera; `not_analysed` is the server's fault and never the candidate's."""

    LIVE = "live"
    STALE = "stale"
    LOST = "lost"
    NOT_ANALYSED = "not_analysed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """Times in seconds since 1970, 0 where it never happened.

    `watched_since` is 0 for a seat that need not have a camera now: before the start, after the end, paused, waived.
    """

    received_at: float
    analysed_at: float
    watched_since: float


def camera_state(facts: CameraFacts, now: float) -> CameraState:
    """The state at `now`, in seconds since 1970."""
    silent = now - max(facts.received_at, facts.watched_since)
    if not facts.watched_since and (not facts.received_at or silent >= LOST_SECONDS):
        return CameraState.OFF
    if silent >= LOST_SECONDS:
        return CameraState.LOST
    if silent >= STALE_SECONDS:
        return CameraState.STALE
    unseen = now - max(facts.analysed_at, facts.watched_since)
    if facts.watched_since and unseen >= NOT_ANALYSED_SECONDS:
        return CameraState.NOT_ANALYSED
    return CameraState.LIVE
