"""A typed number with tolerance and unit, in digits or in Chinese; Moodle's rules for what a unit costs. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from scoring.outcomes import (
    UNANSWERED,
    UNREADABLE,
    WRONG,
    Answers,
    Explanation,
    Grader,
    Judgement,
    answered,
    by_fraction,
    exact,
)
from scoring.policies.gradings.reading import shaped
from scoring.policies.moodle.numbers import Quantity, Units, read_quantity
from scoring.policies.moodle.tolerance import ToleranceKind, within
from scoring.policies.words.forms import NONE, form
from scoring.policies.words.quantities import in_digits
from scoring.policies.words.units import common_unit

Finite = Annotated[float, Meta(ge=-1e300, le=1e300)]
KINDS = {"absolute": ToleranceKind.NOMINAL} | {kind.value: kind for kind in ToleranceKind}
FREE, OF_GRADE, OF_MAX, NEEDED = "optional", "penalty_of_grade", "penalty_of_max", "required"
UNIT_RULES = {
    "": FREE,
    "none": FREE,
    FREE: FREE,
    OF_GRADE: OF_GRADE,
    OF_MAX: OF_MAX,
    NEEDED: NEEDED,
    "penalty out of response grade": OF_GRADE,
    "penalty out of max": OF_MAX,
}
WRITING = msgspec.structs.replace(NONE, width=True, punctuation=True)
LONGEST = 200


class NumberAnswer(msgspec.Struct, frozen=True):
    """A value with its tolerance, or a least and a greatest; both ends count. * is any number."""

    value: str | float | None = None
    tolerance: Finite = 0.0
    tolerance_type: str = "nominal"
    min: Finite | None = None
    max: Finite | None = None
    fraction: str | float = "1"


class NumericKey(msgspec.Struct, frozen=True):
    """Answers in order; `units`: how many of each make one of the first; what a wrong unit costs."""

    answers: list[NumberAnswer]
    units: dict[str, Finite] | None = None
    units_before: bool = False
    unit_grading: str | None = None
    unit_penalty: str | float = "0"


@dataclass(frozen=True, slots=True)
class Target:
    """One answer, ready to be compared."""

    answer: NumberAnswer
    number: float | None
    kind: ToleranceKind
    fraction: Fraction

    def hit_by(self, value: float) -> bool:
        """Whether `value` is this answer."""
        if self.answer.min is not None and self.answer.max is not None:
            return self.answer.min <= value <= self.answer.max
        return self.number is None or within(value, self.number, self.answer.tolerance, self.kind)


@dataclass(frozen=True, slots=True)
class UnitRule:
    """The known units under their common names, and what a wrong one costs."""

    units: Units
    rule: str
    penalty: Fraction


def read(data: Mapping[str, Any]) -> Grader:
    """A grader of typed numbers; ValueError for an answer that is none, a unit of 0, an unknown rule."""
    key = shaped(data, NumericKey)
    targets = [_target(one) for one in key.answers]
    rule = _unit_rule(key)
    if not any(target.fraction > 0 for target in targets):
        raise ValueError("no answer brings anything")

    def grade(given: Answers) -> Judgement:
        typed = answered(given)
        if not typed:
            return UNANSWERED
        quantity = _quantity(typed, rule.units)
        return UNREADABLE if quantity is None else _judge(quantity, targets, rule)

    return grade


def _target(answer: NumberAnswer) -> Target:
    kind = KINDS.get(answer.tolerance_type)
    if kind is None:
        raise ValueError(f"unknown tolerance_type {answer.tolerance_type!r}")
    ranged = answer.min is not None and answer.max is not None
    if not ranged and answer.value is None:
        raise ValueError("an answer needs a value, or min and max")
    any_number = ranged or answer.value == "*"
    number = None if any_number else msgspec.convert(answer.value, type=Finite, strict=False)
    return Target(answer, number, kind, exact(answer.fraction))


def _unit_rule(key: NumericKey) -> UnitRule:
    units = {common_unit(name): count for name, count in (key.units or {}).items()}
    rule = UNIT_RULES.get(key.unit_grading or "")
    if rule is None or 0.0 in units.values() or len(units) != len(key.units or {}):
        raise ValueError(f"units {key.units} with {key.unit_grading!r} cannot be graded by")
    return UnitRule(Units(units, key.units_before), rule, exact(key.unit_penalty))


def _quantity(typed: tuple[str, ...], units: Units) -> Quantity | None:
    """`("9.8", "m/s")` where the unit is chosen apart, `("9.8 m/s",)` where it is typed along."""
    text = in_digits(form(unicodedata.normalize("NFKC", typed[0][:LONGEST]), WRITING).replace(" ", ""))
    found = read_quantity(text, units)
    if found is None:
        return None
    unit = common_unit(typed[1] if len(typed) > 1 else found.unit)
    per_one = units.per_one.get(unit)
    return Quantity(found.value, unit, None if per_one is None else 1 / per_one)


def _judge(quantity: Quantity, targets: list[Target], rule: UnitRule) -> Judgement:
    scaled = quantity.value * (1.0 if quantity.multiplier is None else quantity.multiplier)
    for target in targets:
        if target.hit_by(scaled):
            known = quantity.multiplier is not None or not rule.units.per_one
            return by_fraction(target.fraction) if known else _less_unit(target.fraction, rule)
        if target.hit_by(quantity.value):
            return _less_unit(target.fraction, rule)
    return WRONG


def _less_unit(fraction: Fraction, rule: UnitRule) -> Judgement:
    """The number is right and its unit is not, or is missing."""
    if rule.rule == FREE:
        return by_fraction(fraction)
    left = {OF_GRADE: fraction * (1 - rule.penalty), OF_MAX: fraction - rule.penalty}.get(
        rule.rule, Fraction(0)
    )
    left = max(left, Fraction(0))
    return Judgement(left, Explanation("outcome.unit", {"percent": int(left * 100)}))
