"""Until when evidence is kept, from what became of its incident and of the sitting's cases. Pure but for its file.

Every picture of a sitting is kept as long as any of its cases needs one: what speaks for the candidate is evidence too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

from examserver.invigilation.states import CONFIRMED_CASES, OPEN_CASES, CaseState, IncidentState
from examserver.registration.notice import Closed


class Rule(StrEnum):
    """Why evidence is kept, or no longer: the first that applies, in this order."""

    LEGAL_HOLD = "legal_hold"
    APPEAL_OPEN = "appeal_open"
    CASE_OPEN = "case_open"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    TECHNICAL = "technical"
    UNDECIDED = "undecided"


class Days(Closed, frozen=True):
    """Days for which evidence is kept after what its name says."""

    dismissed: int
    technical: int
    undecided: int
    withdrawn: int
    confirmed: int
    after_bar: int


class Shed(Closed, frozen=True):
    """What a full disk may take."""

    dismissed_minimum: int


class Face(Closed, frozen=True):
    """Days for which the distance of a comparison at the desk is kept after it was taken."""

    days: int


class Rules(Closed, frozen=True):
    """The file of rules; a copy from before the comparison at the desk lacks that part, which then is 30 days."""

    days: Days
    shed: Shed
    face: Face = Face(30)

    @property
    def dismissed_minimum(self) -> timedelta:
        """For how long the clip of a dismissed incident is safe from a full disk."""
        return timedelta(days=self.shed.dismissed_minimum)


class BadRules(ValueError):
    """A file of retention rules that cannot be read."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case of the sitting; `bar_ends` is the end of its bar's last day, None where there is no bar."""

    state: CaseState
    confirmed_at: datetime | None
    withdrawn_at: datetime | None
    bar_ends: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """An incident as the rules judge it; `decided_at` is when it was dismissed."""

    state: IncidentState
    technical: bool
    seen_at: datetime
    decided_at: datetime | None
    on_hold: bool
    cases: tuple[CaseFacts, ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which rule applies and until when; None is until the rule changes."""

    rule: Rule
    until: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Whether the evidence is to be deleted."""
        return self.until is not None and self.until <= now


@lru_cache(maxsize=4)
def read_rules(path: Path) -> Rules:
    """The rules in a file; BadRules names it and what is wrong."""
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Rules)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadRules(f"{path}: {error}") from error
    given = [*msgspec.structs.astuple(found.days), *msgspec.structs.astuple(found.shed), found.face.days]
    if min(given) < 0:
        raise BadRules(f"{path}: a number of days is never below 0")
    return found


def keeping(facts: Facts, days: Days) -> Keeping:
    """Until when the evidence of an incident is kept."""
    states = {case.state for case in facts.cases}
    if facts.on_hold:
        return Keeping(Rule.LEGAL_HOLD, None)
    if CaseState.APPEALED in states:
        return Keeping(Rule.APPEAL_OPEN, None)
    if states & OPEN_CASES:
        return Keeping(Rule.CASE_OPEN, None)
    confirmed = [case for case in facts.cases if case.state in CONFIRMED_CASES or _was_closed(case)]
    if confirmed:
        return Keeping(Rule.CONFIRMED, max(_case_ends(case, facts, days) for case in confirmed))
    if facts.cases:
        ends = [case.withdrawn_at or facts.seen_at for case in facts.cases]
        return Keeping(Rule.WITHDRAWN, max(ends) + timedelta(days=days.withdrawn))
    return _without_case(facts, days)


def _was_closed(case: CaseFacts) -> bool:
    """CLOSED is reached from a confirmed and from a withdrawn case alike; its own facts say from which."""
    return case.state is CaseState.CLOSED and case.withdrawn_at is None


def _case_ends(case: CaseFacts, facts: Facts, days: Days) -> datetime:
    plain = (case.confirmed_at or facts.seen_at) + timedelta(days=days.confirmed)
    return plain if case.bar_ends is None else case.bar_ends + timedelta(days=days.after_bar)


def _without_case(facts: Facts, days: Days) -> Keeping:
    if facts.state is IncidentState.DISMISSED:
        since = facts.decided_at or facts.seen_at
        return Keeping(Rule.DISMISSED, since + timedelta(days=days.dismissed))
    if facts.technical:
        return Keeping(Rule.TECHNICAL, facts.seen_at + timedelta(days=days.technical))
    return Keeping(Rule.UNDECIDED, facts.seen_at + timedelta(days=days.undecided))
