"""`examserver items statistics`: figures or one line that says what is wrong."""

import json
from pathlib import Path

import pytest

from examserver.__main__ import main


def test_a_matrix_prints_items_by_slot_and_the_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("who,Q1,2\nA,1,0\nB,0,1\nC,1,1\n", encoding="utf-8")
    assert main(["items", "statistics", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["slot"] for one in found["items"]] == ["Q1", 2]
    assert found["items"][0]["facility"] == pytest.approx(2 / 3)
    assert found["paper"]["s"] == 3


def test_without_json_a_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("who,Q1,Q2\nA,1,0\nB,0,1\n", encoding="utf-8")
    assert main(["items", "statistics", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "Q1\t2\t0.5000" in printed
    assert "kurtosis\t\n" in printed


@pytest.mark.parametrize("text", [None, "who,Q1\nA,one\n"])
def test_a_file_that_cannot_be_read_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    path = tmp_path / "marks.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert main(["items", "statistics", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "marks.csv" in err
