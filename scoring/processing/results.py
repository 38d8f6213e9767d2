"""What a test needs to know of its items: where each stands, and what became of those that a candidate got. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from itembank.qti.model import Item, Node, Test
from scoring.processing.codes import State
from scoring.processing.items import Session
from scoring.processing.values import Value
from scoring.processing.variables import Variable, read_variable


@dataclass(frozen=True, slots=True)
class Reference:
    """An item's place in a test: its categories, the sections around it, its weights by their identifiers."""

    identifier: str
    categories: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one selected item; `correct` is None where not every response variable has a correct response."""

    variables: Mapping[str, Value]
    """Outcomes and responses by identifier."""
    presented: bool = False
    responded: bool = False
    correct: bool | None = None
    maxima: Mapping[str, float] = field(default_factory=dict)
    """The declared normal maximum of each outcome that has one."""
    minima: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class TestState(State):
    """A run of outcome processing: besides the test's own variables, the results by item reference."""

    __test__ = False

    results: Mapping[str, ItemResult] = field(default_factory=dict)


def references(test: Test) -> list[Reference]:
    """Every item reference of the test in its order."""
    return [found for part in test.parts for found in _below(part, frozenset())]


def item_result(item: Item, session: Session) -> ItemResult:
    """What became of an item whose work stands at `session`."""
    declared = [read_variable(one) for one in item.declarations if one.kind == "response"]
    outcomes = [one for one in item.declarations if one.kind == "outcome"]
    attempted = session.attempts > 0
    return ItemResult(
        {**session.responses, **session.outcomes},
        presented=attempted,
        responded=attempted
        and any(session.responses.get(one.name) not in (None, one.default) for one in declared),
        correct=_correct(declared, session),
        maxima={one.identifier: one.normal_maximum for one in outcomes if one.normal_maximum is not None},
        minima={one.identifier: one.normal_minimum for one in outcomes if one.normal_minimum is not None},
    )


def _correct(declared: list[Variable], session: Session) -> bool | None:
    right = {one.name: session.prepared.corrects.get(one.name, one.correct) for one in declared}
    if not right or None in right.values():
        return None
    ordered = {one.name for one in declared if one.cardinality == "ordered"}
    return all(
        _same(session.responses.get(name), value, in_order=name in ordered) for name, value in right.items()
    )


def _same(given: Value, right: Value, *, in_order: bool) -> bool:
    if in_order or not (isinstance(given, tuple) and isinstance(right, tuple)):
        return bool(given == right)
    return Counter(given) == Counter(right)


def _below(node: Node, sections: frozenset[str]) -> Iterator[Reference]:
    if node.name == "assessment-item-ref":
        yield Reference(
            node.get("identifier"), frozenset(node.get("category").split()), sections, _weights(node)
        )
        return
    inner = sections | {node.get("identifier")} if node.name == "assessment-section" else sections
    for child in node.elements:
        yield from _below(child, inner)


def _weights(node: Node) -> Mapping[str, float]:
    return {
        one.get("identifier"): float(one.get("value", "1")) for one in node.elements if one.name == "weight"
    }
