"""Deadlines from the start, the minutes and the ledger of time acts. Pure: the clock is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from examserver.delivery.states import TimeAct


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """One act on a sitting's clock; `seconds` belongs to EXTRA and is 0 otherwise."""

    act: TimeAct
    at: datetime
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Timing:
    """When a sitting began (with its room), how long its paper is, and what staff did to its clock."""

    started_at: datetime
    minutes: int
    ledger: Sequence[TimeEntry] = ()


def _paused(ledger: Sequence[TimeEntry], now: datetime) -> timedelta:
    """The sum of all pauses; one that is still open lasts until `now`."""
    total, since = timedelta(), None
    for entry in sorted(ledger, key=lambda entry: entry.at):
        if entry.act is TimeAct.PAUSE and since is None:
            since = entry.at
        elif entry.act is TimeAct.RESUME and since is not None:
            total, since = total + (entry.at - since), None
    return total if since is None else total + max(now - since, timedelta())


def deadline(timing: Timing, now: datetime) -> datetime:
    """The moment at which the sitting ends, as far as is known at `now`: an open pause moves it on."""
    extra = sum(entry.seconds for entry in timing.ledger if entry.act is TimeAct.EXTRA)
    return timing.started_at + timedelta(minutes=timing.minutes, seconds=extra) + _paused(timing.ledger, now)


def is_paused(ledger: Sequence[TimeEntry]) -> bool:
    """Whether the last pause is still open."""
    acts = [e.act for e in sorted(ledger, key=lambda e: e.at) if e.act is not TimeAct.EXTRA]
    return bool(acts) and acts[-1] is TimeAct.PAUSE


def late_cutoff(started_at: datetime, cutoff_minutes: int) -> datetime:
    """From this moment on nobody is admitted; a second earlier is still in time."""
    return started_at + timedelta(minutes=cutoff_minutes)


def may_enter(started_at: datetime | None, now: datetime, cutoff_minutes: int) -> bool:
    """Whether a candidate may still be admitted; before the start always."""
    return started_at is None or now < late_cutoff(started_at, cutoff_minutes)


def hand_in_opens(started_at: datetime, after_minutes: int) -> datetime:
    """The first moment at which a candidate may hand in."""
    return started_at + timedelta(minutes=after_minutes)
