"""The notice's tiers and clauses, and which of them an incident points at: data, read once. Pure.

The words stand in `clauses.json`, the rows incident -> clauses in `incident_clauses.json`; a new detector is a new row.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import msgspec

from examserver.invigilation.states import Risk, Severity

_HERE = Path(__file__).parent


class UnknownClause(KeyError):
    """No clause of that code is in the notice."""


class UnknownIncident(KeyError):
    """An incident code without a row in incident_clauses.json."""


class _Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data whose misspelt fields are an error and not lost."""


class Clause(_Closed, frozen=True):
    """One sentence of the notice: tier 2 (二) to 4 (四), its number there, its words in both languages."""

    code: str
    tier: int
    item: int
    reminder_required: bool
    note_required: bool
    text_zh: str
    text_en: str

    @property
    def severity_required(self) -> bool:
        """Whether a case must say how grave it is."""
        bar = TIERS[self.tier].bar
        return bool(bar) and Severity.NONE not in bar

    def text(self, language: str) -> str:
        """The words in `language` (zh-hans, en); the Chinese ones are the official ones."""
        return self.text_en if language.startswith("en") else self.text_zh


class BarRule(_Closed, frozen=True):
    """How long a person is kept out: for some years from the act, or until the end of its year."""

    until: str = ""
    years: int = 0
    referral: bool = False


class Tier(_Closed, frozen=True):
    """What follows when a case of this tier is confirmed; `bar` is by severity, empty where nobody is barred."""

    tier: int
    numeral: str
    void: str
    bar: dict[Severity, BarRule]
    text_zh: str
    text_en: str

    @property
    def voids_all(self) -> bool:
        """Whether all subjects of the day fall, or only the one in which it happened."""
        return self.void == "ALL_SUBJECTS_OF_SITTING"


class IncidentRule(_Closed, frozen=True):
    """What an incident may point at: clauses in the order to think of them, none for a technical one."""

    code: str
    risk: Risk
    clauses: list[str]


class _ClauseFile(_Closed, frozen=True):
    """The file `clauses.json`."""

    source: str
    version: str
    tiers: list[Tier]
    clauses: list[Clause]


class _IncidentFile(_Closed, frozen=True):
    """The file `incident_clauses.json`."""

    incidents: list[IncidentRule]


@dataclass(frozen=True, slots=True)
class BarDays:
    """The first and the last barred day; the day after `last` is free again."""

    first: date
    last: date


_CLAUSE_FILE = msgspec.json.decode((_HERE / "clauses.json").read_bytes(), type=_ClauseFile)
_INCIDENT_FILE = msgspec.json.decode((_HERE / "incident_clauses.json").read_bytes(), type=_IncidentFile)

VERSION = _CLAUSE_FILE.version
TIERS = MappingProxyType({tier.tier: tier for tier in _CLAUSE_FILE.tiers})
CLAUSES = MappingProxyType({one.code: one for one in _CLAUSE_FILE.clauses})
INCIDENTS = MappingProxyType({one.code: one for one in _INCIDENT_FILE.incidents})
REMINDER_CLAUSES = tuple(one.code for one in _CLAUSE_FILE.clauses if one.reminder_required)
SEVERITY_CLAUSES = tuple(one.code for one in _CLAUSE_FILE.clauses if one.severity_required)


def clause(code: str) -> Clause:
    """The clause `code`, e.g. 二.1; UnknownClause."""
    try:
        return CLAUSES[code]
    except KeyError:
        raise UnknownClause(code) from None


def tier_of(code: str) -> Tier:
    """The tier of the clause `code`, with its consequences."""
    return TIERS[clause(code).tier]


def incident_rule(code: str) -> IncidentRule:
    """The row of the incident `code`; UnknownIncident."""
    try:
        return INCIDENTS[code]
    except KeyError:
        raise UnknownIncident(code) from None


def clauses_for(code: str) -> tuple[Clause, ...]:
    """The clauses that an incident of `code` may point at, in the order in which to think of them."""
    return tuple(clause(one) for one in incident_rule(code).clauses)


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
