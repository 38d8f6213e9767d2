"""The clock has one reader; everything else is given `now`."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, product_modules

READERS = {
    "now",
    "utcnow",
    "today",
    "time",
    "time_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
}
OWNERS = {"datetime", "date", "time", "timezone"}
# The server's one reader; the edge of the worker's process; commands that wait for processes they started;
# simulated candidates, who have a clock of their own as a browser has.
MAY_READ = (
    "examserver/kernel/clock.py",
    "proctor/worker.py",
    "examserver/commands/",
    "examserver/simulation/",
)


def readings(module: Module) -> Iterator[ast.AST]:
    """Every call that asks the machine what time it is, and every import that hides one."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            if READERS & {alias.name for alias in node.names}:
                yield node
        elif isinstance(node, ast.Attribute) and node.attr in READERS and owner(node) in OWNERS:
            yield node


def owner(node: ast.Attribute) -> str:
    """`datetime` of `datetime.now` and of `datetime.datetime.now`."""
    value = node.value
    return value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")


def test_the_clock_has_one_reader() -> None:
    elsewhere = [
        module.where(node)
        for module in product_modules()
        if not str(module.path).startswith(MAY_READ)
        for node in readings(module)
    ]
    assert elsewhere == []


def test_whoever_may_read_the_clock_does() -> None:
    readers = [str(module.path) for module in product_modules() if any(readings(module))]
    assert [place for place in MAY_READ if not any(path.startswith(place) for path in readers)] == []
