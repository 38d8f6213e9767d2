"""Expressions that bring a value in: constants, variables, correct and default values, maps, random numbers. Pure."""

import math
from collections.abc import Mapping

from itembank.qti.model import Node
from scoring.processing import attributes, maps, values
from scoring.processing.codes import Code, Run, State
from scoring.processing.scope import Compiler, Scope, failed, fixed
from scoring.processing.values import Unreadable, Value
from scoring.processing.variables import Variable

CONSTANTS = {"pi": math.pi, "e": math.e}
MOST_STEPS = 2**53


def base_value(node: Node, scope: Scope) -> Code:
    """`base-value`: a constant of any base type."""
    base_type = attributes.choice(node, "base-type", values.READERS.keys(), "string", scope)
    try:
        value = values.declared(node.text, base_type)
    except Unreadable:
        return scope.refuse(node, f"{node.text!r} is no {base_type}")
    return Code(fixed(value), values.SINGLE, base_type, constant=True)


def variable(node: Node, scope: Scope) -> Code:
    """`variable`: what a response, an outcome or a template variable holds now."""
    found = _named(node, scope)
    if found is None:
        return scope.refuse(node, "stands for no variable")
    name = found.name
    if found.cardinality in values.CONTAINERS:  # one that was set to nothing is NULL
        return Code(lambda state: state.values[name] or None, found.cardinality, found.base_type)
    return Code(lambda state: state.values[name], found.cardinality, found.base_type)


def correct(node: Node, scope: Scope) -> Code:
    """`correct`: the declared correct response, or the one that template processing put in its place."""
    found = _named(node, scope)
    if found is None:
        return scope.refuse(node, "stands for no variable")
    return _replaceable(found, found.correct, "corrects", scope)


def default(node: Node, scope: Scope) -> Code:
    """`default`: the declared default value, or the one that template processing put in its place."""
    found = _named(node, scope)
    if found is None:
        return scope.refuse(node, "stands for no variable")
    return _replaceable(found, found.default, "defaults", scope)


def null(_node: Node, _scope: Scope) -> Code:
    """`null`: no value."""
    return Code(fixed(None), constant=True)


def map_response(node: Node, scope: Scope) -> Code:
    """`map-response`: the sum of what the mapping gives for each distinct value."""
    found = _named(node, scope)
    if found is None:
        return scope.refuse(node, "stands for no variable")
    try:
        mapped = maps.mapping(found)
    except maps.BadMap as error:
        return scope.refuse(node, str(error))
    name = found.name
    return Code(lambda state: mapped(state.values[name]), values.SINGLE, "float")


def map_response_point(node: Node, scope: Scope) -> Code:
    """`map-response-point`: the sum of what the areas give that were hit, each once."""
    found = _named(node, scope)
    if found is None:
        return scope.refuse(node, "stands for no variable")
    try:
        mapped = maps.area_mapping(found)
    except maps.BadMap as error:
        return scope.refuse(node, str(error))
    name = found.name
    return Code(lambda state: mapped(state.values[name]), values.SINGLE, "float")


def math_constant(node: Node, scope: Scope) -> Code:
    """`math-constant`: pi or e."""
    name = attributes.choice(node, "name", CONSTANTS, "pi", scope)
    return Code(fixed(CONSTANTS[name]), values.SINGLE, "float", constant=True)


def random_integer(node: Node, scope: Scope) -> Code:
    """`random-integer`: one of min, min + step, … up to max."""
    least = attributes.integer(node, "min", 0, scope)
    most = attributes.integer(node, "max", None, scope)
    step = attributes.integer(node, "step", 1, scope)

    def run(state: State) -> Value:
        low, stride = least(state), step(state)
        steps = (most(state) - low) // stride if stride else -1
        if not 0 <= steps <= MOST_STEPS:
            raise failed(node, "has no number between its bounds")
        return low + stride * state.random.randint(0, steps)

    return Code(run, values.SINGLE, "integer")


def random_float(node: Node, scope: Scope) -> Code:
    """`random-float`: a number from min to max."""
    least = attributes.real(node, "min", 0.0, scope)
    most = attributes.real(node, "max", None, scope)

    def run(state: State) -> Value:
        low, high = least(state), most(state)
        if not low <= high:
            raise failed(node, "has no number between its bounds")
        return state.random.uniform(low, high)

    return Code(run, values.SINGLE, "float")


def custom_operator(node: Node, scope: Scope) -> Code:
    """`custom-operator`: refused, whatever it is."""
    name = node.attributes.get("class") or node.attributes.get("definition") or "without a name"
    return scope.refuse(node, f"{name} is not supported: no custom operator is")


def _named(node: Node, scope: Scope) -> Variable | None:
    return scope.variable(node, attributes.required(node, "identifier", scope))


def _replaceable(found: Variable, declared: Value, kind: str, scope: Scope) -> Code:
    if found.name not in scope.settable:
        return Code(fixed(declared), found.cardinality, found.base_type, constant=True)
    name = found.name
    run: Run = _corrects(name, declared) if kind == "corrects" else _defaults(name, declared)
    return Code(run, found.cardinality, found.base_type)


def _corrects(name: str, declared: Value) -> Run:
    return lambda state: state.corrects.get(name, declared)


def _defaults(name: str, declared: Value) -> Run:
    return lambda state: state.defaults.get(name, declared)


COMPILERS: Mapping[str, Compiler] = {
    "base-value": base_value,
    "variable": variable,
    "correct": correct,
    "default": default,
    "null": null,
    "map-response": map_response,
    "map-response-point": map_response_point,
    "math-constant": math_constant,
    "random-integer": random_integer,
    "random-float": random_float,
    "custom-operator": custom_operator,
}
