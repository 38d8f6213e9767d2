"""Points: decimals in steps of a half, never binary fractions. Pure."""

from decimal import ROUND_FLOOR, Decimal, InvalidOperation

HALF = Decimal("0.5")
ZERO = Decimal("0.0")


class BadPoints(ValueError):
    """Not a number of points: no decimal, negative, or not in steps of a half."""


def in_half_steps(value: Decimal) -> bool:
    """Whether `value` is a finite multiple of a half."""
    return value.is_finite() and value % HALF == 0


def parse_points(text: str) -> Decimal:
    """`text` such as `3.5` as points with one decimal place; BadPoints otherwise."""
    try:
        value = Decimal(text.strip())
    except (InvalidOperation, AttributeError) as error:
        raise BadPoints(text) from error
    if not in_half_steps(value) or value < 0 or value >= 1000:
        raise BadPoints(text)
    return value.quantize(ZERO)


def floor_half(value: Decimal) -> Decimal:
    """The largest multiple of a half that is not above `value`: points are never rounded up."""
    return ((value / HALF).to_integral_value(ROUND_FLOOR) * HALF).quantize(ZERO)
