"""Rounding as QTI words it: the deciding digit 5 or more raises the digit before it. Pure."""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

_CONTEXT = Context(prec=800, rounding=ROUND_HALF_UP)  # every float has fewer digits
MOST_FIGURES = 400


def to_integer(value: float) -> int | None:
    """n with n - 0.5 <= value < n + 0.5: halves go up; NULL for what is no finite number."""
    return (
        int((Decimal(value) + Decimal("0.5")).to_integral_value("ROUND_FLOOR"))
        if math.isfinite(value)
        else None
    )


def decimal_places(value: float, figures: int) -> float:
    """`value` with that many digits after the point."""
    return _quantized(value, -figures)


def significant_figures(value: float, figures: int) -> float:
    """`value` with that many digits from the first that is not 0."""
    return _quantized(value, Decimal(str(value)).adjusted() - figures + 1) if value else value


def _quantized(value: float, exponent: int) -> float:
    """Rounded on the decimal digits that the number is written with, so that 1.005 to two places is 1.01."""
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(exponent), context=_CONTEXT))


MODES: Mapping[str, Callable[[float, int], float]] = {
    "significantFigures": significant_figures,
    "decimalPlaces": decimal_places,
}
