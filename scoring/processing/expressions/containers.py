"""Expressions on containers and records: build, count, pick, search. Pure."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from operator import contains as holds

from itembank.qti.model import Node
from scoring.processing import attributes, values
from scoring.processing.codes import Code, State
from scoring.processing.scope import Compiler, Scope, all_constant, failed
from scoring.processing.values import Value

MOST_VALUES = 10_000


def multiple(node: Node, scope: Scope) -> Code:
    """`multiple`: all values of its sub-expressions in a container without order; NULL counts for nothing."""
    return _build(node, values.MULTIPLE, scope)


def ordered(node: Node, scope: Scope) -> Code:
    """`ordered`: the same in a container with order."""
    return _build(node, values.ORDERED, scope)


def container_size(node: Node, scope: Scope) -> Code:
    """`container-size`: how many values; 0 for NULL."""
    (one,) = scope.codes(node, 1, 1)

    def run(state: State) -> Value:
        value = one.run(state)
        return 0 if value is None else len(many(node, value))

    return Code(run, values.SINGLE, "integer")


def is_null(node: Node, scope: Scope) -> Code:
    """`is-null`: whether there is no value."""
    (one,) = scope.codes(node, 1, 1)
    inner = one.run
    return Code(lambda state: inner(state) is None, values.SINGLE, "boolean")


def index(node: Node, scope: Scope) -> Code:
    """`index`: the n-th value, counted from 1; NULL beyond the last."""
    (one,) = scope.codes(node, 1, 1)
    place = attributes.integer(node, "n", None, scope)

    def run(state: State) -> Value:
        value, n = one.run(state), place(state)
        if n < 1:
            raise failed(node, f"counts from 1, not from {n}")
        return None if value is None or n > len(many(node, value)) else value[n - 1]

    return Code(run, values.SINGLE, one.base_type)


def field_value(node: Node, scope: Scope) -> Code:
    """`field-value`: a record's field; NULL where it has none."""
    (one,) = scope.codes(node, 1, 1)
    name = attributes.required(node, "field-identifier", scope)

    def run(state: State) -> Value:
        value = one.run(state)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise failed(node, f"needs a record and was given {value!r}")
        return value.get(name)

    return Code(run, values.SINGLE)


def random(node: Node, scope: Scope) -> Code:
    """`random`: one of the values."""
    (one,) = scope.codes(node, 1, 1)

    def run(state: State) -> Value:
        value = one.run(state)
        return None if value is None else state.random.choice(many(node, value))

    return Code(run, values.SINGLE, one.base_type)


def member(node: Node, scope: Scope) -> Code:
    """`member`: whether the first is among the second."""
    one, all_ = scope.codes(node, 2, 2)
    part, whole = one.run, all_.run

    def run(state: State) -> Value:
        value, container = part(state), whole(state)
        return None if value is None or container is None else holds(many(node, container), value)

    return Code(run, values.SINGLE, "boolean")


def delete(node: Node, scope: Scope) -> Code:
    """`delete`: the second without every occurrence of the first."""
    one, all_ = scope.codes(node, 2, 2)

    def run(state: State) -> Value:
        value, container = one.run(state), all_.run(state)
        if value is None or container is None:
            return None
        return values.container(other for other in many(node, container) if other != value)

    return Code(run, all_.cardinality, all_.base_type)


def contains(node: Node, scope: Scope) -> Code:
    """`contains`: whether the first holds all of the second, as often, and next to each other where order counts."""
    whole, part = scope.codes(node, 2, 2)
    inside = _in_sequence if values.ORDERED in (whole.cardinality, part.cardinality) else _in_bag

    def run(state: State) -> Value:
        outer, inner = whole.run(state), part.run(state)
        if outer is None or inner is None:
            return None
        return inside(many(node, outer), many(node, inner))

    return Code(run, values.SINGLE, "boolean")


def repeat(node: Node, scope: Scope) -> Code:
    """`repeat`: its sub-expressions again and again in a container with order; each time worked out anew."""
    codes = scope.codes(node, 1)
    if any(code.cardinality == values.RECORD for code in codes):
        return scope.refuse(node, "holds a record, which no container can")
    times = attributes.integer(node, "number-repeats", None, scope)

    def run(state: State) -> Value:
        count = times(state)
        if count > MOST_VALUES:
            raise failed(node, f"repeats {count} times; {MOST_VALUES} is the most")
        every = (value for _ in range(count) for code in codes for value in _flat(code.run(state)))
        found = tuple(islice(every, MOST_VALUES + 1))
        if len(found) > MOST_VALUES:
            raise failed(node, f"makes more than {MOST_VALUES} values")
        return found or None

    return Code(run, values.ORDERED, codes[0].base_type)


def many(node: Node, value: Value) -> tuple[Value, ...]:
    """The value when it is a container; ScoringFailed otherwise."""
    if isinstance(value, tuple):
        return value
    raise failed(node, f"needs a container and was given {value!r}")


def _build(node: Node, cardinality: str, scope: Scope) -> Code:
    codes = scope.codes(node, 0)
    if any(code.cardinality == values.RECORD for code in codes):
        return scope.refuse(node, "holds a record, which no container can")
    runs = [code.run for code in codes]
    base_type = next((code.base_type for code in codes if code.base_type), None)

    def run(state: State) -> Value:
        return tuple(value for one in runs for value in _flat(one(state))) or None

    return Code(run, cardinality, base_type, constant=all_constant(codes))


def _flat(value: Value) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _in_bag(outer: tuple[Value, ...], inner: tuple[Value, ...]) -> bool:
    return Counter(inner) <= Counter(outer)


def _in_sequence(outer: tuple[Value, ...], inner: tuple[Value, ...]) -> bool:
    size = len(inner)
    return any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


COMPILERS: Mapping[str, Compiler] = {
    "multiple": multiple,
    "ordered": ordered,
    "container-size": container_size,
    "is-null": is_null,
    "index": index,
    "field-value": field_value,
    "random": random,
    "member": member,
    "delete": delete,
    "contains": contains,
    "repeat": repeat,
}
