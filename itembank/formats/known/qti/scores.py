"""What each value of a response earns: of the standard templates, and of the rules that `items` writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from itembank.formats.numbers import number
from itembank.qti.model import Declaration, Item, Node

_TEMPLATES = ("match_correct", "map_response", "CC2_match", "CC2_match_basic", "CC2_map_response")


@dataclass(frozen=True, slots=True)
class Scores:
    """The right values, and what each listed value earns as a share of the best response."""

    correct: tuple[str, ...]
    mapped: Mapping[str, float] | None
    case_sensitive: bool = True

    @property
    def listed(self) -> tuple[str, ...]:
        """Every value that the key names."""
        return tuple(self.mapped) if self.mapped is not None else self.correct

    def share(self, value: str, *, many: bool = False) -> float:
        """What `value` earns; with `many` the right values share, where nothing else is said."""
        if self.mapped is not None:
            return self.mapped.get(value, 0.0)
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
        return Scores(
            correct, _shares(declaration), any(one.case_sensitive for one in declaration.mapping.entries)
        )
    return None


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


def _shares(declaration: Declaration) -> dict[str, float]:
    entries = declaration.mapping.entries if declaration.mapping else ()
    best = _best(declaration)
    return {one.key: max(-1.0, min(1.0, round(one.value / best, 12))) for one in entries}


def _best(declaration: Declaration) -> float:
    """What the best response earns: all that is worth something, or the best one value; 1 where that is nothing."""
    if declaration.mapping is None:
        return 1.0
    worth = [one.value for one in declaration.mapping.entries if one.value > 0]
    total = max(worth, default=1.0) if declaration.cardinality == "single" else sum(worth) or 1.0
    bound = declaration.mapping.upper_bound
    return min(total, bound) if bound else total


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
