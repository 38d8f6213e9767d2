"""An inline choice or a choice within a text: right ids, or a fraction for each. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from scoring.outcomes import (
    NOTHING,
    UNANSWERED,
    WHOLE,
    Answers,
    Grader,
    Judgement,
    answered,
    by_fraction,
    exact,
)
from scoring.policies.gradings.reading import shaped


class ChoiceKey(msgspec.Struct, frozen=True):
    """`correct` (one of them, or all if `multiple`), or `fractions`: a negative one counts only of a single one."""

    correct: list[str] = []
    fractions: dict[str, str | float] = {}
    multiple: bool = False


def read(data: Mapping[str, Any]) -> Grader:
    """A grader of chosen ids; ValueError when nothing is right."""
    key = shaped(data, ChoiceKey)
    fractions = {one: exact(value) for one, value in key.fractions.items()}
    correct = frozenset(key.correct)
    if not correct and not any(value > 0 for value in fractions.values()):
        raise ValueError("no choice is right")

    def grade(answers: Answers) -> Judgement:
        chosen = frozenset(answered(answers))
        if not chosen:
            return UNANSWERED
        if not fractions:
            right = chosen == correct if key.multiple else len(chosen) == 1 and chosen <= correct
            return by_fraction(WHOLE if right else NOTHING)
        return by_fraction(_sum(fractions, chosen, single=not key.multiple))

    return grade


def _sum(fractions: Mapping[str, Fraction], chosen: frozenset[str], *, single: bool) -> Fraction:
    if single and len(chosen) > 1:
        return NOTHING
    total = sum((fractions.get(one, NOTHING) for one in chosen), NOTHING)
    return total if single else min(max(total, NOTHING), WHOLE)
