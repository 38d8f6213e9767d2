"""The ledger says of every requirement which tests show it, and calls a gap a gap."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.requirements_ledger import (
    WANTED,
    Claim,
    FaultyMark,
    Row,
    Standing,
    claims_of,
    open_codes,
    printed,
    rows,
)

ROOT = Path(__file__).parents[2]
TESTS = """
import pytest
pytestmark = pytest.mark.requirement("REQ-1")

@pytest.mark.requirement("REQ-40", "S11")
@pytest.mark.parametrize("one", [1, 2])
def test_whole(one): ...

@pytest.mark.requirement("REQ-41", partly=True)
def test_part(): ...
"""


def ledger(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The tool as a person starts it, on the tests of `folder` alone."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))}
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  requirement\n")
    command = [sys.executable, "-m", "tools.requirements_ledger", *arguments, str(folder)]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)


def test_the_marks_on_tests_are_listed_and_a_gap_fails_when_it_is_asked_to(tmp_path: Path) -> None:
    (tmp_path / "test_marked.py").write_text(TESTS)
    said = ledger(tmp_path, "--strict")
    lines = {line[:8].strip(): line[8:] for line in said.stdout.splitlines()}
    assert lines["REQ-40"] == "shown    test_marked.py::test_whole"
    assert lines["S11"] == "shown    test_marked.py::test_whole"
    assert lines["REQ-41"] == "in part  test_marked.py::test_part (in part)"
    assert lines["REQ-42"] == "GAP"
    assert said.returncode == 1
    assert "REQ-41, REQ-42" in said.stderr


def test_tests_that_cannot_be_collected_are_no_empty_list(tmp_path: Path) -> None:
    (tmp_path / "test_broken.py").write_text("import nothing_of_that_name")
    said = ledger(tmp_path)
    assert said.returncode == 2
    assert "nothing_of_that_name" in said.stderr
    assert not said.stdout


@pytest.mark.parametrize(
    "mark",
    [
        pytest.mark.requirement("REQ-107"),
        pytest.mark.requirement("S61"),
        pytest.mark.requirement("req-1"),
        pytest.mark.requirement("REQ-1", part=True),
        pytest.mark.requirement(),
    ],
)
def test_a_mark_that_names_no_requirement_is_an_error(mark: pytest.MarkDecorator) -> None:
    with pytest.raises(FaultyMark, match="test_it"):
        list(claims_of("tests/test_it.py::test_it[1]", mark.mark))


def test_one_whole_claim_shows_a_requirement_and_parts_do_not() -> None:
    part, whole = Claim("REQ-1", "a", partly=True), Claim("REQ-1", "b", partly=False)
    standings = [Row("REQ-1", claims).standing for claims in ((), (part, part), (part, whole))]
    assert standings == [Standing.GAP, Standing.IN_PART, Standing.SHOWN]


def test_nothing_is_open_when_and_only_when_all_is_shown_whole() -> None:
    claims = [Claim(code, "a", partly=False) for code in WANTED]
    assert open_codes(rows(claims)) == []
    assert open_codes(rows(claims[1:])) == ["REQ-1"]
    assert open_codes(rows([*claims[1:], Claim("REQ-1", "a", partly=True)])) == ["REQ-1"]


def test_wanted_is_what_lies_between_application_and_certificate() -> None:
    assert len(WANTED) == len(set(WANTED)) == 86 + 29
    assert {"REQ-83", "REQ-104", "S15", "S47"} < set(WANTED)
    assert {"REQ-84", "REQ-103", "S16", "S46"}.isdisjoint(WANTED)


def test_the_order_is_that_of_the_requirements_and_the_count_is_last() -> None:
    lines = list(printed(rows([Claim("REQ-84", "t", partly=False)])))
    heads = [line.split()[0] for line in lines]
    assert heads[82:85] == ["REQ-83", "REQ-84", "REQ-104"]
    assert lines[-1] == "116 requirements: 1 shown, 0 in part, 115 GAP"
