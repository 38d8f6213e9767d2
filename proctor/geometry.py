"""Boxes in pixels of the original picture, and how much two of them share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from (x1, y1) to (x2, y2), in pixels, y downwards."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def width(self) -> float:
        return max(0.0, self.x2 - self.x1)

    @property
    def height(self) -> float:
        return max(0.0, self.y2 - self.y1)

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2

    @property
    def diagonal(self) -> float:
        return float((self.width**2 + self.height**2) ** 0.5)


def intersection(a: Box, b: Box) -> float:
    """Shared area of two boxes, in square pixels."""
    width = min(a.x2, b.x2) - max(a.x1, b.x1)
    height = min(a.y2, b.y2) - max(a.y1, b.y1)
    return max(0.0, width) * max(0.0, height)


def iou(a: Box, b: Box) -> float:
    """Shared area divided by the area of both together, 0 to 1."""
    shared = intersection(a, b)
    union = a.area + b.area - shared
    return shared / union if union > 0 else 0.0


def containment(inner: Box, outer: Box) -> float:
    """The part of `inner` that lies inside `outer`, 0 to 1."""
    return intersection(inner, outer) / inner.area if inner.area > 0 else 0.0


def distance(a: Box, b: Box) -> float:
    """Distance between the centres of two boxes, in pixels."""
    (ax, ay), (bx, by) = a.centre, b.centre
    return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)
