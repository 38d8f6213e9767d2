"""What each value of a response earns: of the standard templates, and of the rules that `items` writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from itembank.formats.numbers import number
from itembank.qti.model import Item, Node, ResponseMapping

_TEMPLATES = ("match_correct", "map_response", "CC2_match", "CC2_match_basic", "CC2_map_response")


@dataclass(frozen=True, slots=True)
class Scores:
    """The right values, and what each listed value earns as a share of the best response."""

    correct: tuple[str, ...]
    mapped: Mapping[str, float] | None
    case_sensitive: bool = True
    default: float = 0.0

    @property
    def listed(self) -> tuple[str, ...]:
        """Every value that the key names."""
        return tuple(self.mapped) if self.mapped is not None else self.correct

    def share(self, value: str, *, many: bool = False) -> float:
        """What `value` earns; with `many` the right values share, where nothing else is said."""
        if self.mapped is not None:
            return self.mapped.get(value, self.default)
        if value not in self.correct:
            return 0.0
        return 1 / len(self.correct) if many else 1.0


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The numbers that are right, and how far from them is right too."""

    values: tuple[str, ...]
    margin: float


def scores_of(item: Item, response: str) -> Scores | None:
    """What the values of a response earn; None where rules say it that are not known here."""
    declaration = item.declaration(response)
    if declaration is None:
        return None
    way = _way(item, response)
    correct = tuple(one.text for one in declaration.correct.values) if declaration.correct else ()
    if way == "match":
        return Scores(correct, None)
    if way == "map" and declaration.mapping:
        return _mapped(correct, declaration.mapping, declaration.cardinality == "single")
    return None


def _mapped(correct: tuple[str, ...], mapping: ResponseMapping, is_single: bool) -> Scores | None:
    """What a mapping gives each value; None where its bounds or worths are none that shares of a choice can say."""
    best = _best(mapping, is_single)
    if not is_single and not _adds_up(mapping):
        return None
    worth = {one.key: _bounded(one.value, mapping) if is_single else one.value for one in mapping.entries}
    default = _bounded(mapping.default, mapping) if is_single else mapping.default
    shares = {key: round(value / best, 12) for key, value in worth.items()}
    if any(abs(share) > 1 for share in (*shares.values(), default / best)):
        return None
    case = any(one.case_sensitive for one in mapping.entries)
    return Scores(correct, shares, case, round(default / best, 12))


def _bounded(value: float, mapping: ResponseMapping) -> float:
    lowered = value if mapping.upper_bound is None else min(value, mapping.upper_bound)
    return lowered if mapping.lower_bound is None else max(lowered, mapping.lower_bound)


def _adds_up(mapping: ResponseMapping) -> bool:
    """Whether bounds only say what holds of shares anyway: not under 0, not over all of them."""
    worth = [one.value for one in mapping.entries]
    total = sum(value for value in worth if value > 0)
    takes_away = mapping.default < 0 or any(value < 0 for value in worth)
    is_low = mapping.lower_bound == 0 or (not takes_away and mapping.lower_bound is None)
    return (
        is_low
        and mapping.default <= 0
        and (mapping.upper_bound is None or mapping.upper_bound >= total - 1e-9)
    )


def _best(mapping: ResponseMapping, is_single: bool) -> float:
    """What the best response earns; 1 where nothing does."""
    worth = [one.value for one in mapping.entries if one.value > 0]
    total = max(worth, default=1.0) if is_single else sum(worth) or 1.0
    return _bounded(total, mapping) or 1.0 if is_single else total


def _way(item: Item, response: str) -> str:
    rules = item.response_processing
    if rules is None:
        return "match"
    template = rules.get("template")
    if template in _TEMPLATES and response == "RESPONSE":
        return "map" if template.endswith("map_response") else "match"
    mapped = [node.get("identifier") for node in rules.walk() if node.name == "map-response"]
    summed = [
        node
        for node in rules.elements
        if node.name == "set-outcome-value" and node.get("identifier") == "SCORE"
    ]
    return (
        "map" if len(rules.elements) == len(summed) == 1 and response in mapped and _is_sum(summed[0]) else ""
    )


def _is_sum(rule: Node) -> bool:
    inside = rule.elements[0] if rule.elements else rule
    return inside.name == "map-response" or (
        inside.name == "sum" and all(one.name == "map-response" for one in inside.elements)
    )


def tolerance_of(item: Item, response: str) -> Tolerance | None:
    """The numbers and margin of one condition `equal` with an absolute tolerance; None for any other rules."""
    rules = item.response_processing
    declaration = item.declaration(response)
    if rules is None or declaration is None or declaration.correct is None or len(rules.elements) != 1:
        return None
    found = [node for node in rules.walk() if node.name == "equal"]
    if len(found) != 1 or found[0].get("tolerance-mode") != "absolute":
        return None
    names = [one.get("identifier") for one in found[0].elements]
    margins = {number(text) for text in found[0].get("tolerance").split()}
    margin = margins.pop() if len(margins) == 1 else None
    if names != [response, response] or margin is None:
        return None
    return Tolerance(tuple(one.text for one in declaration.correct.values), margin)
