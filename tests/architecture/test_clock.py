"""The clock has one reader; everything else is given `now`."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, product_modules

WALL = {"now", "utcnow", "today", "time", "time_ns"}
STOPWATCH = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}
OWNERS = {"datetime", "date", "time", "timezone"}
# The server's one reader; the edge of the worker's process; commands that wait for processes they started;
# simulated candidates, who have a clock of their own as a browser has.
MAY_READ = (
    "examserver/kernel/clock.py",
    "proctor/worker.py",
    "examserver/commands/",
    "examserver/simulation/",
)
# Those that wait for a report no longer than they are told: a running time, from which no date can be had.
MAY_MEASURE = ("proctor/buses/redis.py", "proctor/spool.py")


def readings(module: Module, names: set[str]) -> Iterator[ast.AST]:
    """Every use of a reader among `names`, and every import that hides one."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            if names & {alias.name for alias in node.names}:
                yield node
        elif isinstance(node, ast.Attribute) and node.attr in names and owner(node) in OWNERS:
            yield node


def owner(node: ast.Attribute) -> str:
    """`datetime` of `datetime.now` and of `datetime.datetime.now`."""
    value = node.value
    return value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")


def elsewhere(names: set[str], allowed: tuple[str, ...]) -> list[str]:
    return [
        module.where(node)
        for module in product_modules()
        if not str(module.path).startswith(allowed)
        for node in readings(module, names)
    ]


def test_the_clock_has_one_reader() -> None:
    assert elsewhere(WALL, MAY_READ) == []


def test_running_time_is_measured_only_where_something_is_waited_for() -> None:
    assert elsewhere(STOPWATCH, (*MAY_READ, *MAY_MEASURE)) == []


def test_whoever_may_read_the_clock_does() -> None:
    readers = [str(module.path) for module in product_modules() if any(readings(module, WALL | STOPWATCH))]
    allowed = (*MAY_READ, *MAY_MEASURE)
    assert [place for place in allowed if not any(path.startswith(place) for path in readers)] == []
