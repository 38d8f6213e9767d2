"""Which clauses of the notice an incident points at, and for how long a confirmed case bars a person. Pure.

The clauses themselves are `registration.notice`; the rows incident -> clauses stand in `incident_clauses.json`, where
a new detector is a new row.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import msgspec

from examserver.invigilation.states import Risk, Severity
from examserver.registration.notice import CLAUSES, TIERS, Clause, Closed, clause, tier_of


class UnknownIncident(KeyError):
    """An incident code without a row in incident_clauses.json."""


class IncidentRule(Closed, frozen=True):
    """What an incident may point at: clauses in the order to think of them, none for a technical one.

    Before it has lasted `after` seconds it is shown and points at nothing.
    """

    code: str
    risk: Risk
    clauses: list[str]
    after: float = 0.0


class _IncidentFile(Closed, frozen=True):
    """The file `incident_clauses.json`."""

    incidents: list[IncidentRule]


@dataclass(frozen=True, slots=True)
class BarDays:
    """The first and the last barred day; the day after `last` is free again."""

    first: date
    last: date


_FILE = msgspec.json.decode(
    (Path(__file__).parent / "incident_clauses.json").read_bytes(), type=_IncidentFile
)

INCIDENTS = MappingProxyType({one.code: one for one in _FILE.incidents})
REMINDER_CLAUSES = tuple(one.code for one in CLAUSES.values() if one.reminder_required)
SEVERITY_CLAUSES = tuple(one.code for one in CLAUSES.values() if one.severity_required)
# How grave a case is that the authorities must hear of, in the tiers that say so.
REFERRED = tuple(
    sorted({severity for tier in TIERS.values() for severity, rule in tier.bar.items() if rule.referral})
)


def incident_rule(code: str) -> IncidentRule:
    """The row of the incident `code`; UnknownIncident."""
    try:
        return INCIDENTS[code]
    except KeyError:
        raise UnknownIncident(code) from None


def clauses_for(code: str) -> tuple[Clause, ...]:
    """The clauses that an incident of `code` may point at, in the order in which to think of them."""
    return tuple(clause(one) for one in incident_rule(code).clauses)


def proposed_clauses(code: str, lasted: float) -> list[str]:
    """The codes of the clauses at which an incident points that has lasted so many seconds by now."""
    rule = incident_rule(code)
    return list(rule.clauses) if lasted >= rule.after else []


def years_later(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def bar_days(code: str, severity: Severity, act_day: date) -> BarDays | None:
    """The days that a confirmed case of clause `code` takes from the person; None in tier 二.

    三: from the act to 31 December. 四: two or five years, of which that day itself is free again.
    KeyError for a severity that the tier does not know.
    """
    bar = tier_of(code).bar
    if not bar:
        return None
    rule = bar[severity]
    if rule.until == "YEAR_END":
        return BarDays(act_day, date(act_day.year, 12, 31))
    return BarDays(act_day, years_later(act_day, rule.years) - timedelta(days=1))
