"""Whatever a file of marks holds, it becomes a sheet or a BadSheet that names the file."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.statistics.items import item_figures
from scoring.statistics.papers import paper_figures
from scoring.statistics.reading.files import read_sheet
from scoring.statistics.sheet import BadSheet
from scoring.statistics.wire import report_json

HEADERS = (
    "who,Q1,Q2",
    "slot,mark,variant",
    "slot,mark,attempt,questionid,maxmark,sumgrades",
    "quizattempt,responses.1.answer,variants.1,randqs.1",
)
CELLS = st.sampled_from(
    ["", "1", "2", "0", "-1", "1e308", "1e-320", "x", "max", "nan", '"', "1.5", "99999999999", "甲"]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6).map(",".join), max_size=8)
QUESTIONS = "slot,type,which,mark\n1,numerical,,1\n2,shortanswer,,2\n"


def read(folder: Path, data: bytes) -> None:
    path = folder / "steps1.csv"
    path.write_bytes(data)
    (folder / "questions1.csv").write_text(QUESTIONS, encoding="utf-8")
    try:
        sheet = read_sheet(path)
    except BadSheet:
        return
    items = item_figures(sheet)
    json.dumps(report_json(items, paper_figures(sheet, items)), allow_nan=False)


@given(header=st.sampled_from(HEADERS), rows=ROWS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_of_anything_are_read_or_refused(tmp_path: Path, header: str, rows: list[str]) -> None:
    read(tmp_path, "\n".join([header, *rows]).encode())


@given(st.binary(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_of_anything_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    read(tmp_path, data)


def test_a_questions_file_of_anything_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "steps1.csv").write_text("quizattempt,a\n1,2\n", encoding="utf-8")
    (tmp_path / "questions1.csv").write_text("slot,kind\n1,2\n", encoding="utf-8")
    with pytest.raises(BadSheet, match=r"questions1\.csv: column_missing: mark, type"):
        read_sheet(tmp_path / "steps1.csv")
