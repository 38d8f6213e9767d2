"""Grades a number, with tolerance and unit, as Moodle 4.1 does. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.policies.moodle.numbers import Quantity, Units, read_quantity
from scoring.policies.moodle.responses import BadResponse, text_of
from scoring.policies.moodle.tolerance import ToleranceKind, within

ANY = "*"


class UnitGrading(StrEnum):
    """What a missing or wrong unit costs: nothing, a part of what was earned, a part of the whole."""

    OPTIONAL = "optional"
    OF_GRADE = "penalty out of response grade"
    OF_MAX = "penalty out of max"


@dataclass(frozen=True, slots=True)
class NumericalAnswer:
    """One answer: a number or * for any, what it brings, how far a response may be from it."""

    number: float | None
    fraction: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class NumericalQuestion:
    """Answers in order, the first that fits counts; the units and what goes wrong with them costs."""

    answers: Sequence[NumericalAnswer]
    kind: ToleranceKind
    units: Units
    unit_grading: UnitGrading = UnitGrading.OPTIONAL
    unit_penalty: float = 0.0
    unit_apart: bool = False


def grade(question: NumericalQuestion, response: object) -> float:
    """The fraction that `response`, a text or `{"answer", "unit"}`, brings; 0 for no number."""
    text, chosen = _typed(question, response)
    quantity = read_quantity(text, question.units, chosen) if text and text.strip() else None
    if quantity is None:
        return 0.0
    for answer in question.answers:
        right_unit = _fits(question, answer, quantity)
        if right_unit is not None:
            return answer.fraction if right_unit else _less_unit(question, answer.fraction)
    return 0.0


def _typed(question: NumericalQuestion, response: object) -> tuple[str | None, str | None]:
    if not isinstance(response, Mapping):
        return text_of(response), "" if question.unit_apart else None
    if unknown := set(response) - {"answer", "unit"}:
        raise BadResponse(f"answer and unit are the parts, not {sorted(map(str, unknown))}")
    unit = text_of(response.get("unit"))
    return text_of(response.get("answer")), (unit or "") if question.unit_apart or unit is not None else None


def _fits(question: NumericalQuestion, answer: NumericalAnswer, quantity: Quantity) -> bool | None:
    """Whether the unit is right too; None when the number is not this answer in any reading."""
    scaled = quantity.value * (1.0 if quantity.multiplier is None else quantity.multiplier)
    if _near(answer, scaled, question.kind):
        return quantity.multiplier is not None
    return False if _near(answer, quantity.value, question.kind) else None


def _near(answer: NumericalAnswer, value: float, kind: ToleranceKind) -> bool:
    return answer.number is None or within(value, answer.number, answer.tolerance, kind)


def _less_unit(question: NumericalQuestion, fraction: float) -> float:
    if question.unit_grading is UnitGrading.OF_GRADE:
        fraction -= question.unit_penalty * fraction
    elif question.unit_grading is UnitGrading.OF_MAX:
        fraction -= question.unit_penalty
    return max(fraction, 0.0)
