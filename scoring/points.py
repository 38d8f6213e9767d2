"""Points: decimals in fixed steps, half a point unless a paper says finer; never binary fractions. Pure."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from fractions import Fraction

HALF = Decimal("0.5")
ZERO = Decimal("0.0")
STEPS = tuple(map(Decimal, ("1", "0.5", "0.25", "0.1", "0.05", "0.01")))
_CEILING = 1000


class BadPoints(ValueError):
    """Not a number of points: no decimal, negative, or not in the steps of the paper."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """The step that points come in, and whether half a step and more goes up; else what is over is dropped.

    The legal papers round down (S44: nothing is rounded up). What is lost by a penalty is dropped likewise.
    """

    step: Decimal = HALF
    up: bool = False

    def points(self, fraction: Fraction, of: Decimal) -> Decimal:
        """`fraction` (-1 to 1) of `of` points, exact until it is rounded."""
        steps = abs(fraction) * Fraction(of) / Fraction(self.step)
        whole = int(steps + Fraction(1, 2)) if self.up else int(steps)
        rounded = min(whole * self.step, of).quantize(max(self.step, ZERO, key=_places))
        return -rounded if fraction < 0 and rounded else rounded


def _places(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def in_steps(value: Decimal, step: Decimal) -> bool:
    """Whether `value` is a finite multiple of `step`."""
    return value.is_finite() and value % step == 0


def in_half_steps(value: Decimal) -> bool:
    """Whether `value` is a finite multiple of a half."""
    return in_steps(value, HALF)


def parse_points(text: str, step: Decimal = HALF) -> Decimal:
    """`text` such as `3.5` as points with the decimal places of `step`, at least one; BadPoints otherwise."""
    try:
        value = Decimal(text.strip())
    except (InvalidOperation, AttributeError) as error:
        raise BadPoints(text) from error
    if not value.is_finite() or value < 0 or value >= _CEILING or not in_steps(value, step):
        raise BadPoints(text)
    return value.quantize(max(step, ZERO, key=_places))


def floor_half(value: Decimal) -> Decimal:
    """The largest multiple of a half that is not above `value`: points are never rounded up."""
    return ((value / HALF).to_integral_value(ROUND_FLOOR) * HALF).quantize(ZERO)
