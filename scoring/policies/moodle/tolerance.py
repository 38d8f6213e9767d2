"""How far a number may be from the answer. Pure.

Source: Moodle 4.1, numerical answer: a hair's breadth (1e-14) is added, since equal decimals differ as floats.
"""

from enum import StrEnum

HAIR = 1e-14


class ToleranceKind(StrEnum):
    """What the tolerance is a part of."""

    NOMINAL = "nominal"
    RELATIVE = "relative"
    GEOMETRIC = "geometric"


def interval(answer: float, tolerance: float, kind: ToleranceKind) -> tuple[float, float]:
    """The smallest and the largest number that is taken for `answer`; both count."""
    width = abs(tolerance) + HAIR
    if kind is ToleranceKind.RELATIVE:
        return answer - abs(answer) * width, answer + abs(answer) * width
    if kind is ToleranceKind.GEOMETRIC:
        low, high = answer / (1 + width), answer * (1 + width)
        return (high, low) if answer < 0 else (low, high)
    nominal = abs(tolerance) + HAIR * max(abs(tolerance), abs(answer), HAIR)
    return answer - nominal, answer + nominal


def within(value: float, answer: float, tolerance: float, kind: ToleranceKind) -> bool:
    """Whether `value` lies in the interval around `answer`."""
    low, high = interval(answer, tolerance, kind)
    return low <= value <= high
