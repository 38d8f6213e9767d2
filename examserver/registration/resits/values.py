"""What the rules of resits are told and what they answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Origin
from examserver.registration.catalogue.content import Catalogue, Scope
from examserver.registration.dates.validity import kept_until
from examserver.registration.money import Fee
from itembank.states import Subject


class Outcome(StrEnum):
    """What a sitting came to, as far as resits ask. Who was absent or void has not failed."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Taken:
    """A released result of one person: `mode` names the examination's mode of that day, `id` the caller's row."""

    id: int
    subject: Subject
    outcome: Outcome
    day: date
    mode: str
    origin: Origin = Origin.FULL
    forfeited: bool = False


@dataclass(frozen=True, slots=True)
class ResitPlan:
    """A published 补考方案: what is taken in `new_mode` by whoever failed a subject in `old_mode` (REQ-72)."""

    code: str
    old_mode: str
    new_mode: str
    published_on: date
    takes: Mapping[Subject, frozenset[Subject]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for an offering now: years of validity, fee, mode, and the plans that were published."""

    offering: str
    level: int
    years: int
    fee: Fee
    mode: str
    plans: tuple[ResitPlan, ...] = ()
    scope: Scope = Scope.OFFERING


@dataclass(frozen=True, slots=True)
class Ask:
    """When a resit is applied for, by when its exam is at the latest, and its day once that is known."""

    applied_on: date
    exam_by: date | None = None
    exam_on: date | None = None

    @property
    def day(self) -> date:
        """The day on which validity is checked: of the exam, as soon as there is one (AMB-13)."""
        return self.exam_on or self.applied_on


@dataclass(frozen=True, slots=True)
class Allowed:
    """The resit may be applied for: what is taken, what is kept until when, the price in yuan, what to beware of."""

    subjects: frozenset[Subject]
    kept: tuple[Taken, ...]
    until: date
    price: int
    plan: str = ""
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """No resit, and why; `all_subjects` is what the new application in full costs, in yuan."""

    fault: Fault
    all_subjects: int


@dataclass(frozen=True, slots=True)
class NewFull:
    """An application for all subjects; `approved_on` is None before its approval."""

    offering: str
    level: int
    origin: Origin
    approved_on: date | None = None
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Forfeiture:
    """Kept passes that a new application in full gives up: they are marked, never deleted (REQ-71)."""

    passes: tuple[Taken, ...]
    fault: Fault = field(default_factory=lambda: Fault("forfeited"))

    @property
    def ids(self) -> tuple[int, ...]:
        """The rows to mark."""
        return tuple(one.id for one in self.passes)


def terms_of(catalogue: Catalogue, code: str, mode: str, plans: tuple[ResitPlan, ...] = ()) -> Terms | None:
    """The terms of offering `code` by a catalogue; None where it does not offer it or does not know its level."""
    offered = catalogue.offered(code)
    level = catalogue.level(offered.level) if offered else None
    if offered is None or level is None:
        return None
    scope = catalogue.rules.forfeit_scope
    return Terms(code, offered.level, level.validity_years, offered.fee, mode, plans, scope)


def until(one: Taken, terms: Terms) -> date:
    """The last day on which a pass serves a resit."""
    return kept_until(one.day, terms.years)
