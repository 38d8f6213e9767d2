"""What judging a response gives: a fraction and its reason, and the outcome that both become. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

NOTHING, WHOLE = Fraction(0), Fraction(1)
CLOSE = Fraction(1, 10**6)
LARGEST_PART = 100


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an outcome is what it is: a locale key, what its sentence needs, the parts. Never an option id."""

    key: str
    params: Mapping[str, int | str] = field(default_factory=dict)
    parts: tuple["Explanation", ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The explanation as it is stored."""
        data: dict[str, Any] = {"key": self.key, "params": dict(self.params)}
        return {**data, "parts": [part.as_data() for part in self.parts]} if self.parts else data


@dataclass(frozen=True, slots=True)
class Judgement:
    """The fraction of its points that a response brings (-1 to 1), and why."""

    fraction: Fraction
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one item brought, of how much, under which policy, and why; `trail` is how it was reckoned."""

    points: Decimal
    max_points: Decimal
    policy: str
    explanation: Explanation
    trail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """Options that were chosen, those that are right, how many there are, and what each one brings."""

    chosen: frozenset[str]
    correct: frozenset[str]
    options: int = 0
    fractions: Mapping[str, Fraction] = field(default_factory=dict)

    def counts(self) -> dict[str, int | str]:
        """How many were chosen and how many are right: all that a candidate is told."""
        return {"chosen": len(self.chosen), "of": len(self.correct)}


Answers = Mapping[str, Sequence[str]]
Grader = Callable[[Answers], Judgement]

UNANSWERED = Judgement(NOTHING, Explanation("outcome.unanswered"))
RIGHT = Judgement(WHOLE, Explanation("outcome.right"))
WRONG = Judgement(NOTHING, Explanation("outcome.wrong"))
UNREADABLE = Judgement(NOTHING, Explanation("outcome.unreadable"))


def exact(number: object) -> Fraction:
    """`number`, text or number, as a fraction; 0.3333333 is a third. ValueError for none or beyond -1 to 1."""
    try:
        value = Fraction(str(number).strip())
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"no fraction: {str(number)[:40]!r}") from error
    near = value.limit_denominator(LARGEST_PART)
    value = near if abs(value - near) < CLOSE else value
    if not -1 <= value <= 1:
        raise ValueError(f"a fraction lies between -1 and 1: {number!r}")
    return value


def answered(answers: Answers) -> tuple[str, ...]:
    """The values of an item with one response, whatever it is called; () when there is none."""
    values = answers.get("RESPONSE")
    if values is None:
        values = next(iter(answers.values()), ())
    return tuple(value for value in values if value.strip())


def by_fraction(fraction: Fraction) -> Judgement:
    """Right, wrong, or the percentage in between."""
    if fraction >= 1:
        return RIGHT
    if fraction == 0:
        return WRONG
    percent: dict[str, int | str] = {"percent": int(abs(fraction) * 100)}
    return Judgement(fraction, Explanation("outcome.percent" if fraction > 0 else "outcome.minus", percent))


def by_share(right: int, of: int) -> Judgement:
    """As many of the parts as are right; all of them are simply right."""
    if right == of:
        return RIGHT
    return Judgement(
        Fraction(right, of),
        Explanation(
            "outcome.parts" if right else "outcome.wrong", {"right": right, "of": of} if right else {}
        ),
    )
