"""An order: exactly the key's, or a share of it where the key says how a share is counted. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from scoring.outcomes import RIGHT, UNANSWERED, WRONG, Answers, Grader, Judgement, answered, by_share
from scoring.policies.gradings.reading import shaped

POSITION, ADJACENT = "positions", "adjacent"
PARTIAL = {"": "", "none": "", "False": "", "True": POSITION, POSITION: POSITION, ADJACENT: ADJACENT}


class OrderKey(msgspec.Struct, frozen=True):
    """`order`; `partial`: share of right places (`positions`, true) or of right neighbours (`adjacent`)."""

    order: list[str]
    partial: bool | str = False


def read(data: Mapping[str, Any]) -> Grader:
    """A grader of ordered ids; ValueError when there are fewer than two, or one comes twice."""
    key = shaped(data, OrderKey)
    rule = PARTIAL.get(str(key.partial))
    if rule is None or len(key.order) < 2 or len(set(key.order)) != len(key.order):
        raise ValueError("an order needs two or more different ids and a known way to count a part of it")

    def grade(answers: Answers) -> Judgement:
        given = answered(answers)
        if not given:
            return UNANSWERED
        return _judge(given, key.order, rule)

    return grade


def _judge(given: Sequence[str], order: Sequence[str], rule: str) -> Judgement:
    if list(given) == list(order):
        return RIGHT
    if not rule or len(set(given)) != len(given):
        return WRONG
    if rule == POSITION:
        return by_share(sum(one == right for one, right in zip(given, order, strict=False)), len(order))
    return by_share(len(set(pairwise(given)) & set(pairwise(order))), len(order) - 1)
