"""A Moodle question as data, read and graded: `grade(read_item(data), response)`. Pure.

Types: numerical, shortanswer, match, truefalse, multichoice, gapselect, ddwtos, ddimageortext, cloze.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from scoring.policies.moodle import choices, numerical, places, shortanswer
from scoring.policies.moodle.numbers import Units
from scoring.policies.moodle.responses import BadResponse, parts_of
from scoring.policies.moodle.tolerance import ToleranceKind

Fraction = Annotated[float, Meta(ge=-1, le=1)]
Weight = Annotated[float, Meta(gt=0, le=1e6)]
Finite = Annotated[float, Meta(ge=-1e300, le=1e300)]
RIGHT_FROM = 0.999999  # three thirds of 0.3333333 are the whole: Moodle calls this graded right
KINDS = {
    "absolute": ToleranceKind.NOMINAL,
    "nominal": ToleranceKind.NOMINAL,
    "relative": ToleranceKind.RELATIVE,
    "geometric": ToleranceKind.GEOMETRIC,
    "1": ToleranceKind.RELATIVE,
    "2": ToleranceKind.NOMINAL,
    "3": ToleranceKind.GEOMETRIC,
}
APART = frozenset({"select", "radio"})


class BadItem(ValueError):
    """A question that nothing can be graded by; the message names the field and what was expected."""


class Answer(Struct, array_like=True, frozen=True):
    """`[text or number, fraction, tolerance]`."""

    text: str | float
    fraction: Fraction
    tolerance: Finite = 0.0


class Numerical(Struct, tag="numerical", frozen=True):
    """A number with tolerance and units."""

    answers: list[Answer]
    tolerance_type: str | int = "nominal"
    units: dict[str, Finite] | None = None
    units_before: bool = False
    unit_display: str = "input"
    unit_grading: numerical.UnitGrading | None = None
    unit_penalty: Annotated[float, Meta(ge=0, le=1)] = 0.0
    weight: Weight = 1.0


class ShortAnswer(Struct, tag="shortanswer", frozen=True):
    """A typed text."""

    answers: list[Answer]
    case_sensitive: bool = False
    weight: Weight = 1.0


class Match(Struct, tag="match", frozen=True):
    """Pairs; `extra` are answers that belong to nothing."""

    pairs: dict[str, str]
    extra: list[str] = []
    weight: Weight = 1.0


class TrueFalse(Struct, tag="truefalse", frozen=True):
    """A statement."""

    correct: bool
    weight: Weight = 1.0


class MultiChoice(Struct, tag="multichoice", frozen=True):
    """Choices with their fractions; one or several may be chosen."""

    fractions: dict[str, Fraction]
    single: bool = True
    weight: Weight = 1.0


class GapSelect(Struct, tag="gapselect", frozen=True):
    """Gaps and the choice that is right in each."""

    correct: dict[str, str]
    weight: Weight = 1.0


class DragIntoText(GapSelect, tag="ddwtos", frozen=True):
    """As gap select, dragged."""


class DragOntoImage(GapSelect, tag="ddimageortext", frozen=True):
    """As gap select, dragged onto a picture."""


Part = Numerical | ShortAnswer | Match | TrueFalse | MultiChoice | GapSelect | DragIntoText | DragOntoImage


class Cloze(Struct, tag="cloze", frozen=True):
    """Several questions in one text, each of its `weight`."""

    subs: dict[str, Part]


Item = Part | Cloze


def read_item(data: object) -> Item:
    """The question that `data` describes; BadItem names what is wrong with it."""
    try:
        item: Item = msgspec.convert(data, type=Item, strict=False)
    except msgspec.ValidationError as error:
        raise BadItem(str(error)) from error
    _check(item)
    return item


def _check(item: Item) -> None:
    if isinstance(item, Cloze):
        for part in item.subs.values():
            _check(part)
    if isinstance(item, Numerical):
        _numerical(item)
    empty = {"answers", "pairs", "fractions", "correct", "subs"} & {
        name for name in item.__struct_fields__ if getattr(item, name) in ({}, [])
    }
    if empty:
        raise BadItem(f"{', '.join(sorted(empty))} of the {item.__struct_config__.tag} is empty")


def grade(item: Item, response: object) -> float:
    """The fraction, -1 to 1, that `response` brings; responses.BadResponse for one of another shape."""
    if isinstance(item, Cloze):
        return _settled(_cloze(item, response))
    return _settled(_GRADERS[type(item)](item, response))


def _settled(fraction: float) -> float:
    return 1.0 if fraction > RIGHT_FROM else fraction


def _cloze(item: Cloze, response: object) -> float:
    given = parts_of(response)
    if unknown := set(given) - set(item.subs):
        raise BadResponse(f"the text has no {sorted(map(str, unknown))}")
    whole = sum(part.weight for part in item.subs.values())
    earned = (_GRADERS[type(part)](part, given.get(name)) * part.weight for name, part in item.subs.items())
    return sum(earned) / whole


def _numerical(item: Numerical) -> numerical.NumericalQuestion:
    units = item.units or {}
    kind = KINDS.get(str(item.tolerance_type))
    if kind is None or 0.0 in units.values():
        raise BadItem(f"tolerance_type {item.tolerance_type!r} or a unit of 0 cannot be graded by")
    return numerical.NumericalQuestion(
        answers=[_number(one) for one in item.answers],
        kind=kind,
        units=Units(units, item.units_before),
        unit_grading=item.unit_grading or numerical.UnitGrading.OPTIONAL,
        unit_penalty=item.unit_penalty,
        unit_apart=item.unit_display in APART,
    )


def _number(answer: Answer) -> numerical.NumericalAnswer:
    if answer.text == numerical.ANY:
        return numerical.NumericalAnswer(None, answer.fraction, answer.tolerance)
    try:
        number = msgspec.convert(answer.text, type=Finite, strict=False)
    except msgspec.ValidationError as error:
        raise BadItem(f"answer {answer.text!r} is no number") from error
    return numerical.NumericalAnswer(number, answer.fraction, answer.tolerance)


def _typed(item: ShortAnswer, response: object) -> float:
    answers = [shortanswer.TextAnswer(str(one.text), one.fraction) for one in item.answers]
    return shortanswer.grade(answers, response, case_sensitive=item.case_sensitive)


def _chosen(item: MultiChoice, response: object) -> float:
    judge = choices.grade_single if item.single else choices.grade_multiple
    return judge(item.fractions, response)


_GRADERS: dict[type, Callable[[Any, object], float]] = {
    Numerical: lambda item, response: numerical.grade(_numerical(item), response),
    ShortAnswer: _typed,
    Match: lambda item, response: places.grade_places(item.pairs, response),
    TrueFalse: lambda item, response: choices.grade_true_false(item.correct, response),
    MultiChoice: _chosen,
    GapSelect: lambda item, response: places.grade_places(item.correct, response),
    DragIntoText: lambda item, response: places.grade_places(item.correct, response),
    DragOntoImage: lambda item, response: places.grade_places(item.correct, response),
}
