"""Rules of response and outcome processing: conditions, setting and looking up outcomes, leaving early. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from itembank.qti.model import InterpolationTable, MatchTable, Node
from scoring.processing import attributes, values
from scoring.processing.assigning import assignment
from scoring.processing.codes import Code, Run, State
from scoring.processing.errors import ScoringFailed
from scoring.processing.scope import Scope, number_of, truth_of
from scoring.processing.values import Unreadable, Value
from scoring.processing.variables import Variable

EMPTY = ()
"""What a container variable holds that was given an empty container: NULL like one never set, but [] on the wire."""

Rule: TypeAlias = Callable[[State], bool]
"""Does its work on the state and says whether processing ends here."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one kind of processing and its own rules."""

    condition: str
    leave: str
    fragment: str
    own: "Mapping[str, RuleCompiler]"

    @property
    def branches(self) -> tuple[str, str, str]:
        """The names of if, else-if and else."""
        stem = self.condition.removesuffix("-condition")
        return f"{stem}-if", f"{stem}-else-if", f"{stem}-else"


RuleCompiler: TypeAlias = Callable[[Node, Scope], Rule]


def block(nodes: Sequence[Node], language: Language, scope: Scope) -> Rule:
    """The rules one after the other."""
    rules = [_rule(node, language, scope) for node in nodes]
    if len(rules) == 1:
        return rules[0]

    def run(state: State) -> bool:
        return any(rule(state) for rule in rules)

    return run


def set_outcome_value(node: Node, scope: Scope) -> Rule:
    """`set-outcome-value`: the expression's value becomes the outcome's."""
    return setting(node, ("outcome",), scope)


def setting(node: Node, kinds: Sequence[str], scope: Scope) -> Rule:
    """A rule that puts its expression's value into the variable it names, which must be of one of `kinds`."""
    (code,) = scope.codes(node, 1, 1)
    variable = target(node, kinds, scope)
    if variable is None:
        return nothing
    name, value = variable.name, fitting(node, variable, code, scope)
    if variable.cardinality in values.CONTAINERS and any(_copies(one, scope) for one in node.elements):
        return _set(name, lambda state: value(state) or EMPTY)
    return _set(name, value)


def _copies(expression: Node, scope: Scope) -> bool:
    """Whether it hands a container on: a response without values, or what deleting has left."""
    found = scope.variables.get(expression.get("identifier"))
    given = (
        found is not None and found.declaration.kind == "response" and found.cardinality in values.CONTAINERS
    )
    return expression.name == "delete" or (expression.name == "variable" and given)


def _set(name: str, value: Run) -> Rule:
    def run(state: State) -> bool:
        state.values[name] = value(state)
        return False

    return run


def target(node: Node, kinds: Sequence[str], scope: Scope) -> Variable | None:
    """The variable that the rule names; a fault when there is none or it is of no such kind."""
    variable = scope.variable(node, attributes.required(node, "identifier", scope))
    if variable is not None and variable.declaration.kind not in kinds:
        scope.refuse(node, f"sets {variable.name!r}, which is a {variable.declaration.kind} variable")
        return None
    return variable


def fitting(node: Node, variable: Variable, code: Code, scope: Scope) -> Run:
    """The expression's value as the variable may hold it; what never changes is worked out now."""
    assign, run = assignment(node, variable), code.run
    if not code.constant:
        return lambda state: assign(run(state))
    try:
        value = assign(run(State.still()))
    except ScoringFailed as error:
        return scope.refuse(node, str(error)).run
    return lambda state: value


def lookup_outcome_value(node: Node, scope: Scope) -> Rule:
    """`lookup-outcome-value`: the number of the expression looked up in the outcome's table."""
    (code,) = scope.codes(node, 1, 1)
    variable = target(node, ("outcome",), scope)
    if variable is None:
        return nothing
    try:
        look_up = _table(variable)
    except Unreadable as error:
        scope.refuse(node, f"looks {variable.name!r} up, whose table has {error.args[0]!r}")
        return nothing
    if look_up is None:
        scope.refuse(node, f"looks {variable.name!r} up, which has no table")
        return nothing
    name, assign = variable.name, assignment(node, variable)

    def run(state: State) -> bool:
        value = code.run(state)
        state.values[name] = assign(look_up(None if value is None else number_of(node, value)))
        return False

    return run


def nothing(_state: State) -> bool:
    """No rule: what a refused rule compiles into."""
    return False


def _rule(node: Node, language: Language, scope: Scope) -> Rule:
    if node.name == language.condition:
        return _condition(node, language, scope)
    if node.name == language.leave:
        return lambda state: True
    if node.name == language.fragment:
        return block(node.elements, language, scope)
    compiler = language.own.get(node.name)
    if compiler is None:
        scope.refuse(node, "is no rule that is supported here")
        return nothing
    return compiler(node, scope)


def _condition(node: Node, language: Language, scope: Scope) -> Rule:
    branches = [_branch(child, at, language, scope) for at, child in enumerate(node.elements)]
    if not branches:
        scope.refuse(node, "has no branch")
    if len(branches) != 2:
        return _first_of(branches)
    return _either(branches[0], branches[1])


def _branch(node: Node, at: int, language: Language, scope: Scope) -> tuple[Run, Rule]:
    first, further, last = language.branches
    if node.name not in ((first,) if at == 0 else (further, last)):
        scope.refuse(node, f"is no branch that may stand in place {at + 1} of {language.condition}")
        return _never, nothing
    if node.name == last:
        return _always, block(node.elements, language, scope)
    if not node.elements:
        scope.refuse(node, "has no expression")
        return _never, nothing
    code = scope.code(node.elements[0])
    return _truth(node, code), block(node.elements[1:], language, scope)


def _truth(node: Node, code: Code) -> Run:
    if code.base_type == "boolean" and code.cardinality == values.SINGLE:
        return code.run
    return lambda state: truth_of(node, code.run(state))


def _either(one: tuple[Run, Rule], other: tuple[Run, Rule]) -> Rule:
    test, work = one
    further, else_work = other

    def run(state: State) -> bool:
        if test(state):
            return work(state)
        return else_work(state) if further(state) else False

    return run


def _first_of(branches: Sequence[tuple[Run, Rule]]) -> Rule:
    def run(state: State) -> bool:
        for test, work in branches:
            if test(state):
                return work(state)
        return False

    return run


def _always(_state: State) -> Value:
    return True


def _never(_state: State) -> Value:
    return False


def _table(variable: Variable) -> Callable[[float | None], Value] | None:
    declared, base_type = variable.declaration, variable.base_type or "string"
    if declared.match_table is not None:
        return _match_table(declared.match_table, base_type)
    if declared.interpolation_table is not None:
        return _interpolation_table(declared.interpolation_table, base_type)
    return None


def _match_table(table: MatchTable, base_type: str) -> Callable[[float | None], Value]:
    default = _target(table.default, base_type)
    found: dict[float | None, Value] = {}
    for entry in table.entries:
        found.setdefault(entry.source, _target(entry.target, base_type))
    return lambda number: found.get(number, default)


def _interpolation_table(table: InterpolationTable, base_type: str) -> Callable[[float | None], Value]:
    default = _target(table.default, base_type)
    rows = [(entry, _target(entry.target, base_type)) for entry in table.entries]

    def look_up(number: float | None) -> Value:
        if number is None:
            return default
        for entry, value in rows:
            if number > entry.source or (entry.include_boundary and number == entry.source):
                return value
        return default

    return look_up


def _target(text: str | None, base_type: str) -> Value:
    if text is None:
        return None
    return values.declared(text, base_type)


OUTCOME_RULES: Mapping[str, RuleCompiler] = {
    "set-outcome-value": set_outcome_value,
    "lookup-outcome-value": lookup_outcome_value,
}
RESPONSE = Language("response-condition", "exit-response", "response-processing-fragment", OUTCOME_RULES)
OUTCOME = Language("outcome-condition", "exit-test", "outcome-processing-fragment", OUTCOME_RULES)
