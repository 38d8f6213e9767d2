"""How often each kind of incident was right so far, judged by what staff made of it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from examserver.invigilation.clauses import incident_rule
from examserver.invigilation.states import Risk

NINETY_FIVE = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Finding:
    """One incident: whether a reminder or a case followed from it, or why it was dismissed (empty: it was not)."""

    code: str
    acted_on: bool
    dismissed_because: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval, each between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CodePrecision:
    """One code: how many incidents, how many staff decided, how many of those they confirmed, and why not the others.

    `precision` is None until something has been decided.
    """

    code: str
    raised: int
    confirmed: int
    dismissed: Mapping[str, int]
    precision: Interval | None

    @property
    def decided(self) -> int:
        """Confirmed or dismissed."""
        return self.confirmed + sum(self.dismissed.values())


def wilson(hits: int, tries: int, z: float = NINETY_FIVE) -> Interval:
    """The share of `hits` among `tries` (at least one) with Wilson's score interval (E. B. Wilson, JASA 22, 1927)."""
    share, square = hits / tries, z * z
    centre = (share + square / (2 * tries)) / (1 + square / tries)
    spread = z * sqrt(share * (1 - share) / tries + square / (4 * tries * tries)) / (1 + square / tries)
    return Interval(share, max(0.0, centre - spread), min(1.0, centre + spread))


def precision_by_code(findings: Iterable[Finding]) -> list[CodePrecision]:
    """One line for each code that was raised, by code; technical codes accuse nobody and are not judged."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_code[one.code].append(one)
    judged = (code for code in sorted(by_code) if incident_rule(code).risk != Risk.TECHNICAL)
    return [_line(code, by_code[code]) for code in judged]


def _line(code: str, findings: list[Finding]) -> CodePrecision:
    """A reminder outweighs a later dismissal: the machine was right when staff acted on it."""
    confirmed = sum(one.acted_on for one in findings)
    dismissed: dict[str, int] = defaultdict(int)
    for one in findings:
        if one.dismissed_because and not one.acted_on:
            dismissed[one.dismissed_because] += 1
    decided = confirmed + sum(dismissed.values())
    return CodePrecision(
        code=code,
        raised=len(findings),
        confirmed=confirmed,
        dismissed=dict(sorted(dismissed.items())),
        precision=wilson(confirmed, decided) if decided else None,
    )
