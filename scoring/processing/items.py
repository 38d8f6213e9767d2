"""Items compiled into scorers: once per item version, then as often as there are responses. Pure.

A non-adaptive item is scored anew at every attempt. An adaptive one keeps its outcomes from attempt to attempt and says
itself, in completionStatus, when it is done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from itembank.faults import Fault
from itembank.qti.model import Declaration, Item, Node
from scoring.processing import templates, values
from scoring.processing.codes import State
from scoring.processing.errors import BadItem, BadResponse, ScoringFailed
from scoring.processing.expressions import EXPRESSIONS
from scoring.processing.responses import Read, Unread, reading
from scoring.processing.rules import RESPONSE, Rule, block, nothing
from scoring.processing.scope import Scope
from scoring.processing.template_rules import Prepare, Prepared, preparation, replaced
from scoring.processing.values import Value
from scoring.processing.variables import (
    ATTEMPTS,
    COMPLETION,
    COMPLETION_ONCE,
    DURATION,
    BadDeclaration,
    Variable,
    initial,
    read_variable,
)

COMPLETED, UNKNOWN = "completed", "unknown"
BUILT_IN = (
    Declaration(COMPLETION, "outcome", values.SINGLE, "identifier"),
    Declaration(ATTEMPTS, "response", values.SINGLE, "integer"),
    Declaration(DURATION, "response", values.SINGLE, "duration"),
)
RANDOM = frozenset({"random", "random-integer", "random-float"})
_UNUSED = Random(0)  # never drawn from: what an item gets that draws nothing


@dataclass(frozen=True, slots=True)
class Processing:
    """What of an item scoring needs; `where` names the item in faults."""

    where: str
    declarations: tuple[Declaration, ...]
    response_processing: Node | None = None
    template_processing: Node | None = None
    adaptive: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One candidate's work on one item: what stands after `attempts` attempts; never changed, only followed."""

    seed: int | str
    prepared: Prepared
    outcomes: Mapping[str, Value]
    attempts: int = 0
    responses: Mapping[str, Value] = field(default_factory=dict)
    """The responses to the last attempt, as they were read."""
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorer:
    """A compiled item; it keeps nothing between calls, so that any number of threads may use it."""

    where: str
    adaptive: bool
    outcomes: Mapping[str, Value]
    """Every outcome variable, as it is before the first attempt."""
    readers: Mapping[str, Read]
    """How each response variable is read."""
    constants: Mapping[str, Value]
    """Context variables: what they hold in every attempt."""
    rules: Rule = field(repr=False)
    random: bool
    """Whether the rules draw random numbers."""
    prepare: Prepare | None = field(repr=False)

    def score(self, responses: Mapping[str, Any], *, seed: int | str = 0) -> dict[str, Value]:
        """Every outcome after one attempt, from responses as `responses.reading` takes them.

        Raises BadResponse for a response of the wrong shape, ScoringFailed when a rule cannot be worked out.
        """
        return dict(self.attempt(self.begin(seed=seed), responses).outcomes)

    def begin(self, *, seed: int | str = 0) -> Session:
        """A session before its first attempt; the same seed gives the same template variables."""
        if self.prepare is None:
            return Session(seed, _NOTHING, self.outcomes)
        try:
            prepared = self.prepare(Random(f"template {seed}"))
        except (OverflowError, ValueError) as error:
            raise ScoringFailed(str(error)) from error
        kept = {name: prepared.defaults.get(name, value) for name, value in self.outcomes.items()}
        return Session(seed, prepared, kept)

    def attempt(self, session: Session, responses: Mapping[str, Any]) -> Session:
        """The session after one more attempt; raises what `score` raises."""
        unread: list[Unread] = []
        number = session.attempts + 1
        given = self._given(responses, unread)
        start = session.outcomes if self.adaptive or number == 1 else self.begin(seed=session.seed).outcomes
        state = State(
            {**self.constants, **session.prepared.templates, **start, **given},
            Random(f"response {session.seed} {number}") if self.random else _UNUSED,
            session.prepared.corrects,
            session.prepared.defaults,
        )
        state.values[ATTEMPTS] = number
        self._run(state)
        outcomes = {name: state.values[name] for name in self.outcomes}
        if not self.adaptive:
            outcomes[COMPLETION] = COMPLETED
        return Session(session.seed, session.prepared, outcomes, number, given, tuple(unread))

    def _given(self, responses: Mapping[str, Any], unread: list[Unread]) -> dict[str, Value]:
        readers = self.readers
        if not readers.keys() >= responses.keys():
            unknown = sorted(map(str, set(responses) - set(readers)))
            raise BadResponse(f"{', '.join(unknown)}: no response of this item")
        return {name: read(responses.get(name), unread) for name, read in readers.items()}

    def _run(self, state: State) -> None:
        try:
            self.rules(state)
        except (OverflowError, MemoryError) as error:
            raise ScoringFailed(f"{self.where}: a number grew too large ({error})") from error


_NOTHING = Prepared({}, {}, {})


def compile_item(item: Item) -> Scorer:
    """The scorer of an item; BadItem with every fault when it cannot be compiled."""
    other_bases = [_other_base(item, node) for node in item.body.walk() if node.get("base", "10") != "10"]
    if other_bases:
        raise BadItem(other_bases)
    return compile_processing(
        Processing(
            item.identifier,
            item.declarations,
            item.response_processing,
            item.template_processing,
            item.adaptive,
        )
    )


def _other_base(item: Item, node: Node) -> Fault:
    cause = f"base={node.get('base')!r}: numbers are read to base 10 only"
    return Fault(f"{item.identifier}:{node.line}", node.name, cause)


def compile_processing(processing: Processing) -> Scorer:
    """The same from what scoring needs of an item."""
    faults: list[Fault] = []
    variables = declared_variables(processing.where, (*BUILT_IN, *processing.declarations), faults)
    scope = Scope(processing.where, variables, EXPRESSIONS, replaced(processing.template_processing), faults)
    rules = _response_rules(processing.response_processing, scope)
    prepare = _preparation(processing.template_processing, scope)
    if faults:
        raise BadItem(faults)
    return _scorer(processing, variables, rules, prepare)


def declared_variables(
    where: str, declarations: Iterable[Declaration], faults: list[Fault]
) -> dict[str, Variable]:
    """The variables by name; faults for those that cannot be read and for names given twice."""
    found: dict[str, Variable] = {}
    for declaration in declarations:
        name, place = declaration.identifier, f"{where}:{declaration.line}"
        if name in found and found[name].declaration not in BUILT_IN:
            faults.append(Fault(place, name, "is declared twice"))
        try:
            found[name] = read_variable(declaration)
        except BadDeclaration as error:
            faults.append(Fault(place, name, str(error)))
    if COMPLETION in found:
        found.setdefault(COMPLETION_ONCE, found[COMPLETION])
    return found


def _response_rules(node: Node | None, scope: Scope) -> Rule:
    if node is None:
        return nothing
    return block(node.elements or _template(node, scope), RESPONSE, scope)


def _template(node: Node, scope: Scope) -> Sequence[Node]:
    """The rules of the template that it names, where it has none of its own."""
    address = node.get("template") or node.get("template-location")
    if not address:
        return ()
    found = templates.standard(address)
    if found is None:
        scope.refuse(node, f"names the template {address!r}, which no standard has")
    return found or ()


def _preparation(node: Node | None, scope: Scope) -> Prepare | None:
    start = {
        name: variable.default
        for name, variable in scope.variables.items()
        if variable.declaration.kind == "template"
    }
    if node is None and not start:
        return None
    return preparation(node or Node("template-processing"), start, scope)


def _scorer(
    processing: Processing, variables: Mapping[str, Variable], rules: Rule, prepare: Prepare | None
) -> Scorer:
    kinds = {kind: _of_kind(variables, kind) for kind in ("outcome", "response", "context")}
    outcomes = {name: initial(variable) for name, variable in kinds["outcome"].items()}
    outcomes[COMPLETION] = UNKNOWN
    node = processing.response_processing
    return Scorer(
        processing.where,
        processing.adaptive,
        outcomes,
        {name: reading(variable) for name, variable in kinds["response"].items()},
        {name: variable.default for name, variable in kinds["context"].items()},
        rules,
        node is not None and any(one.name in RANDOM for one in node.walk()),
        prepare,
    )


def _of_kind(variables: Mapping[str, Variable], kind: str) -> dict[str, Variable]:
    """Those of one kind, each by its own name only."""
    return {
        name: variable
        for name, variable in variables.items()
        if variable.declaration.kind == kind and name == variable.name
    }
