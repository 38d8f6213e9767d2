"""Moodle's own simulated attempts give Moodle's own figures."""

import csv
import json
from pathlib import Path

import pytest

from examserver.__main__ import main
from tests.support.fixtures import fixtures

FOLDER = "moodle/mod/quiz/report/statistics/tests/fixtures"
NAMES = ("slot", "subqname", "variant")
# mod/quiz/report/statistics/tests/stats_from_steps_walkthrough_test.php, quiz 00
PAPER = {
    "median": 4.5,
    "firstattemptsavg": 4.617333332,
    "allattemptsavg": 4.617333332,
    "firstattemptscount": 25,
    "allattemptscount": 25,
    "standarddeviation": 0.8117265554,
    "skewness": -0.092502502,
    "kurtosis": -0.7073968557,
    "cic": -87.2230935542,
    "errorratio": 136.8294900795,
    "standarderror": 1.1106813066,
}

pytestmark = pytest.mark.conformance


def report(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, object]:
    assert main(["items", "statistics", str(path), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_every_figure_of_every_item_is_moodles(capsys: pytest.CaptureFixture[str]) -> None:
    folder = fixtures(FOLDER)
    found = report(capsys, folder / "steps00.csv")
    rows = {tuple(str(one[name] or "") for name in NAMES): one for one in found["items"]}  # type: ignore[attr-defined]
    with (folder / "qstats00.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 10
    for row in expected:
        ours = rows[tuple(row[name] for name in NAMES)]
        for name, text in row.items():
            if name not in NAMES and text not in ("", "**NULL**"):
                assert ours[name] == pytest.approx(float(text), abs=1e-6), (row["slot"], name)


def test_every_figure_of_the_paper_is_moodles(capsys: pytest.CaptureFixture[str]) -> None:
    paper = report(capsys, fixtures(FOLDER) / "steps00.csv")["paper"]
    for name, value in PAPER.items():
        assert paper[name] == pytest.approx(value, abs=1e-6), name  # type: ignore[index]
