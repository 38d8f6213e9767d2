"""Attributes of expressions: flags, choices, and numbers or texts that may stand in a variable. Pure."""

import re
from collections.abc import Collection

from itembank.qti.model import Node
from scoring.processing import values
from scoring.processing.codes import Run
from scoring.processing.scope import Scope, fixed, number_of, text_value, whole_of
from scoring.processing.values import Unreadable

_BRACED = re.compile(r"\{\s*([^{}\s]+)\s*\}")


def required(node: Node, name: str, scope: Scope) -> str:
    """The attribute's text; a fault when it is missing."""
    text = node.attributes.get(name)
    if text is None:
        scope.refuse(node, f"needs the attribute {name}")
    return text or ""


def flag(node: Node, name: str, default: bool, scope: Scope) -> bool:
    """A boolean attribute."""
    text = node.attributes.get(name)
    if text is None:
        return default
    try:
        return values.read_boolean(text.lower())
    except Unreadable:
        scope.refuse(node, f"has {name}={text!r}, which is neither true nor false")
        return default


def choice(node: Node, name: str, options: Collection[str], default: str, scope: Scope) -> str:
    """An attribute that is one of `options`."""
    text = node.attributes.get(name, default).strip()
    if text not in options:
        scope.refuse(node, f"has {name}={text!r}, which is none of {', '.join(sorted(options))}")
        return default
    return text


def integer(node: Node, name: str, default: int | None, scope: Scope) -> Run:
    """An integer, or the variable that has it; without default it must be there."""
    return _number(node, (name, "integer"), default, scope)


def real(node: Node, name: str, default: float | None, scope: Scope) -> Run:
    """A number, or the variable that has it; without default it must be there."""
    return _number(node, (name, "float"), default, scope)


def reals(node: Node, name: str, scope: Scope) -> list[Run]:
    """Several numbers or variables with space between."""
    return [_either(node, (name, "float"), text, scope) for text in node.attributes.get(name, "").split()]


def text(node: Node, name: str, scope: Scope) -> Run:
    """A text, or the variable in braces that has it."""
    given = required(node, name, scope)
    braced = _BRACED.fullmatch(given.strip())
    if braced is None or braced[1] not in scope.variables:
        return fixed(given)
    variable = braced[1]
    return lambda state: text_value(node, state.values[variable])


def _number(node: Node, what: tuple[str, str], default: float | None, scope: Scope) -> Run:
    given = node.attributes.get(what[0])
    if given is not None:
        return _either(node, what, given, scope)
    if default is None:
        scope.refuse(node, f"needs the attribute {what[0]}")
    return fixed(default)


def _either(node: Node, what: tuple[str, str], given: str, scope: Scope) -> Run:
    name, base_type = what
    try:
        return fixed(values.read(given, base_type))
    except Unreadable:
        variable = scope.variables.get(given.strip().strip("{}").strip())
    if variable is None:
        return scope.refuse(node, f"has {name}={given!r}, which is no {base_type} and no variable").run
    identifier = variable.name
    check = whole_of if base_type == "integer" else number_of
    return lambda state: check(node, state.values[identifier])
