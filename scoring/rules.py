"""A response and a key make an outcome, under a policy that is data. Pure.

The default for multiple choice is all or nothing: the official rule for partial credit is not public, so the
paper says which policy it was set under, and the outcome keeps it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import msgspec

from itembank.states import CHOICE_TYPES, ItemType
from scoring.grading import NeedsPerson, read_grading
from scoring.outcomes import (
    NOTHING,
    UNANSWERED,
    WHOLE,
    Answers,
    Choice,
    Explanation,
    Grader,
    Judgement,
    Outcome,
    exact,
)
from scoring.points import HALF, STEPS, Rounding, parse_points
from scoring.policies.choice import all_or_nothing, moodle_fractions, penalty, per_option, subset_share

__all__ = [
    "BadKey",
    "BadResponse",
    "Explanation",
    "ItemPolicy",
    "ItemType",
    "Key",
    "NeedsPerson",
    "Outcome",
    "Policy",
    "Rule",
    "check",
    "read_key",
    "read_policy",
    "read_response",
    "score",
]


class ItemPolicy(StrEnum):
    """How a response that is neither fully right nor empty is judged; `partial` is subset_share's older name."""

    EXACT = "exact"
    SHARE = "share"
    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"
    SUBSET_SHARE = "subset_share"
    PER_OPTION = "per_option"
    PENALTY = "penalty"
    MOODLE_FRACTIONS = "moodle_fractions"


_CHOICE: Mapping[ItemPolicy, Any] = {
    ItemPolicy.EXACT: all_or_nothing,
    ItemPolicy.ALL_OR_NOTHING: all_or_nothing,
    ItemPolicy.PARTIAL: subset_share,
    ItemPolicy.SUBSET_SHARE: subset_share,
    ItemPolicy.PER_OPTION: per_option,
    ItemPolicy.PENALTY: penalty,
    ItemPolicy.MOODLE_FRACTIONS: moodle_fractions,
}
_OF_PARTS = (ItemPolicy.SHARE, ItemPolicy.ALL_OR_NOTHING)
PROMISES = frozenset({"outcome.parts", "outcome.percent", "outcome.unit", "outcome.minus"})
_ROUNDING = {"down": False, "half_up": True}


class BadKey(ValueError):
    """A key that nothing can be scored by: unknown type, no correct option, or bad points."""


class BadResponse(ValueError):
    """A response that is neither a list of option ids nor an object of lists of texts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A policy by name with what it is set to."""

    name: ItemPolicy
    params: Any = None

    def judge(self, choice: Choice) -> Judgement:
        """What `choice` brings under it."""
        module = _CHOICE[self.name]
        return module.judge(choice, self.params or module.Params())  # type: ignore[no-any-return]

    def as_data(self) -> dict[str, Any]:
        """The rule as a paper's policy writes it."""
        return {"by": self.name.value, **(msgspec.to_builtins(self.params) if self.params else {})}


EXACT = Rule(ItemPolicy.EXACT)
IN_HALVES = Rounding()


@dataclass(frozen=True, slots=True)
class Key:
    """What is right and what it is worth; `correct` for options, `grader` for everything else."""

    type: ItemType
    correct: frozenset[str]
    points: Decimal
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    options: int = 0
    grader: Grader | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The paper's scoring policy, as far as theory goes."""

    multiple: Rule = Rule(ItemPolicy.ALL_OR_NOTHING)
    single: Rule = EXACT
    true_false: Rule = EXACT
    parts: ItemPolicy = ItemPolicy.SHARE
    rounding: Rounding = IN_HALVES

    def rule_for(self, kind: ItemType) -> Rule:
        """The rule for items that are answered by options."""
        return {ItemType.MULTIPLE: self.multiple, ItemType.SINGLE: self.single}.get(kind, self.true_false)


def read_key(data: Mapping[str, Any], *, options: int = 0, step: Decimal = HALF) -> Key:
    """One item of a paper's key; BadKey when nothing can be scored by it, NeedsPerson when only people can.

    `options` is how many options the item shows, where that is known.
    """
    try:
        kind, points = ItemType(data["type"]), parse_points(str(data["points"]), step)
        grading = data.get("grading")
        if grading is not None and not (kind in CHOICE_TYPES and grading.get("by") == "choice"):
            return Key(kind, frozenset(), points, grader=read_grading(grading))
        # Options with pictures are options all the same, and the paper's policy is theirs too.
        listed = grading or data
        correct = frozenset(map(str, listed["correct"]))
        fractions = {str(one): exact(value) for one, value in dict(listed.get("fractions", {})).items()}
    except NeedsPerson:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise BadKey(str(error)) from error
    # Of a single one several may be right only where a bank gave each its fraction: any of them is.
    several = len(correct) > 1 and kind is not ItemType.MULTIPLE and not fractions
    if kind not in CHOICE_TYPES or not correct or several:
        raise BadKey(f"{kind} with {len(correct)} correct options")
    return Key(kind, correct, points, fractions, options)


def read_policy(data: Mapping[str, Any]) -> Policy:
    """The paper's policy; ValueError when it names something that nobody knows."""
    default = Policy()
    parts = ItemPolicy(data.get("parts", default.parts))
    if parts not in _OF_PARTS:
        raise ValueError(f"policy {parts!r} is not one for parts")
    multiple = _rule(data.get("multiple"), default.multiple)
    if multiple.name is ItemPolicy.EXACT:
        raise ValueError(f"policy {multiple.name!r} is not one for multiple choice")
    return Policy(
        multiple=multiple,
        single=_single(_rule(data.get("single"), default.single)),
        true_false=_single(_rule(data.get("true_false"), default.true_false)),
        parts=parts,
        rounding=_rounding(data, default.rounding),
    )


def _rule(data: object, default: Rule) -> Rule:
    """A name, or `{"by": name, …}` with what it is set to."""
    if data is None:
        return default
    given = dict(data) if isinstance(data, Mapping) else {"by": data}
    name = ItemPolicy(str(given.pop("by", "")))
    if name not in _CHOICE:
        raise ValueError(f"policy {name!r} is not one for options")
    try:
        params = msgspec.convert(given, type=_CHOICE[name].Params, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"policy {name!r}: {error}") from error
    return Rule(name, params)


def _single(rule: Rule) -> Rule:
    """Of a single one the negative fraction counts, as in Moodle."""
    if rule.name is not ItemPolicy.MOODLE_FRACTIONS:
        return rule
    return Rule(rule.name, moodle_fractions.Params(single=True))


def _rounding(data: Mapping[str, Any], default: Rounding) -> Rounding:
    step, up = str(data.get("step", default.step)), _ROUNDING.get(str(data.get("rounding", "down")))
    if up is None or step not in map(str, STEPS):
        raise ValueError(f"points in steps of {step}, rounded {data.get('rounding')!r}, are not known")
    return Rounding(Decimal(step), up)


def check(key: Key, policy: Policy) -> None:
    """BadKey when the key lacks what its policy reckons with: fractions, or how many options there are."""
    if key.grader is not None:
        return
    name = policy.rule_for(key.type).name
    if name is ItemPolicy.MOODLE_FRACTIONS and not any(value > 0 for value in key.fractions.values()):
        raise BadKey("the key has no fractions")
    if name is ItemPolicy.PER_OPTION and key.options < len(key.correct):
        raise BadKey("how many options the item has is not known")


def read_response(value: object) -> frozenset[str] | Answers:
    """A stored response: option ids, or lists of texts by response; None is no response; BadResponse."""
    if value is None:
        return frozenset()
    if isinstance(value, Mapping) and all(map(_texts, value.values())):
        return value
    if not _texts(value):
        raise BadResponse(repr(value)[:80])
    return frozenset(value)  # type: ignore[call-overload, no-any-return]


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def score(response: Collection[str] | Answers, key: Key, policy: Policy) -> Outcome:
    """What `response` brings: option ids, where order and repetition do not matter, or `Answers`."""
    if key.grader is not None:
        judged = key.grader(_answers(response))
        if policy.parts is ItemPolicy.ALL_OR_NOTHING and judged.fraction < WHOLE:
            judged = _not_all(judged.explanation)
        return _outcome(judged, key, Rule(policy.parts), policy.rounding)
    rule = policy.rule_for(key.type)
    return _outcome(_judge(frozenset(_chosen(response)), key, rule), key, rule, policy.rounding)


def _not_all(why: Explanation) -> Judgement:
    """A sentence that promises a share would be wrong here."""
    if why.key not in PROMISES:
        return Judgement(NOTHING, why)
    return Judgement(NOTHING, Explanation("outcome.not_all", {}, why.parts))


def _judge(chosen: frozenset[str], key: Key, rule: Rule) -> Judgement:
    if not chosen:
        return UNANSWERED
    correct = key.correct
    if key.type is not ItemType.MULTIPLE:
        if len(chosen) > 1:
            chosen |= {""}  # two answers to a question that has one: wrong, whatever they are
        correct = chosen if chosen <= correct else correct
    return rule.judge(Choice(chosen, correct, key.options, key.fractions))


def _outcome(judged: Judgement, key: Key, rule: Rule, rounding: Rounding) -> Outcome:
    trail = {"fraction": str(judged.fraction), "rule": rule.as_data(), "step": str(rounding.step)}
    points = rounding.points(judged.fraction, key.points)
    return Outcome(points, key.points, rule.name, judged.explanation, trail)


def _answers(response: Collection[str] | Answers) -> Answers:
    """Options alone are the one response of an item that has one."""
    return response if isinstance(response, Mapping) else {"RESPONSE": sorted(response)}


def _chosen(response: Collection[str] | Answers) -> Sequence[str]:
    if isinstance(response, Mapping):
        return [one for values in response.values() for one in values]
    return list(response)
