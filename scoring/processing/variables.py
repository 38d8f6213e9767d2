"""Declared variables with their values read: what a response, an outcome or a template variable may be. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from itembank.qti.model import Declaration, Values
from scoring.processing import values
from scoring.processing.values import Unreadable, Value

COMPLETION = "completionStatus"
COMPLETION_ONCE = "completion_status"  # its name in QTI 2.0, which files of 2.1 still use
ATTEMPTS = "numAttempts"
DURATION = "duration"
KINDS = frozenset({"response", "outcome", "template", "context"})


@dataclass(frozen=True, slots=True)
class Variable:
    """A declaration whose default and correct value have become values; NULL where there is none."""

    declaration: Declaration
    default: Value
    correct: Value

    @property
    def name(self) -> str:
        """The identifier."""
        return self.declaration.identifier

    @property
    def cardinality(self) -> str:
        """One of `values.CARDINALITIES`."""
        return self.declaration.cardinality

    @property
    def base_type(self) -> str | None:
        """One of `values.READERS`; None for records, whose fields have one each."""
        return self.declaration.base_type


class BadDeclaration(ValueError):
    """A declaration that no value fits; the message says which part is wrong."""


def read_variable(declaration: Declaration) -> Variable:
    """The declaration with its values; BadDeclaration when one of them cannot be read."""
    if declaration.kind not in KINDS:
        raise BadDeclaration(f"kind {declaration.kind!r}")
    if declaration.cardinality not in values.CARDINALITIES:
        raise BadDeclaration(f"cardinality {declaration.cardinality!r}")
    if declaration.cardinality != values.RECORD and declaration.base_type not in values.READERS:
        raise BadDeclaration(f"base type {declaration.base_type!r}")
    return Variable(
        declaration, _declared(declaration, declaration.default), _declared(declaration, declaration.correct)
    )


def initial(variable: Variable) -> Value:
    """What an outcome is before processing: its default, else 0 for a single number, else NULL."""
    if variable.default is not None:
        return variable.default
    numeric = variable.cardinality == values.SINGLE and variable.base_type in values.NUMERIC
    return (0.0 if variable.base_type == "float" else 0) if numeric else None


def _declared(declaration: Declaration, given: Values | None) -> Value:
    if given is None:
        return None
    try:
        return _assemble(declaration, given)
    except (Unreadable, KeyError) as error:
        raise BadDeclaration(f"value {error.args[0]!r} is no {declaration.base_type}") from None


def _assemble(declaration: Declaration, given: Values) -> Value:
    if declaration.cardinality == values.RECORD:
        return _record(given)
    base_type = declaration.base_type or "string"
    read = [values.declared(one.text, base_type) for one in given.values]
    if declaration.cardinality == values.SINGLE:
        return read[0] if read else None
    return values.container(read)


def _record(given: Values) -> Mapping[str, Value] | None:
    fields = {
        one.field_identifier: values.declared(one.text, one.base_type or "string")
        for one in given.values
        if one.field_identifier
    }
    return fields or None


def by_name(variables: Iterable[Variable]) -> dict[str, Variable]:
    """The variables by identifier."""
    return {variable.name: variable for variable in variables}
