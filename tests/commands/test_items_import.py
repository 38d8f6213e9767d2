"""`examserver items import` and `items export` as a script meets them: a process, JSON, exit statuses."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examserver.__main__ import main
from itembank.formats.registry import read
from tests.itembank.approved import approve_bank
from tests.itembank.formats.samples import SHEET

SLIDER = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="S" title="Slider"
  adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer">
  <qti-correct-response><qti-value>5</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body><qti-slider-interaction response-identifier="RESPONSE" lower-bound="0" upper-bound="9">
  <qti-prompt>How many?</qti-prompt></qti-slider-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>"""
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
GIFT = "::Rate::Which?{=24#Yes ~%-50%25}\n\nBroken{=a\n\nPi{#3.14:0.01}\n"


def items(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "examserver", "items", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "bank.gift"
    path.write_text(GIFT, "utf-8")
    return path


def test_a_dry_run_prints_what_would_be_taken_over(gift: Path) -> None:
    done = items("import", str(gift), "--dry-run", "--json", "--language", "en")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert told["items"][0] == {
        "type": "single",
        "title": "Rate",
        "prompt": "Which?",
        "choices": [
            {"text": "24", "fraction": 1, "feedback": "Yes"},
            {"text": "25", "fraction": -0.5, "feedback": ""},
        ],
        "answers": [],
        "pairs": [],
        "points": None,
    }
    assert told["items"][1]["answers"] == [{"value": 3.14, "tolerance": 0.01, "fraction": 1, "feedback": ""}]
    assert [(one["where"], one["code"]) for one in told["errors"]] == [
        ("bank.gift:3", "gift_brace_not_closed")
    ]


def test_a_file_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    done = items("import", str(tmp_path / "none.gift"), "--dry-run")
    assert (done.returncode, "Traceback" in done.stderr, done.stderr.count("\n")) == (2, False, 1)


def test_without_a_level_nothing_is_taken_over(gift: Path) -> None:
    assert items("import", str(gift)).returncode == 2


@pytest.mark.parametrize("format", ["moodle", "gift", "sheet", "qti3", "qti2.2"])
def test_a_file_is_written_in_every_format(gift: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    done = items("export", "--format", format, "--from", str(gift), "--out", str(out), "--json")
    assert (done.returncode, json.loads(done.stdout)["items"]) == (0, 2)
    assert [one.type for one in read(out.read_bytes(), "out").questions] == ["single", "numeric"]


@pytest.mark.django_db
def test_questions_are_taken_over_for_review_and_a_second_time_nothing_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(SHEET, "utf-8")
    assert main(["items", "import", str(path), "--level", "3", "--language", "en"]) == 0
    assert "8 new, 0 changed, 0 as before" in capsys.readouterr().out
    assert main(["items", "import", str(path), "--level", "3", "--language", "en"]) == 0
    assert "0 new, 0 changed, 8 as before" in capsys.readouterr().out


@pytest.mark.django_db
def test_of_a_file_with_errors_nothing_is_taken_over_unless_asked_for(
    gift: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["items", "import", str(gift), "--level", "3", "--language", "en"]) == 1
    assert "Nothing was taken over" in capsys.readouterr().err
    assert main(["items", "import", str(gift), "--level", "3", "--good", "--language", "en"]) == 0
    assert "2 new" in capsys.readouterr().out


@pytest.mark.django_db
def test_approved_items_of_a_level_are_written_as_they_came(tmp_path: Path) -> None:
    path, out = tmp_path / "bank.csv", tmp_path / "bank.xlsx"
    path.write_text(SHEET, "utf-8")
    main(["items", "import", str(path), "--level", "3"])
    assert main(["items", "export", "--format", "sheet", "--bank", "3", "--out", str(out)]) == 2
    approve_bank(NOW)
    assert main(["items", "export", "--format", "sheet", "--bank", "3", "--out", str(out)]) == 0
    came, went = read(path.read_bytes(), "a.csv").questions, read(out.read_bytes(), "a.xlsx").questions
    assert sorted(one.type for one in went) == sorted(one.type for one in came)
    assert {one.prompt for one in went} == {one.prompt for one in came}


@pytest.mark.django_db
def test_a_question_that_can_be_no_item_is_named_and_the_others_taken_where_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bank.gift"
    path.write_text("Only a note.\n\nIs it?{T}\n", "utf-8")
    assert main(["items", "import", str(path), "--level", "3", "--language", "en"]) == 1
    named = next(line for line in capsys.readouterr().err.split("\n") if line.startswith("bank.gift:1: "))
    assert "bank.refused" not in named
    assert main(["items", "import", str(path), "--level", "3", "--good", "--language", "en"]) == 0
    assert "1 new" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_item_that_no_neutral_question_can_say_is_taken_over_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "slider.xml"
    path.write_text(SLIDER, "utf-8")
    assert main(["items", "import", str(path), "--level", "3", "--language", "en"]) == 0
    assert "1 new" in capsys.readouterr().out
