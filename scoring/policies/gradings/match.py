"""Pairs: as many as the left sides whose right sides are exactly the key's. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from scoring.outcomes import UNANSWERED, Answers, Grader, Judgement, answered, by_share
from scoring.policies.gradings.reading import shaped


class MatchKey(msgspec.Struct, frozen=True):
    """`pairs` of identifiers, left and right."""

    pairs: list[tuple[str, str]]


def read(data: Mapping[str, Any]) -> Grader:
    """A grader of pairs `"left right"`; ValueError when there is none."""
    right = _sides(shaped(data, MatchKey).pairs)
    if not right:
        raise ValueError("there is no pair")

    def grade(answers: Answers) -> Judgement:
        given = _sides(pair for pair in map(_pair, answered(answers)) if pair)
        if not given:
            return UNANSWERED
        return by_share(sum(given.get(left) == sides for left, sides in right.items()), len(right))

    return grade


def _pair(text: str) -> tuple[str, str] | None:
    parts = text.split()
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _sides(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """A left side with two right ones holds both: to try everything earns nothing."""
    sides = defaultdict(set)
    for left, right in pairs:
        sides[left].add(right)
    return dict(sides)
