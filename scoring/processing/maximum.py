"""The highest SCORE of an item: what it declares, else what its best known responses bring. Pure."""

from collections.abc import Iterable, Mapping

from itembank.qti.model import Declaration, Item, Node
from scoring.processing import templates, values
from scoring.processing.errors import BadResponse, ScoringFailed
from scoring.processing.items import Scorer

SCORE, HIGHEST = "SCORE", "MAXSCORE"


def highest_score(item: Item, scorer: Scorer) -> float | None:
    """The declared normal maximum, else MAXSCORE, else the best score tried; None when none is above zero."""
    declared = next((one for one in item.declarations if one.identifier == SCORE), None)
    for number in (declared.normal_maximum if declared else None, scorer.outcomes.get(HIGHEST)):
        if isinstance(number, int | float) and number > 0:
            return number
    return max((score for score in _tried(item, scorer) if score > 0), default=None)


def _tried(item: Item, scorer: Scorer) -> Iterable[float]:
    responses = [one for one in item.declarations if one.kind == "response"]
    for best in (_correct, _mapped):
        given = {one.identifier: found for one in responses if (found := best(one))}
        yield _score(given, scorer)
    yield sum(_most(one) for one in responses)
    yield from _named(item.response_processing)


def _named(processing: Node | None) -> Iterable[float]:
    """The constants that rules set SCORE to."""
    for rule in _rules(processing):
        constants = [one.text for one in rule.elements if one.name == "base-value"]
        if rule.name == "set-outcome-value" and rule.get("identifier") == SCORE and constants:
            try:
                yield values.read_float(constants[0])
            except values.Unreadable:
                continue


def _rules(processing: Node | None) -> Iterable[Node]:
    if processing is None:
        return
    for rule in processing.elements or templates.standard(processing.get("template")) or ():
        yield from rule.walk()


def _score(given: Mapping[str, list[str]], scorer: Scorer) -> float:
    """What the responses bring with the first seed; 0 where they bring none."""
    try:
        score = scorer.score(given).get(SCORE)
    except (BadResponse, ScoringFailed):
        return 0.0
    return float(score) if isinstance(score, int | float) else 0.0


def _correct(declaration: Declaration) -> list[str]:
    if declaration.cardinality == values.RECORD or declaration.correct is None:
        return []
    return [one.text for one in declaration.correct.values]


def _mapped(declaration: Declaration) -> list[str]:
    """The values that are worth something, the dearest first; for one value only, that one."""
    if declaration.mapping is None:
        return _correct(declaration)
    worth = sorted(declaration.mapping.entries, key=lambda entry: -entry.value)
    found = [entry.key for entry in worth if entry.value > 0]
    return found[:1] if declaration.cardinality == values.SINGLE else found


def _most(declaration: Declaration) -> float:
    """The most that the areas of a variable bring: no response is known that hits each of them."""
    areas = declaration.area_mapping
    if areas is None:
        return 0.0
    worth = [entry.value for entry in areas.entries if entry.value > 0]
    total = max(worth, default=0.0) if declaration.cardinality == values.SINGLE else sum(worth)
    return total if areas.upper_bound is None else min(total, areas.upper_bound)
