"""`items assemble`: papers as JSON, a refusal with its cause, and the blocking rule in words of both languages."""

import json
from pathlib import Path

import pytest

from examserver.__main__ import main

BANK = "ID,type,point\n" + "".join(f"Q{n},{('single', 'multiple')[n % 2]},P{n % 3}\n" for n in range(24))
PLAN = "forms = 2\nseed = 5\n[[sections]]\nid = 'S1'\nwhere = 'type == \"single\"'\ncount = {count}\npoints = 1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank beside a blueprint that it can meet and one that it cannot."""
    (tmp_path / "bank.csv").write_text(BANK, "utf-8")
    (tmp_path / "good.toml").write_text(PLAN.format(count=6), "utf-8")
    (tmp_path / "much.toml").write_text(PLAN.format(count=13), "utf-8")
    (tmp_path / "bad.toml").write_text("forms = 'two'", "utf-8")
    return tmp_path


def run(folder: Path, name: str, *more: str) -> int:
    """The exit status of the command."""
    return main(["items", "assemble", str(folder / name), "--bank", str(folder / "bank.csv"), *more])


def test_papers_come_as_json_with_seed_solver_and_checks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "good.toml", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    first, second = (form["items"] for form in found["forms"])
    assert (found["status"], found["seed"], len(first), set(first) & set(second)) == ("solved", 5, 6, set())
    assert found["forms"][0]["sections"][0]["items"] == first
    assert found["solver"].startswith("HiGHS, scipy 1.")
    assert found["checks"]
    assert all(check["holds"] for check in found["checks"])


def test_another_seed_gives_other_papers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = []
    for seed in ("1", "1", "2"):
        run(folder, "good.toml", "--json", "--seed", seed)
        papers.append(json.loads(capsys.readouterr().out)["forms"])
    assert papers[0] == papers[1] != papers[2]


@pytest.mark.parametrize(("language", "words"), [("zh", "至少要 13"), ("en", "at least 13 wanted")])
def test_the_rule_that_blocks_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert run(folder, "much.toml", "--json", "--language", language) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "infeasible"
    (one,) = [one for one in found["blocking"] if one["rule"] == "S1"]
    assert (one["wanted"], one["possible"]) == (13, 6)  # of twelve, for two papers
    assert words in one["message"]


def test_bad_input_is_refused_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "bad.toml") == 2
    assert "forms" in capsys.readouterr().err
    assert run(folder, "none.toml", "--json") == 2
    assert json.loads(capsys.readouterr().out)["status"] == "refused"
