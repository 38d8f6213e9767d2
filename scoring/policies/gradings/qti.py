"""An item with QTI response processing: its SCORE as a part of the greatest that it can reach. Pure."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isfinite
from typing import Any

from itembank.faults import Refused
from scoring.outcomes import (
    NOTHING,
    UNANSWERED,
    UNREADABLE,
    WHOLE,
    Answers,
    Grader,
    Judgement,
    by_fraction,
    exact,
)


def read(data: Mapping[str, Any]) -> Grader:
    """A grader that runs the item's processing; ValueError when it cannot be run or `max` is none."""
    from scoring.processing import BadResponse, ScoringFailed, scorer  # heavy, and few papers need it

    highest = _highest(data)
    try:
        score = scorer(data)
    except Refused as error:
        raise ValueError(str(error)) from error

    def grade(answers: Answers) -> Judgement:
        given = {name: list(values) for name, values in answers.items()}
        try:
            reached = score(given).get("SCORE")
        except (BadResponse, ScoringFailed):
            return UNREADABLE
        fraction = _part(reached, highest)
        return UNANSWERED if not fraction and not any(given.values()) else by_fraction(fraction)

    return grade


def _highest(data: Mapping[str, Any]) -> Decimal:
    try:
        highest = Decimal(str(data["max"]))
    except (KeyError, InvalidOperation) as error:
        raise ValueError("max, the greatest SCORE, is needed") from error
    if not highest.is_finite() or highest <= 0:
        raise ValueError("max, the greatest SCORE, is above 0")
    return highest


def _part(reached: object, highest: Decimal) -> Fraction:
    """No SCORE is none reached; what lies outside of 0 and the greatest is cut off."""
    if not isinstance(reached, int | float) or not isfinite(reached):
        return NOTHING
    return exact(min(max(Fraction(str(reached)) / Fraction(highest), NOTHING), WHOLE))
