"""Small pictures as coordinates for inline SVG: bars, curves, histograms. Pure geometry; words come from the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.statistics.groups import Point


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in its chart's units, growing up from the bottom edge; `count` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a curve in its chart's units, and what it stands for."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Curve:
    """An item's facility by score group: the line's points as SVG writes them, and its dots."""

    line: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a chart's plane, in its own units."""

    width: float
    height: float


CURVE = Size(200.0, 80.0)
HISTOGRAM = Size(300.0, 90.0)


def histogram(counts: Sequence[int], size: Size = HISTOGRAM) -> tuple[Bar, ...]:
    """One bar for each count, the highest as high as the plane."""
    step, top = size.width / max(1, len(counts)), max((*counts, 1))
    heights = [count / top * size.height for count in counts]
    return tuple(
        Bar(
            round(at * step + 1, 2),
            round(size.height - height, 2),
            round(step - 2, 2),
            round(height, 2),
            count,
        )
        for at, (height, count) in enumerate(zip(heights, counts, strict=True))
    )


def item_curve(points: Sequence[Point], full: float, size: Size = CURVE) -> Curve:
    """Totals from 0 to the paper's full mark across, facility from 0 to 1 upwards; totals below 0 stand at the edge."""
    dots = tuple(
        Dot(
            round(_within(one.total / full) * size.width, 2),
            round((1 - _within(one.facility)) * size.height, 2),
            one,
        )
        for one in points
    )
    return Curve(" ".join(f"{dot.x},{dot.y}" for dot in dots), dots)


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
