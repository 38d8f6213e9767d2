"""Expressions of tests: an item's variable, and counts and values over a part of the items. Pure.

Only items that were selected for the candidate count; `section-identifier`, `include-category` and `exclude-category`
narrow them down.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from itembank.qti.model import Node
from scoring.processing import attributes, values
from scoring.processing.codes import Code, State
from scoring.processing.expressions import general
from scoring.processing.results import ItemResult, Reference, TestState
from scoring.processing.scope import Compiler, Scope
from scoring.processing.values import Value

Found: TypeAlias = tuple[Reference, ItemResult]

_CLASSES: Mapping[str, type] = {"boolean": bool, "integer": int, "float": float}


def compilers(references: Sequence[Reference]) -> Mapping[str, Compiler]:
    """The expressions over these items."""
    counts = {name: _count(references, test) for name, test in _COUNTS.items()}
    return {
        **counts,
        "variable": _variable(references),
        "test-variables": _test_variables(references),
        "outcome-maximum": _declared(references, "maxima", needed=True),
        "outcome-minimum": _declared(references, "minima", needed=False),
    }


def _subset(node: Node, references: Sequence[Reference]) -> Callable[[State], list[Found]]:
    """The selected items that the attributes leave."""
    section = node.get("section-identifier")
    included, excluded = (frozenset(node.get(f"{word}-category").split()) for word in ("include", "exclude"))
    chosen = [
        one
        for one in references
        if (not section or section in one.sections)
        and (not included or included & one.categories)
        and not excluded & one.categories
    ]

    def found(state: State) -> list[Found]:
        results = cast(TestState, state).results
        return [(one, results[one.identifier]) for one in chosen if one.identifier in results]

    return found


def _count(references: Sequence[Reference], test: Callable[[ItemResult], bool]) -> Compiler:
    def compiler(node: Node, _scope: Scope) -> Code:
        found = _subset(node, references)
        return Code(lambda state: sum(test(one) for _, one in found(state)), values.SINGLE, "integer")

    return compiler


def _variable(references: Sequence[Reference]) -> Compiler:
    by_name = {one.identifier: one for one in references}

    def compiler(node: Node, scope: Scope) -> Code:
        name = attributes.required(node, "identifier", scope)
        item, _, inside = name.rpartition(".")
        if name in scope.variables or item not in by_name:
            return general.variable(node, scope)
        weighted = _weighted(node, by_name[item])

        def run(state: State) -> Value:
            result = cast(TestState, state).results.get(item)
            return None if result is None else weighted(result.variables.get(inside))

        return Code(run)

    return compiler


def _test_variables(references: Sequence[Reference]) -> Compiler:
    def compiler(node: Node, scope: Scope) -> Code:
        name = attributes.required(node, "variable-identifier", scope)
        base_type = node.get("base-type")
        found, weigh = _subset(node, references), {one.identifier: _weighted(node, one) for one in references}

        def run(state: State) -> Value:
            all_ = ((one, result.variables.get(name)) for one, result in found(state))
            return values.container(
                weigh[one.identifier](value) for one, value in all_ if _single_of(base_type, value)
            )

        return Code(run, values.MULTIPLE, "float" if node.get("weight-identifier") else base_type or None)

    return compiler


def _declared(references: Sequence[Reference], field: str, *, needed: bool) -> Compiler:
    """The declared greatest or least values; where they are needed, NULL as soon as one item has none."""

    def compiler(node: Node, scope: Scope) -> Code:
        name = attributes.required(node, "outcome-identifier", scope)
        found, weigh = _subset(node, references), {one.identifier: _weighted(node, one) for one in references}

        def run(state: State) -> Value:
            all_ = [(one, getattr(result, field).get(name)) for one, result in found(state)]
            if needed and any(value is None for _, value in all_):
                return None
            return values.container(weigh[one.identifier](value) for one, value in all_)

        return Code(run, values.MULTIPLE, "float")

    return compiler


def _weighted(node: Node, reference: Reference) -> Callable[[Value], Value]:
    """Numbers times the item's weight of that name, which is 1 where it has none."""
    wanted = node.get("weight-identifier")
    if not wanted:
        return lambda value: value
    weight = reference.weights.get(wanted, 1.0)
    return lambda value: value * weight if type(value) in (int, float) else value


def _single_of(base_type: str, value: Value) -> bool:
    if value is None or isinstance(value, tuple | dict):
        return False
    return not base_type or type(value) is _CLASSES.get(base_type, str)


_COUNTS: Mapping[str, Callable[[ItemResult], bool]] = {
    "number-selected": lambda one: True,
    "number-presented": lambda one: one.presented,
    "number-responded": lambda one: one.responded,
    "number-correct": lambda one: one.correct is True,
    "number-incorrect": lambda one: one.correct is False and one.presented,
}
