"""What is not reported for a while: when an empty seat counts again after a leave, with the real detectors."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from proctor.bus import Watch
from proctor.loading import load_detectors
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.reports import Code, IncidentReport
from tests.proctor.made import frame

FRAMES_A_SECOND = 1
AT_WORK = Watch(1, 0.0)
AWAY = Watch(1, 0.0, frozenset({"SEAT_EMPTY"}))
WITH_PHONE = Watch(1, 0.0, frozenset({"PHONE"}))

Part = tuple[str, float, Watch]


@pytest.fixture(scope="module")
def detectors(models_dir: Path) -> Detectors:
    return load_detectors(models_dir)


@pytest.fixture
def pipeline(detectors: Detectors) -> Pipeline:
    return Pipeline(detectors, load_rules())


def play(pipeline: Pipeline, *parts: Part) -> list[IncidentReport]:
    """Show scenes one after another, each for so many seconds under its watch."""
    return [report for reports in turns(pipeline, parts) for report in reports]


def turns(pipeline: Pipeline, parts: tuple[Part, ...]) -> Iterator[list[IncidentReport]]:
    plan = [(name, watch) for name, seconds, watch in parts for _ in range(round(seconds * FRAMES_A_SECOND))]
    for seq, (name, watch) in enumerate(plan):
        shown = replace(frame(name=name, at=seq / FRAMES_A_SECOND), seq=seq)
        yield pipeline.analyse(shown, watch).reports


def told(reports: list[IncidentReport]) -> list[tuple[Code, str, float]]:
    """Beginnings and ends."""
    return [(one.code, one.phase, one.at) for one in reports if one.phase in ("raised", "ended")]


def test_a_leave_covers_an_absence_of_any_length(pipeline: Pipeline) -> None:
    assert told(play(pipeline, ("person", 3, AT_WORK), ("empty", 30, AWAY), ("person", 5, AT_WORK))) == []


@pytest.mark.parametrize(("after", "raised"), [(15.0, 0), (16.0, 1)])
def test_absence_counts_anew_from_the_end_of_the_leave(pipeline: Pipeline, after: float, raised: int) -> None:
    """The frame of the 13th second is the first that counts, the one 15 s later the first that may tell."""
    reports = play(pipeline, ("person", 3, AT_WORK), ("empty", 10, AWAY), ("empty", after, AT_WORK))
    assert told(reports) == [(Code.SEAT_EMPTY, "raised", 28.0)] * raised
    assert {report.started_at for report in reports} == ({13.0} if raised else set())


def test_a_leave_granted_just_before_the_flag_takes_the_absence_back(pipeline: Pipeline) -> None:
    """14 s without a person, then a leave of 10 s: what was before it is not added to what is after."""
    before = ("person", 3.0, AT_WORK), ("empty", 15.0, AT_WORK), ("empty", 10.0, AWAY)
    assert told(play(pipeline, *before, ("empty", 15.0, AT_WORK))) == []


def test_an_absence_that_was_reported_ends_with_the_leave_and_comes_again_after_it(
    pipeline: Pipeline,
) -> None:
    day = ("person", 3.0, AT_WORK), ("empty", 16.0, AT_WORK), ("empty", 20.0, AWAY), ("empty", 16.0, AT_WORK)
    reports = play(pipeline, *day)
    assert [phase for _, phase, _ in told(reports)] == ["raised", "ended", "raised"]
    assert [report.started_at for report in reports if report.phase == "raised"] == [3.0, 39.0]


def test_somebody_else_at_the_desk_is_seen_during_a_leave(pipeline: Pipeline) -> None:
    reports = play(pipeline, ("person", 3, AT_WORK), ("empty", 5, AWAY), ("second", 6, AWAY))
    assert [code for code, phase, _ in told(reports) if phase == "raised"] == [Code.EXTRA_PERSON]


def test_a_phone_that_is_equipment_is_not_told_and_one_that_no_longer_is_counts_anew(
    pipeline: Pipeline,
) -> None:
    shown = ("person", 3.0, WITH_PHONE), ("phone", 8.0, WITH_PHONE)
    assert told(play(pipeline, *shown)) == []
    assert told(play(pipeline, *shown, ("phone", 4.0, AT_WORK)))[0][:2] == (Code.PHONE, "raised")
