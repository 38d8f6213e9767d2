"""`examserver items score`: a line out for every line in, whatever stands in it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.processing.batch import score_lines
from tests.scoring.processing.building import document
from tests.scoring.processing.pieces import SCORE, correct, response, template

NUMBER = document(response("RESPONSE", "single", "integer", correct("4")) + SCORE, template("match_correct"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one item in it and one beside it."""
    root = tmp_path / "items"
    (root / "deep").mkdir(parents=True)
    (root / "deep" / "number.xml").write_bytes(NUMBER)
    (root / "broken.xml").write_bytes(b"<qti-assessment-item>")
    (tmp_path / "outside.xml").write_bytes(NUMBER)
    return root


def line(given: Any, item: str = "deep/number.xml", **more: Any) -> bytes:
    return json.dumps({"id": 7, "item": item, "responses": {"RESPONSE": given}, **more}).encode()


def answers(root: Path, *lines: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    notes: list[str] = []
    found = [json.loads(answer) for answer in score_lines(lines, root, notes.append)]
    return found, notes


def test_every_line_is_answered_in_its_order(folder: Path) -> None:
    found, _ = answers(folder, line("4", id="a"), line("5", id="b"), line(["4"], id="c"))
    assert [one["id"] for one in found] == ["a", "b", "c"]
    assert [one["outcomes"] for one in found] == [
        {"completionStatus": "completed", "SCORE": score} for score in (1, 0, 1)
    ]


BROKEN = [
    (b"{", "line 1"),
    (b"[]", "line 1"),
    (b"\xff\xfe", "line 1"),
    (b'{"id": 7}', "line 1: Object missing required field `item`"),
    (line("4", item="not_there.xml"), "not_there.xml: No such file"),
    (line("4", item="deep"), "deep: Is a directory"),
    (line("4", item="../outside.xml"), "lies outside the folder"),
    (line("4", item="/etc/hostname"), "lies outside the folder"),
    (line("4", item="a\x00b"), "is no path"),
    (line("4", item="broken.xml"), "broken.xml"),
    (line(["4", "5"]), "RESPONSE: 2 values where one belongs"),
    (line(4), "RESPONSE: 4 is no text"),
]


@pytest.mark.parametrize(("broken", "told"), BROKEN)
def test_a_broken_line_is_an_error_and_the_next_one_is_scored(folder: Path, broken: bytes, told: str) -> None:
    found, _ = answers(folder, broken, line("4"))
    assert told in found[0]["error"]
    assert found[1]["outcomes"]["SCORE"] == 1


def test_a_link_that_leads_out_is_not_followed(folder: Path) -> None:
    (folder / "link.xml").symlink_to(folder.parent / "outside.xml")
    found, _ = answers(folder, line("4", item="link.xml"))
    assert "lies outside the folder" in found[0]["error"]


def test_a_text_that_is_no_number_is_noted(folder: Path) -> None:
    found, notes = answers(folder, line("four"))
    assert found[0]["outcomes"]["SCORE"] == 0
    assert notes == ["7: RESPONSE: 'four' is no integer and counts as not given"]


def command(batch: Path, folder: Path, *more: Any) -> subprocess.CompletedProcess[str]:
    """What the command does with a batch."""
    called = [sys.executable, "-m", "examserver", "items", "score", "--batch", batch, "--root", folder, *more]
    return subprocess.run(called, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_reads_a_file_and_writes_another(folder: Path, tmp_path: Path) -> None:
    batch, out = tmp_path / "batch.jsonl", tmp_path / "out.jsonl"
    batch.write_bytes(line("4") + b"\n\n" + line("3"))
    assert command(batch, folder, "--out", out).returncode == 0
    assert [json.loads(one)["outcomes"]["SCORE"] for one in out.read_text().splitlines()] == [1, 0]


def test_the_command_says_when_there_is_no_batch(folder: Path, tmp_path: Path) -> None:
    done = command(tmp_path / "none", folder)
    assert done.returncode == 1
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr
