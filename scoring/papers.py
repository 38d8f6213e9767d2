"""All that a theory paper's sittings are scored by, corrections laid over it, and the subject's total. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring import rules
from scoring.outcomes import Explanation, Outcome
from scoring.points import ZERO, floor_half
from scoring.states import Treatment

TENTH = Decimal("0.1")
BY_CORRECTION = "correction"
# The kinds of key that take one more answer, and the answer's field.
ADDS = {"short": "text", "numeric": "value"}
OPTION_BREAKS, ANSWER_BREAKS = re.compile(r"[\s,，、]+"), re.compile(r"[;；\n]")


@dataclass(frozen=True, slots=True)
class Correction:
    """One item treated otherwise than the frozen key says; `key` only with another key."""

    item: str
    treatment: Treatment
    key: Mapping[str, Any] | None = None

    def as_data(self) -> list[Any]:
        """The correction as it goes into the key's version."""
        return [self.item, self.treatment.value, self.key]


@dataclass(frozen=True, slots=True)
class PaperRules:
    """A paper's keys, policy and voided items; `sha256` is the version of the key with its corrections."""

    keys: Mapping[str, rules.Key]
    policy: rules.Policy
    sha256: str
    voided: Mapping[str, Treatment] = field(default_factory=dict)


def corrected_keys(keys: Mapping[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """The keys' data with the corrections laid over it in their order; KeyError for an item that is not there."""
    found = dict(keys)
    for one in corrections:
        found[one.item] = one.key if one.treatment is Treatment.KEY else found[one.item]
    return found


def voided_items(corrections: Iterable[Correction]) -> dict[str, Treatment]:
    """The items that no key decides any more; the last word counts."""
    last = {one.item: one.treatment for one in corrections}
    return {item: treatment for item, treatment in last.items() if treatment is not Treatment.KEY}


def option_counts(content: Mapping[str, Any]) -> dict[str, int]:
    """How many options each item shows; items without options of their own are left out."""
    items = (item for section in content.get("sections", ()) for item in section["items"])
    return {item["id"]: len(item["options"]) for item in items if "options" in item}


def read_rules(keys: Mapping[str, Any], policy: Mapping[str, Any], options: Mapping[str, int]) -> PaperRules:
    """The rules without corrections or version; rules.BadKey, ValueError for an unknown policy."""
    read = rules.read_policy(policy)
    found = {}
    for item, data in keys.items():
        found[item] = rules.read_key(data, options=options.get(item, 0), step=read.rounding.step)
        rules.check(found[item], read)
    return PaperRules(found, read, "")


def outcomes(paper: PaperRules, responses: Mapping[str, Any]) -> dict[str, Outcome]:
    """What every item of the paper brings; rules.BadResponse."""
    return {item: _outcome(item, key, paper, responses.get(item)) for item, key in paper.keys.items()}


def _outcome(item: str, key: rules.Key, paper: PaperRules, response: object) -> Outcome:
    treatment = paper.voided.get(item)
    trail = {"correction": treatment.value} if treatment else {}
    if treatment is Treatment.CREDIT:
        return Outcome(key.points, key.points, BY_CORRECTION, Explanation("outcome.credited"), trail)
    if treatment is Treatment.REMOVE:
        return Outcome(ZERO, ZERO, BY_CORRECTION, Explanation("outcome.removed"), trail)
    return rules.score(rules.read_response(response), key, paper.policy)


def subject_points(paper: PaperRules, found: Mapping[str, Outcome]) -> Decimal:
    """All items together, not below 0, down to the half; a removed item's points go to the others in proportion."""
    earned = sum((one.points for one in found.values()), ZERO)
    counting = sum((one.max_points for one in found.values()), ZERO)
    if earned <= 0 or not counting:
        return ZERO
    scaled = Fraction(earned) * Fraction(_all_points(paper)) / Fraction(counting)
    return floor_half(Decimal(scaled.numerator) / Decimal(scaled.denominator))


def subject_of(paper: PaperRules) -> Decimal:
    """What the whole paper is worth; a removed item does not change it."""
    return _all_points(paper).quantize(TENTH)


def _all_points(paper: PaperRules) -> Decimal:
    return sum((key.points for key in paper.keys.values()), ZERO)


def key_words(key: Mapping[str, Any]) -> str:
    """What a key accepts, for people who may see keys: option ids, texts, numbers; empty for all other kinds."""
    grading = key.get("grading") or key
    if "correct" in grading:
        return " ".join(grading["correct"])
    answers = grading.get("answers", ()) if grading.get("by") in ADDS else ()
    return " / ".join(str(one.get("text", one.get("value", ""))) for one in answers if one.get("fraction", 1))


def key_accepting(key: Mapping[str, Any], said: str) -> dict[str, Any]:
    """`key` with `said` instead of its options (`A B`), or beside its texts or numbers (`甲；乙`).

    ValueError for a kind of key that people cannot say in words, or when nothing is said.
    """
    grading = key.get("grading")
    if grading is None:
        return {**key, "correct": sorted(set(OPTION_BREAKS.split(said.upper().strip())) - {""})}
    more = [one.strip() for one in ANSWER_BREAKS.split(said) if one.strip()]
    if grading.get("by") not in ADDS or not more:
        raise ValueError("this key cannot be said in words")
    field = ADDS[grading["by"]]
    usual = {name: value for name, value in grading["answers"][0].items() if name not in ("min", "max")}
    answers = [*grading["answers"], *({**usual, field: one, "fraction": "1"} for one in more)]
    return {**key, "grading": {**grading, "answers": answers}}
