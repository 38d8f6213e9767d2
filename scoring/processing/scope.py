"""What a compilation knows (the variables, where it is) and what it collects (every fault of the item). Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from itembank.faults import Fault
from itembank.qti.model import Node
from scoring.processing.codes import Code, Run
from scoring.processing.errors import ScoringFailed
from scoring.processing.values import Value
from scoring.processing.variables import Variable

DEEPEST = 64
NULL = Code(lambda state: None, constant=True)


@dataclass(slots=True)
class Scope:
    """One compilation; `settable` names the responses whose correct value or default a template rule may replace."""

    where: str
    variables: Mapping[str, Variable]
    expressions: "Mapping[str, Compiler]"
    settable: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    depth: int = 0

    def code(self, node: Node) -> Code:
        """The expression, compiled; one that nobody knows is a fault."""
        compiler = self.expressions.get(node.name)
        if compiler is None:
            return self.refuse(node, "is no expression that is supported here")
        if self.depth >= DEEPEST:
            return self.refuse(node, f"is nested more than {DEEPEST} deep")
        self.depth += 1
        try:
            return compiler(node, self)
        finally:
            self.depth -= 1

    def codes(self, node: Node, least: int, most: int | None = None) -> list[Code]:
        """Its sub-expressions; a fault when there are not from `least` to `most` (None: any number)."""
        children = node.elements
        if len(children) < least or (most is not None and len(children) > most):
            self.refuse(node, f"has {len(children)} sub-expressions where {_span(least, most)} belong")
            return [NULL] * max(least, 1)
        return [self.code(child) for child in children]

    def refuse(self, node: Node, cause: str) -> Code:
        """Note the fault, and go on with NULL to find the others."""
        self.faults.append(Fault(f"{self.where}:{node.line}", node.name, cause))
        return NULL

    def variable(self, node: Node, name: str) -> Variable | None:
        """The declared variable; a fault when there is none."""
        found = self.variables.get(name)
        if found is None:
            self.refuse(node, f"names {name!r}, which is not declared")
        return found


Compiler: TypeAlias = Callable[[Node, Scope], Code]


def failed(node: Node, cause: str) -> ScoringFailed:
    """The error for a rule that cannot be worked out."""
    place = f"line {node.line}: " if node.line else ""
    return ScoringFailed(f"{place}{node.name} {cause}")


def number_of(node: Node, value: Value) -> int | float:
    """The value when it is a number; ScoringFailed otherwise."""
    if type(value) is int or type(value) is float:
        return value
    raise failed(node, f"needs a number and was given {value!r}")


def whole_of(node: Node, value: Value) -> int:
    """The value when it is a whole number; ScoringFailed otherwise."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise failed(node, f"needs a whole number and was given {value!r}")


def truth_of(node: Node, value: Value) -> bool | None:
    """The value when it is true, false or NULL; ScoringFailed otherwise."""
    if value is None or value is True or value is False:
        return value
    raise failed(node, f"needs true or false and was given {value!r}")


def text_value(node: Node, value: Value) -> str:
    """The value when it is text; ScoringFailed otherwise."""
    if isinstance(value, str):
        return value
    raise failed(node, f"needs text and was given {value!r}")


def fixed(value: Value) -> Run:
    """A run that always gives this value."""
    return lambda state: value


def all_constant(codes: Iterable[Code]) -> bool:
    """Whether no state changes any of them."""
    return all(code.constant for code in codes)


def _span(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"
