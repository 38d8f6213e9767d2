"""Rubric lines and the marks given on them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.points import ZERO, in_half_steps, parse_points


class LineKind(StrEnum):
    """Whether a line is measured against a nominal value or judged by people."""

    MEASURED = "MEASURED"
    JUDGED = "JUDGED"


class BadRubric(ValueError):
    """A rubric that nobody can mark by: a field is missing, lines repeat, or the sum is not the task's."""


class BadMark(ValueError):
    """Points that a line cannot have; `code` says why: `not_half_steps`, `below_zero`, `above_line`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rubric: number, points, kind, what is looked at, nominal value, in which deliverable."""

    no: str
    points: Decimal
    kind: LineKind
    description: str
    nominal: str
    deliverable: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """The lines by which one task is marked, and its points."""

    task: str
    points: Decimal
    lines: tuple[Line, ...]

    def line(self, no: str) -> Line:
        """The line `no`; KeyError when there is none."""
        for line in self.lines:
            if line.no == no:
                return line
        raise KeyError(no)


def read_line(data: Mapping[str, Any]) -> Line:
    """One line as the paper's key stores it; BadRubric when it lacks something."""
    try:
        return Line(
            no=str(data["no"]),
            points=parse_points(str(data["points"])),
            kind=LineKind(str(data["kind"]).upper()),
            description=str(data["description"]),
            nominal=str(data.get("nominal") or ""),
            deliverable=str(data.get("deliverable") or ""),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadRubric(f"line {data!r}: {error}") from error


def read_rubric(task: str, data: Mapping[str, Any]) -> Rubric:
    """`{"points", "rubric": [...]}` of a paper's key; BadRubric unless the lines add up to the points."""
    try:
        points, lines = parse_points(str(data["points"])), tuple(map(read_line, data["rubric"]))
    except (KeyError, TypeError) as error:
        raise BadRubric(f"task {task}: {error}") from error
    if len({line.no for line in lines}) != len(lines):
        raise BadRubric(f"task {task}: a line number repeats")
    if total(line.points for line in lines) != points:
        raise BadRubric(f"task {task}: the lines do not add up to {points}")
    return Rubric(task, points, lines)


def total(points: Iterable[Decimal]) -> Decimal:
    """The sum of `points`, with one decimal place."""
    return sum(points, ZERO)


def check_mark(line: Line, points: Decimal) -> Decimal:
    """`points` if the line can have them: 0 to its points in steps of a half; BadMark otherwise."""
    if not in_half_steps(points):
        raise BadMark("not_half_steps")
    if points < 0:
        raise BadMark("below_zero")
    if points > line.points:
        raise BadMark("above_line")
    return points


def unmarked(rubric: Rubric, marks: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The numbers of the lines that have no mark yet, in the rubric's order."""
    return tuple(line.no for line in rubric.lines if line.no not in marks)


def task_total(rubric: Rubric, marks: Mapping[str, Decimal]) -> Decimal:
    """What the marks on this rubric's lines add up to."""
    return total(marks[line.no] for line in rubric.lines if line.no in marks)
