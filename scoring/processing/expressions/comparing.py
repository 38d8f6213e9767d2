"""Expressions that compare: match, equal, equal-rounded, less and greater, durations, inside. Pure."""

import operator
from collections import Counter
from collections.abc import Callable, Mapping

from itembank.qti.model import Node
from scoring.processing import areas, attributes, values
from scoring.processing.codes import Code, Run, State
from scoring.processing.expressions.rounded import Rounded, rounded
from scoring.processing.scope import Compiler, Scope, failed, fixed, number_of
from scoring.processing.values import Point, Value

_TEXTS = frozenset({"identifier", "string", "uri", "file", "intOrIdentifier"})
_KINDS = (_TEXTS, values.NUMERIC | {"duration"})


def match(node: Node, scope: Scope) -> Code:
    """`match`: whether both have the same value; in containers without order, as often."""
    first, second = scope.codes(node, 2, 2)
    cause = _unlike(first, second)
    if cause:
        return Code(_failing(node, first, second, cause), values.SINGLE, "boolean")
    if values.MULTIPLE in (first.cardinality, second.cardinality):
        if second.constant:
            return Code(_same_as(first.run, second), values.SINGLE, "boolean")
        return Code(_compared(first.run, second.run, _same_bag), values.SINGLE, "boolean")
    return Code(_compared(first.run, second.run, operator.eq), values.SINGLE, "boolean")


def equal(node: Node, scope: Scope) -> Code:
    """`equal`: whether the second number is the first, exactly or within an absolute or relative tolerance."""
    first, second = scope.codes(node, 2, 2)
    mode = attributes.choice(node, "tolerance-mode", ("exact", "absolute", "relative"), "exact", scope)
    if mode == "exact":
        return _numeric(node, first, second, operator.eq)
    tolerances = attributes.reals(node, "tolerance", scope)
    if not 1 <= len(tolerances) <= 2:
        return scope.refuse(node, "needs one tolerance or two")
    below, above = tolerances[0], tolerances[-1]
    inside = _between(
        attributes.flag(node, "include-lower-bound", True, scope),
        attributes.flag(node, "include-upper-bound", True, scope),
    )

    def run(state: State) -> Value:
        x, y = first.run(state), second.run(state)
        if x is None or y is None:
            return None
        middle = number_of(node, x)
        scale = abs(middle) / 100 if mode == "relative" else 1
        return inside(middle - below(state) * scale, number_of(node, y), middle + above(state) * scale)

    return Code(run, values.SINGLE, "boolean")


def equal_rounded(node: Node, scope: Scope) -> Code:
    """`equal-rounded`: whether both numbers are the same when they are rounded."""
    first, second = scope.codes(node, 2, 2)
    rounding: Rounded = rounded(node, scope)

    def run(state: State) -> Value:
        x, y = first.run(state), second.run(state)
        return None if x is None or y is None else rounding(state, x) == rounding(state, y)

    return Code(run, values.SINGLE, "boolean")


def inside(node: Node, scope: Scope) -> Code:
    """`inside`: whether the point, or one of the points, lies in the area."""
    (one,) = scope.codes(node, 1, 1)
    shape = attributes.required(node, "shape", scope)
    try:
        coords = () if shape == "default" else areas.read_coords(node.get("coords"))
        hit = areas.area(shape, coords)
    except areas.BadArea as error:
        return scope.refuse(node, str(error))

    def run(state: State) -> Value:
        value = one.run(state)
        if value is None:
            return None
        points = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(point, Point) for point in points):
            raise failed(node, f"needs points and was given {value!r}")
        return any(map(hit, points))

    return Code(run, values.SINGLE, "boolean")


def _ordering(compare: Callable[[Value, Value], bool]) -> Compiler:
    def compiler(node: Node, scope: Scope) -> Code:
        first, second = scope.codes(node, 2, 2)
        return _numeric(node, first, second, compare)

    return compiler


def _numeric(node: Node, first: Code, second: Code, compare: Callable[[Value, Value], bool]) -> Code:
    left, right = first.run, second.run

    def run(state: State) -> Value:
        x, y = left(state), right(state)
        return None if x is None or y is None else compare(number_of(node, x), number_of(node, y))

    return Code(run, values.SINGLE, "boolean")


def _between(low_included: bool, high_included: bool) -> Callable[[float, float, float], bool]:
    lower = operator.le if low_included else operator.lt
    upper = operator.le if high_included else operator.lt
    return lambda low, value, high: bool(lower(low, value) and upper(value, high))


def _unlike(first: Code, second: Code) -> str:
    """Why two expressions can never be the same value, as far as their types show; empty when they can."""
    one, other = first.cardinality, second.cardinality
    if one and other and (one in values.CONTAINERS) != (other in values.CONTAINERS):
        return f"compares {one} with {other}"
    kinds = [_kind(code.base_type) for code in (first, second)]
    if None not in kinds and kinds[0] != kinds[1]:
        return f"compares {first.base_type} with {second.base_type}"
    return ""


def _kind(base_type: str | None) -> object:
    return next((kind for kind in _KINDS if base_type in kind), base_type)


def _failing(node: Node, first: Code, second: Code, cause: str) -> Run:
    def run(state: State) -> Value:
        if first.run(state) is None or second.run(state) is None:
            return None
        raise failed(node, cause)

    return run


def _compared(left: Run, right: Run, same: Callable[[Value, Value], bool]) -> Run:
    def run(state: State) -> Value:
        x, y = left(state), right(state)
        return None if x is None or y is None else same(x, y)

    return run


def _same_bag(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    return len(one) == len(other) and Counter(one) == Counter(other)


def _same_as(left: Run, constant: Code) -> Run:
    """The same with a container that never changes, which is the usual correct response."""
    wanted = constant.run(State.still())
    if wanted is None:
        return fixed(None)
    size, distinct = len(wanted), frozenset(wanted)
    bag: Counter[Value] = Counter(wanted)
    if size == len(distinct):

        def run(state: State) -> Value:
            value = left(state)
            return None if value is None else len(value) == size and distinct == frozenset(value)

    else:

        def run(state: State) -> Value:
            value = left(state)
            return None if value is None else len(value) == size and bag == Counter(value)

    return run


COMPILERS: Mapping[str, Compiler] = {
    "match": match,
    "equal": equal,
    "equal-rounded": equal_rounded,
    "inside": inside,
    "lt": _ordering(operator.lt),
    "gt": _ordering(operator.gt),
    "lte": _ordering(operator.le),
    "gte": _ordering(operator.ge),
    "duration-lt": _ordering(operator.lt),
    "duration-gte": _ordering(operator.ge),
}
