"""Modules and classes say what they are; nothing is left unfinished, no file names a machine."""

import ast
import re

from tests.architecture.tree import ROOT, files, modules, product_modules, text_of

# In pieces, so that this file does not name them.
HOSTS = re.compile(
    "|".join(
        "".join(parts)
        for parts in (
            ("pyp", r"i\.", "org"),
            ("python", "hos", "ted"),
            ("np", r"mjs\."),
            (r"deb\.", "deb", "ian"),
            (r"security\.", "deb", "ian"),
        )
    )
)
PLACES = re.compile(r"(?<![\w.])/(" + "wo" + r"rk|home/\w+|Users/\w+|root)/[\w.]+|/tm" + r"p/[\w.]+")
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + "X|NotImpl" + r"ementedError)\b")
LARGEST = 1_000_000


def found(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    """`path:line` of every line of a text file that the pattern finds."""
    hits = []
    for path in files():
        if suffixes and path.suffix not in suffixes:
            continue
        lines = (text_of(path) or "").split("\n")
        hits += [f"{path}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    return hits


def test_every_module_says_what_it_is() -> None:
    assert [str(module.path) for module in modules() if not ast.get_docstring(module.tree)] == []


def test_every_public_class_says_what_it_is() -> None:
    silent = [
        f"{module.where(node)} {node.name}"
        for module in product_modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_file_names_the_host_of_a_registry() -> None:
    assert found(HOSTS) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    assert found(PLACES) == []


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED, (".py", ".js")) == []


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert [str(path) for path in files() if (ROOT / path).stat().st_size > LARGEST] == []
