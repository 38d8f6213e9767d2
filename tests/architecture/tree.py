"""The files of the project and the syntax trees of its modules, for tests that read the code itself."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("examserver", "proctor", "itembank", "scoring")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One module that a person wrote: its path from the root, its lines, its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def is_product(self) -> bool:
        return self.path.parts[0] in PRODUCT

    def where(self, node: ast.AST) -> str:
        """`path:line`, as an editor opens it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def functions(self) -> Iterator[Function]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def files() -> tuple[Path, ...]:
    """Every file that git tracks or would track, from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(Path(name) for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


@cache
def modules() -> tuple[Module, ...]:
    """Every Python module; migrations are written by Django and left out."""
    written = [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
    return tuple(parsed(path) for path in written)


def product_modules() -> tuple[Module, ...]:
    """The modules of the product: not its tests, tools and benchmarks."""
    return tuple(module for module in modules() if module.is_product)


def parsed(path: Path) -> Module:
    text = (ROOT / path).read_text("utf-8")
    return Module(path, text, ast.parse(text, str(path)))


def text_of(path: Path) -> str | None:
    """A file's text; None for what is not text."""
    data = (ROOT / path).read_bytes()
    return None if b"\0" in data[:4000] else data.decode("utf-8", "replace")
