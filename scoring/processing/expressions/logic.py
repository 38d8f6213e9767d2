"""Expressions that are true, false or NULL: not, and, or, any-n. Pure."""

from collections.abc import Mapping

from itembank.qti.model import Node
from scoring.processing import attributes, values
from scoring.processing.codes import Code, State
from scoring.processing.scope import Compiler, Scope, truth_of
from scoring.processing.values import Value


def not_(node: Node, scope: Scope) -> Code:
    """`not`: the contrary; NULL for NULL."""
    (one,) = scope.codes(node, 1, 1)

    def run(state: State) -> Value:
        value = truth_of(node, one.run(state))
        return None if value is None else not value

    return Code(run, values.SINGLE, "boolean")


def and_(node: Node, scope: Scope) -> Code:
    """`and`: false as soon as one is false, else NULL if one is NULL, else true."""
    return _all(node, scope, decided=False)


def or_(node: Node, scope: Scope) -> Code:
    """`or`: true as soon as one is true, else NULL if one is NULL, else false."""
    return _all(node, scope, decided=True)


def any_n(node: Node, scope: Scope) -> Code:
    """`any-n`: whether from min to max of them are true; NULL when that hangs on one that is NULL."""
    runs = [code.run for code in scope.codes(node, 1)]
    least = attributes.integer(node, "min", None, scope)
    most = attributes.integer(node, "max", None, scope)

    def run(state: State) -> Value:
        truths = [truth_of(node, one(state)) for one in runs]
        low, high = least(state), most(state)
        sure, possible = truths.count(True), truths.count(True) + truths.count(None)
        if sure > high or possible < low:
            return False
        return True if low <= sure and possible <= high else None

    return Code(run, values.SINGLE, "boolean")


def _all(node: Node, scope: Scope, *, decided: bool) -> Code:
    runs = [code.run for code in scope.codes(node, 1)]

    def run(state: State) -> Value:
        unknown = False
        for one in runs:
            value = truth_of(node, one(state))
            if value is decided:
                return decided
            unknown = unknown or value is None
        return None if unknown else not decided

    return Code(run, values.SINGLE, "boolean")


COMPILERS: Mapping[str, Compiler] = {"not": not_, "and": and_, "or": or_, "any-n": any_n}
