"""Expressions on texts: string-match, substring, pattern-match. Pure."""

from collections.abc import Mapping

from itembank.qti.model import Node
from scoring.processing import attributes, patterns, values
from scoring.processing.codes import Code, State
from scoring.processing.scope import Compiler, Scope, failed, text_value
from scoring.processing.values import Value


def string_match(node: Node, scope: Scope) -> Code:
    """`string-match`: whether both texts are equal, or with `substring` whether the first contains the second."""
    inside = attributes.flag(node, "substring", False, scope)
    return _compare(node, scope, inside=inside, contained_first=False)


def substring(node: Node, scope: Scope) -> Code:
    """`substring`: whether the second text contains the first."""
    return _compare(node, scope, inside=True, contained_first=True)


def pattern_match(node: Node, scope: Scope) -> Code:
    """`pattern-match`: whether the whole text follows a regular expression of XML Schema."""
    (one,) = scope.codes(node, 1, 1)
    pattern = attributes.text(node, "pattern", scope)
    _check(node, scope)

    def run(state: State) -> Value:
        value = one.run(state)
        if value is None:
            return None
        try:
            return patterns.matches(pattern(state), text_value(node, value))
        except patterns.BadPattern as error:
            raise failed(
                node, f"has the pattern {error}, which is no regular expression of XML Schema"
            ) from None

    return Code(run, values.SINGLE, "boolean")


def _check(node: Node, scope: Scope) -> None:
    pattern = node.get("pattern")
    if pattern.startswith("{"):
        return  # a variable has it, which only the run knows
    try:
        patterns.matches(pattern, "")
    except patterns.BadPattern:
        scope.refuse(node, f"has the pattern {pattern!r}, which is no regular expression of XML Schema")


def _compare(node: Node, scope: Scope, *, inside: bool, contained_first: bool) -> Code:
    first, second = scope.codes(node, 2, 2)
    exact = attributes.flag(node, "case-sensitive", True, scope)

    def run(state: State) -> Value:
        left, right = first.run(state), second.run(state)
        if left is None or right is None:
            return None
        left, right = text_value(node, left), text_value(node, right)
        if not exact:
            left, right = left.casefold(), right.casefold()
        if not inside:
            return left == right
        return left in right if contained_first else right in left

    return Code(run, values.SINGLE, "boolean")


COMPILERS: Mapping[str, Compiler] = {
    "string-match": string_match,
    "substring": substring,
    "pattern-match": pattern_match,
}
