"""Shapes on a picture and whether a point lies in them; their edges belong to them. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from scoring.processing.values import Point

Inside: TypeAlias = Callable[[Point], bool]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


class BadArea(ValueError):
    """A shape that nobody knows, or coordinates that do not fit it; the message says which."""


def area(shape: str, coords: Sequence[float]) -> Inside:
    """The test for a shape of QTI (`rect`, `circle`, `ellipse`, `poly`, `default`); BadArea when it is none."""
    if shape not in _SHAPES:
        raise BadArea(f"shape {shape!r} is none of {', '.join(sorted(_SHAPES))}")
    make, fits = _SHAPES[shape]
    if not fits(len(coords)):
        raise BadArea(f"{len(coords)} coordinates do not make a {shape}")
    return make(coords)


def read_coords(coords: str) -> list[float]:
    """Numbers with commas or spaces between; BadArea when one of them is none."""
    parts = [part for part in re.split(r"[\s,]+", coords.strip()) if part]
    for part in parts:
        if not _NUMBER.fullmatch(part):
            raise BadArea(f"coordinate {part!r} is no number of pixels")
    return [float(part) for part in parts]


def _everywhere(_numbers: Sequence[float]) -> Inside:
    return lambda point: True


def _rect(numbers: Sequence[float]) -> Inside:
    left, right = sorted((numbers[0], numbers[2]))
    top, bottom = sorted((numbers[1], numbers[3]))
    return lambda point: left <= point.x <= right and top <= point.y <= bottom


def _circle(numbers: Sequence[float]) -> Inside:
    x, y, radius = numbers
    return lambda point: _squares(point.x - x, point.y - y) <= radius * radius


def _ellipse(numbers: Sequence[float]) -> Inside:
    x, y, across, down = numbers
    if not across or not down:
        raise BadArea("an ellipse needs two radii above zero")
    return lambda point: _squares((point.x - x) / across, (point.y - y) / down) <= 1


def _squares(across: float, down: float) -> float:
    """Their sum; products become infinite where powers would raise."""
    return across * across + down * down


def _poly(numbers: Sequence[float]) -> Inside:
    corners = [Point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    edges = list(pairwise([*corners, corners[0]]))

    def inside(point: Point) -> bool:
        if any(_on_edge(point, start, end) for start, end in edges):
            return True
        return sum(_crosses(point, start, end) for start, end in edges) % 2 == 1

    return inside


def _on_edge(point: Point, start: Point, end: Point) -> bool:
    turn = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
    within = min(start.x, end.x) <= point.x <= max(start.x, end.x)
    return turn == 0 and within and min(start.y, end.y) <= point.y <= max(start.y, end.y)


def _crosses(point: Point, start: Point, end: Point) -> bool:
    """Whether a ray from the point to the right crosses the edge."""
    if (start.y > point.y) == (end.y > point.y):
        return False
    return point.x < start.x + (point.y - start.y) * (end.x - start.x) / (end.y - start.y)


_SHAPES: Mapping[str, tuple[Callable[[Sequence[float]], Inside], Callable[[int], bool]]] = {
    "default": (_everywhere, lambda count: True),
    "rect": (_rect, lambda count: count == 4),
    "circle": (_circle, lambda count: count == 3),
    "ellipse": (_ellipse, lambda count: count == 4),
    "poly": (_poly, lambda count: count >= 6 and count % 2 == 0),
}
