"""Which two passes make a certificate: of one ticket, or a kept one and that of its resit. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from examserver.registration.dates.validity import is_kept
from itembank.states import Subject


@dataclass(frozen=True, slots=True)
class Pass:
    """A released pass; `full` says that its ticket was for all subjects."""

    result: int
    subject: Subject
    day: date
    ticket: int
    full: bool


@dataclass(frozen=True, slots=True)
class Complete:
    """The two results that a certificate stands on."""

    theory: Pass
    practical: Pass

    @property
    def last_day(self) -> date:
        """The day on which the offering was passed."""
        return max(self.theory.day, self.practical.day)


def completed(passes: Iterable[Pass], full_days: Iterable[date], years: int) -> Complete | None:
    """The passes of one person in one offering that complete it; None while a subject is missing.

    `full_days` are the days of tickets for all subjects: what was kept before one of them was given up with it
    (REQ-71), whatever that day came to. Of several pairs the one that was complete first counts.
    """
    every, given_up = list(passes), tuple(full_days)
    pairs = [
        Complete(theory, practical)
        for theory, practical in product(every, every)
        if (theory.subject, practical.subject) == (Subject.THEORY, Subject.PRACTICAL)
        and _belong(theory, practical, given_up, years)
    ]
    return min(pairs, key=lambda one: (one.last_day, one.theory.day), default=None)


def _belong(one: Pass, other: Pass, full_days: tuple[date, ...], years: int) -> bool:
    if one.ticket == other.ticket:
        return True
    first, second = sorted((one, other), key=lambda each: each.day)
    renewed = any(first.day < day <= second.day for day in full_days)
    return not second.full and not renewed and is_kept(first.day, years, second.day)
