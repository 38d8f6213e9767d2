"""Arithmetic: sums and products, division, powers, rounding, greatest and least, common divisors. Pure.

NULL in any place makes the result NULL, and so does a result that is no number.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

from itembank.qti.model import Node
from scoring.processing import rounding, values
from scoring.processing.codes import Code, Run, State
from scoring.processing.expressions.rounded import rounded
from scoring.processing.scope import Compiler, Scope, number_of, whole_of
from scoring.processing.values import Value

MOST_BITS = 1024

Number: TypeAlias = int | float
Fold: TypeAlias = Callable[[Sequence[Number]], Value]


def folded(fold: Fold, base_type: str | None = None, *, whole: bool = False) -> Compiler:
    """An expression on one or more numbers or containers of numbers; `whole`: on integers only."""

    def compiler(node: Node, scope: Scope) -> Code:
        codes = scope.codes(node, 1)
        runs = [code.run for code in codes]
        check = whole_of if whole else number_of

        def run(state: State) -> Value:
            found = gathered(node, runs, state)
            return None if found is None else fold([check(node, value) for value in found])

        return Code(run, values.SINGLE, base_type or _base_type(codes))

    return compiler


def gathered(node: Node, runs: Sequence[Run], state: State) -> list[Value] | None:
    """The values of all sub-expressions, those in containers too; NULL when one is NULL."""
    found: list[Value] = []
    for run in runs:
        value = run(state)
        if value is None:
            return None
        if isinstance(value, tuple):
            found.extend(value)
        else:
            found.append(value)
    return found


def pairwise(
    work: Callable[[Number, Number], Value], base_type: str | None, *, whole: bool = False
) -> Compiler:
    """An expression on two numbers."""

    def compiler(node: Node, scope: Scope) -> Code:
        first, second = scope.codes(node, 2, 2)
        check = whole_of if whole else number_of

        def run(state: State) -> Value:
            x, y = first.run(state), second.run(state)
            return None if x is None or y is None else work(check(node, x), check(node, y))

        return Code(run, values.SINGLE, base_type or _base_type((first, second)))

    return compiler


def alone(work: Callable[[Number], Value], base_type: str | None) -> Compiler:
    """An expression on one number."""

    def compiler(node: Node, scope: Scope) -> Code:
        (one,) = scope.codes(node, 1, 1)

        def run(state: State) -> Value:
            value = one.run(state)
            return None if value is None else work(number_of(node, value))

        return Code(run, values.SINGLE, base_type or one.base_type)

    return compiler


def round_to(node: Node, scope: Scope) -> Code:
    """`round-to`: to so many significant figures or decimal places."""
    (one,) = scope.codes(node, 1, 1)
    work = rounded(node, scope)

    def run(state: State) -> Value:
        value = one.run(state)
        return None if value is None else work(state, value)

    return Code(run, values.SINGLE, "float")


def _base_type(codes: Sequence[Code]) -> str | None:
    known = {code.base_type for code in codes}
    if known == {"integer"}:
        return "integer"
    return "float" if known <= values.NUMERIC else None


def _sum(numbers: Sequence[Number]) -> Value:
    return sum(numbers)


def _product(numbers: Sequence[Number]) -> Value:
    return reduce(lambda total, number: _bounded(total * number), numbers, 1)


def _bounded(total: Value) -> Value:
    """The number; integers end where floats do, so that no item can fill the memory."""
    if isinstance(total, int) and total.bit_length() > MOST_BITS:
        raise OverflowError(f"an integer of {total.bit_length()} bits")
    return total


def _divide(x: Number, y: Number) -> Value:
    return finite_or_null(x / y) if y else None


def _power(x: Number, y: Number) -> Value:
    try:
        return finite_or_null(math.pow(x, y))
    except (ValueError, OverflowError):
        return None


def finite_or_null(value: float) -> float | None:
    """NULL for what is no number; infinity is one."""
    return None if math.isnan(value) else value


def _integer_divide(x: Number, y: Number) -> Value:
    return x // y if y else None


def _modulus(x: Number, y: Number) -> Value:
    return x % y if y else None


def _truncate(value: Number) -> Value:
    return _kept(value, math.trunc)


def _round(value: Number) -> Value:
    return _kept(value, rounding.to_integer)


def _kept(value: Number, work: Callable[[float], int | None]) -> Value:
    """Infinity stays as it is, and what is no number becomes NULL."""
    return work(value) if math.isfinite(value) else finite_or_null(value)


def _least_common(numbers: Sequence[Number]) -> Value:
    return reduce(lambda total, number: _bounded(math.lcm(total, number)), _whole(numbers), 1)


def _greatest_common(numbers: Sequence[Number]) -> Value:
    return math.gcd(*_whole(numbers))


def _whole(numbers: Sequence[Number]) -> Iterator[int]:
    return (int(number) for number in numbers)


COMPILERS: Mapping[str, Compiler] = {
    "sum": folded(_sum),
    "product": folded(_product),
    "min": folded(min),
    "max": folded(max),
    "gcd": folded(_greatest_common, "integer", whole=True),
    "lcm": folded(_least_common, "integer", whole=True),
    "subtract": pairwise(lambda x, y: x - y, None),
    "divide": pairwise(_divide, "float"),
    "power": pairwise(_power, "float"),
    "integer-divide": pairwise(_integer_divide, "integer", whole=True),
    "integer-modulus": pairwise(_modulus, "integer", whole=True),
    "truncate": alone(_truncate, "integer"),
    "round": alone(_round, "integer"),
    "integer-to-float": alone(float, "float"),
    "round-to": round_to,
}
