"""Every fault has a sentence in both languages, and gives all that the sentence fills in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import itembank.qti
from itembank.qti.faults import Place, fault

FOLDER = Path(itembank.qti.__file__).parent
LOCALES = FOLDER.parent / "locale"
PLACED = re.compile(r"%\((\w+)\)s")
SAID = re.compile(r'msgid "qti\.fault\.(\w+)"\nmsgstr "(.*)"')
RAISERS = ("fault", "refusal", "refuse", "_fault")


def calls() -> Iterator[tuple[str, set[str]]]:
    """The code and the parameters of every call that makes a fault, where the code stands there."""
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[1] if called in RAISERS and len(node.args) > 1 else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value, {keyword.arg or "" for keyword in node.keywords}


def test_there_are_faults_to_say() -> None:
    assert len(dict(calls())) > 40


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_fault_is_said_and_gives_what_the_sentence_needs(language: str) -> None:
    said = dict(SAID.findall((LOCALES / language / "LC_MESSAGES" / "django.po").read_text()))
    for code, parameters in calls():
        assert code in said, code
        assert set(PLACED.findall(said[code])) <= parameters | {"name"}, code


def test_a_fault_fills_its_sentence() -> None:
    found = fault(Place("a.xml", 3), "misplaced", "p", inside="mapping")
    assert (found.key, found.where) == ("qti.fault.misplaced", "a.xml:3")
    assert found.words == {"name": "p", "inside": "mapping"}
