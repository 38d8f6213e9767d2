"""Functions of mathematics and statistics: math-operator, stats-operator. Pure."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from itembank.qti.model import Node
from scoring.processing import attributes, values
from scoring.processing.codes import Code, State
from scoring.processing.expressions.numbers import finite_or_null, gathered
from scoring.processing.scope import Compiler, Scope, number_of
from scoring.processing.values import Value

Function: TypeAlias = Callable[..., float]


def math_operator(node: Node, scope: Scope) -> Code:
    """`math-operator`: a function by its name; NULL outside its domain."""
    name = attributes.choice(node, "name", FUNCTIONS, "abs", scope)
    wanted = 2 if name == "atan2" else 1
    codes = scope.codes(node, wanted, wanted)
    work = FUNCTIONS[name]

    def run(state: State) -> Value:
        given = [code.run(state) for code in codes]
        return None if None in given else _within(work, [number_of(node, value) for value in given])

    base_type = "integer" if name in _WHOLE else codes[0].base_type if name == "abs" else "float"
    return Code(run, values.SINGLE, base_type)


def stats_operator(node: Node, scope: Scope) -> Code:
    """`stats-operator`: mean, variance or standard deviation of a container; NULL where there are too few values."""
    name = attributes.choice(node, "name", STATISTICS, "mean", scope)
    least, work = STATISTICS[name]
    codes = scope.codes(node, 1, 1)

    def run(state: State) -> Value:
        found = gathered(node, [codes[0].run], state)
        if found is None or len(found) < least:
            return None
        numbers = [float(number_of(node, value)) for value in found]
        return work(numbers) if all(map(math.isfinite, numbers)) else None

    return Code(run, values.SINGLE, "float")


def _within(work: Function, numbers: Sequence[float]) -> Value:
    try:
        return finite_or_null(work(*numbers))
    except (ValueError, ZeroDivisionError):
        return None
    except OverflowError:
        return math.inf


def _inverse(work: Function) -> Function:
    return lambda value: 1 / work(value)


def _of_inverse(work: Function) -> Function:
    return lambda value: work(1 / value)


def _acot(value: float) -> float:
    return math.atan(1 / value) if value else math.pi / 2


def _log10(value: float) -> float:
    return math.log10(value) if value else -math.inf


def _ln(value: float) -> float:
    return math.log(value) if value else -math.inf


def _signum(value: float) -> float:
    return math.nan if math.isnan(value) else (value > 0) - (value < 0)


def _kept(work: Callable[[float], int]) -> Function:
    return lambda value: work(value) if math.isfinite(value) else value


_WHOLE = frozenset({"signum", "floor", "ceil"})

FUNCTIONS: Mapping[str, Function] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": _inverse(math.cos),
    "csc": _inverse(math.sin),
    "cot": _inverse(math.tan),
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "asec": _of_inverse(math.acos),
    "acsc": _of_inverse(math.asin),
    "acot": _acot,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sech": _inverse(math.cosh),
    "csch": _inverse(math.sinh),
    "coth": _inverse(math.tanh),
    "log": _log10,
    "ln": _ln,
    "exp": math.exp,
    "abs": abs,
    "signum": _signum,
    "floor": _kept(math.floor),
    "ceil": _kept(math.ceil),
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}

STATISTICS: Mapping[str, tuple[int, Callable[[Sequence[float]], float]]] = {
    "mean": (1, statistics.fmean),
    "sampleVariance": (2, statistics.variance),
    "sampleSD": (2, statistics.stdev),
    "popVariance": (1, statistics.pvariance),
    "popSD": (1, statistics.pstdev),
}

COMPILERS: Mapping[str, Compiler] = {"math-operator": math_operator, "stats-operator": stats_operator}
