"""Sessions with known events are scored event by event."""

import json
from pathlib import Path

import pytest

from proctor.cli import main
from proctor.evaluation import AFTER, BEFORE, Alert, Event, belongs, evaluate, match, read_sessions
from proctor.loading import load_detectors
from proctor.policies import load_rules
from proctor.reports import Code
from tests.proctor.made import jpeg

EVENT = Event(Code.PHONE, 10.0, 20.0)


@pytest.mark.parametrize(
    ("start", "told", "expected"),
    [
        (9.0, 10.0 - BEFORE, True),
        (7.0, 10.0 - BEFORE - 0.1, False),
        (20.0 + AFTER, 30.0, True),
        (20.1 + AFTER, 30.0, False),
    ],
)
def test_an_alert_belongs_to_an_event_within_its_collar(start: float, told: float, expected: bool) -> None:
    assert belongs(Alert(Code.PHONE, start, told), EVENT) is expected


def test_a_second_alert_within_an_event_is_neither_found_nor_false() -> None:
    alerts = [Alert(Code.PHONE, at, at + 3) for at in (11.0, 16.0, 60.0)]
    outcome = match(Code.PHONE, [EVENT, Event(Code.PHONE, 100.0, 110.0)], alerts)
    assert (outcome.events, outcome.delays, outcome.false_alarms) == (2, (4.0,), 1)


def test_an_alert_of_another_code_is_a_miss_and_a_false_alarm() -> None:
    alerts = [Alert(Code.BOOK_NOTES, 11.0, 14.0)]
    assert match(Code.PHONE, [EVENT], alerts).found == 0
    assert match(Code.BOOK_NOTES, [EVENT], alerts).false_alarms == 1


def test_a_recorded_session_is_played_and_scored(
    tmp_path: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = ["person"] * 8 + ["phone"] * 12 + ["person"] * 8
    (tmp_path / "one").mkdir()
    for number, name in enumerate(plan):
        (tmp_path / "one" / f"{number:06d}.jpg").write_bytes(jpeg(name, number % 8 / 2))
    truth = [{"code": "PHONE", "start": 4.0, "end": 10.0}, {"code": "OTHER", "start": 0, "end": 1}]
    row = {"id": "s", "fps": 2, "frames": "one", "truth": truth}
    (tmp_path / "manifest.json").write_text(json.dumps({"sessions": [row]}))
    sessions = read_sessions(tmp_path / "manifest.json", ["s"])
    outcomes = {one.code: one for one in evaluate(sessions, load_detectors(models_dir), load_rules())}
    assert (outcomes[Code.PHONE].events, outcomes[Code.PHONE].delays) == (1, (3.0,))
    assert sum(one.false_alarms for one in outcomes.values()) == 0
    assert main(["--models", str(models_dir), "evaluate", str(tmp_path / "manifest.json")]) == 0
    assert "PHONE: 1 of 1 found, 0 false, after 3.0 s" in capsys.readouterr().out


def test_a_manifest_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    assert main(["evaluate", str(tmp_path / "missing.json")]) == 2
