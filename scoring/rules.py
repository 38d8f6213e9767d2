"""A response and a key make an outcome, under a policy that is data. Pure.

The default for multiple choice is all or nothing: the official rule for partial credit is not public, so the
paper says which policy it was set under, and the outcome keeps it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.points import ZERO, floor_half, parse_points


class ItemType(StrEnum):
    """The three kinds of theory item."""

    TRUE_FALSE = "true_false"
    SINGLE = "single"
    MULTIPLE = "multiple"


class ItemPolicy(StrEnum):
    """How a response that is neither fully right nor empty is judged."""

    EXACT = "exact"
    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"


MULTIPLE_POLICIES = frozenset({ItemPolicy.ALL_OR_NOTHING, ItemPolicy.PARTIAL})


class BadKey(ValueError):
    """A key that nothing can be scored by: unknown type, no correct option, or bad points."""


class BadResponse(ValueError):
    """A response that is not a list of option ids."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is right and what it is worth; `points` in steps of a half."""

    type: ItemType
    correct: frozenset[str]
    points: Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """The paper's scoring policy, as far as theory goes."""

    multiple: ItemPolicy = ItemPolicy.ALL_OR_NOTHING


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an outcome is what it is: a locale key and what its sentence needs. Never an option id."""

    key: str
    params: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one item brought, of how much, under which policy, and why."""

    points: Decimal
    max_points: Decimal
    policy: ItemPolicy
    explanation: Explanation


def read_key(data: Mapping[str, Any]) -> Key:
    """`{"type", "correct", "points"}` of a paper's key; BadKey when nothing can be scored by it."""
    try:
        key = Key(
            ItemType(data["type"]), frozenset(map(str, data["correct"])), parse_points(str(data["points"]))
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadKey(str(error)) from error
    if not key.correct or (key.type is not ItemType.MULTIPLE and len(key.correct) != 1):
        raise BadKey(f"{key.type} with {len(key.correct)} correct options")
    return key


def read_policy(data: Mapping[str, Any]) -> Policy:
    """The paper's policy; ValueError when it names one for multiple choice that nobody knows."""
    multiple = ItemPolicy(data.get("multiple", ItemPolicy.ALL_OR_NOTHING))
    if multiple not in MULTIPLE_POLICIES:
        raise ValueError(f"policy {multiple!r} is not one for multiple choice")
    return Policy(multiple)


def read_response(value: object) -> frozenset[str]:
    """A stored response as a set of option ids; None is no response; BadResponse for any other shape."""
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(option, str) for option in value):
        raise BadResponse(repr(value)[:80])
    return frozenset(value)


def score(response: Collection[str], key: Key, policy: Policy) -> Outcome:
    """What `response`, the chosen option ids, brings: order and repetition do not matter."""
    rule = policy.multiple if key.type is ItemType.MULTIPLE else ItemPolicy.EXACT
    chosen = frozenset(response)
    points, explanation = _judge(chosen, key, rule)
    return Outcome(points, key.points, rule, explanation)


def _judge(chosen: frozenset[str], key: Key, rule: ItemPolicy) -> tuple[Decimal, Explanation]:
    if not chosen:
        return ZERO, Explanation("outcome.unanswered")
    if chosen == key.correct:
        return key.points, Explanation("outcome.right")
    if chosen - key.correct:
        return ZERO, Explanation("outcome.wrong")
    counts: dict[str, int | str] = {"chosen": len(chosen), "of": len(key.correct)}
    if rule is ItemPolicy.PARTIAL:
        return floor_half(key.points * len(chosen) / len(key.correct)), Explanation("outcome.share", counts)
    return ZERO, Explanation("outcome.incomplete", counts)
