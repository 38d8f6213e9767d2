"""What round-to and equal-rounded share: a rounding with its mode and its figures. Pure."""

import math
from collections.abc import Callable
from typing import TypeAlias

from itembank.qti.model import Node
from scoring.processing import attributes, rounding
from scoring.processing.codes import State
from scoring.processing.scope import Scope, failed, number_of
from scoring.processing.values import Value

Rounded: TypeAlias = Callable[[State, Value], Value]


def rounded(node: Node, scope: Scope) -> Rounded:
    """A number to its `figures` digits by its `rounding-mode`; infinity stays, what is no number becomes NULL."""
    mode = attributes.choice(node, "rounding-mode", rounding.MODES, "significantFigures", scope)
    figures = attributes.integer(node, "figures", None, scope)
    least = 1 if mode == "significantFigures" else 0

    def run(state: State, value: Value) -> Value:
        number, digits = float(number_of(node, value)), figures(state)
        if not math.isfinite(number):
            return None if math.isnan(number) else number
        if not least <= digits <= rounding.MOST_FIGURES:
            raise failed(node, f"rounds to {digits} figures; {least} to {rounding.MOST_FIGURES} can be")
        return rounding.MODES[mode](number, digits)

    return run
