"""The clock has one reader; everything else is given `now`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import Module, parsed, product_modules

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
# The server's one reader, and the edge of the worker's process.
MAY_READ = {"examserver/kernel/clock.py", "proctor/worker.py"}


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
        if str(module.path) not in MAY_READ
        for node in readings(module)
    ]
    assert elsewhere == []


def test_whoever_may_read_the_clock_does() -> None:
    assert {path for path in MAY_READ if not any(readings(parsed(Path(path))))} == set()
