"""Template processing: random values and right answers for one candidate's copy of an item, from a seed. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from itembank.qti.model import Node
from scoring.processing.codes import State
from scoring.processing.rules import Language, Rule, RuleCompiler, block, fitting, nothing, setting, target
from scoring.processing.scope import Scope, truth_of
from scoring.processing.values import Value

MOST_TRIALS = 100  # what the standard asks for
Prepare: TypeAlias = Callable[[Random], "Prepared"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One candidate's copy: the template variables, and what replaces declared correct responses and defaults."""

    templates: dict[str, Value]
    corrects: dict[str, Value]
    defaults: dict[str, Value]


class _TryAgain(Exception):
    """A constraint that does not hold: other random values are wanted."""


def preparation(node: Node, start: Mapping[str, Value], scope: Scope) -> Prepare:
    """Template processing, compiled; `start` are the template variables' defaults, which stand when no trial fits."""
    rules = block(node.elements, TEMPLATE, scope)

    def prepare(random: Random) -> Prepared:
        for _ in range(MOST_TRIALS):
            state = State(dict(start), random, {}, {})
            try:
                rules(state)
            except _TryAgain:
                continue
            return Prepared({name: state.values[name] for name in start}, state.corrects, state.defaults)
        return Prepared(dict(start), {}, {})

    return prepare


def replaced(node: Node | None) -> frozenset[str]:
    """The variables whose correct response or default value the rules replace."""
    if node is None:
        return frozenset()
    names = ("set-correct-response", "set-default-value")
    return frozenset(one.get("identifier") for one in node.walk() if one.name in names)


def _set_template_value(node: Node, scope: Scope) -> Rule:
    return setting(node, ("template",), scope)


def _set_correct_response(node: Node, scope: Scope) -> Rule:
    return _replacing(node, ("response",), "corrects", scope)


def _set_default_value(node: Node, scope: Scope) -> Rule:
    return _replacing(node, ("response", "outcome"), "defaults", scope)


def _replacing(node: Node, kinds: tuple[str, ...], place: str, scope: Scope) -> Rule:
    (code,) = scope.codes(node, 1, 1)
    variable = target(node, kinds, scope)
    if variable is None:
        return nothing
    name, value = variable.name, fitting(node, variable, code, scope)

    def run(state: State) -> bool:
        replaced = state.corrects if place == "corrects" else state.defaults
        replaced[name] = value(state)
        return False

    return run


def _template_constraint(node: Node, scope: Scope) -> Rule:
    (code,) = scope.codes(node, 1, 1)

    def run(state: State) -> bool:
        if not truth_of(node, code.run(state)):
            raise _TryAgain
        return False

    return run


_RULES: Mapping[str, RuleCompiler] = {
    "set-template-value": _set_template_value,
    "set-correct-response": _set_correct_response,
    "set-default-value": _set_default_value,
    "template-constraint": _template_constraint,
}
TEMPLATE = Language("template-condition", "exit-template", "template-processing-fragment", _RULES)
