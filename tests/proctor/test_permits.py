"""What is not reported for a while: when an empty seat counts again after a leave, with the real detectors."""

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

AT_WORK = Watch(1, 0.0)
AWAY = Watch(1, 0.0, frozenset({"SEAT_EMPTY"}))
WITH_PHONE = Watch(1, 0.0, frozenset({"PHONE"}))

RULES = load_rules()
EMPTY = round(RULES.policies[Code.SEAT_EMPTY].minimum)
PHONE = RULES.policies[Code.PHONE].minimum
Part = tuple[str, int, Watch]


@pytest.fixture(scope="module")
def detectors(models_dir: Path) -> Detectors:
    return load_detectors(models_dir)


@pytest.fixture
def pipeline(detectors: Detectors) -> Pipeline:
    return Pipeline(detectors, RULES)


def play(pipeline: Pipeline, *parts: Part) -> list[IncidentReport]:
    """Show scenes one after another, a frame a second, each for so many seconds under its watch."""
    plan = [(name, watch) for name, seconds, watch in parts for _ in range(seconds)]
    return [one for at, (name, watch) in enumerate(plan) for one in show(pipeline, name, at, watch)]


def show(pipeline: Pipeline, name: str, at: int, watch: Watch = AT_WORK) -> list[IncidentReport]:
    return pipeline.analyse(replace(frame(name=name, at=float(at)), seq=at), watch).reports


def told(reports: list[IncidentReport]) -> list[tuple[Code, str, float]]:
    """Beginnings and ends."""
    return [(one.code, one.phase, one.at) for one in reports if one.phase in ("raised", "ended")]


def test_a_leave_covers_an_absence_of_any_length(pipeline: Pipeline) -> None:
    assert told(play(pipeline, ("person", 3, AT_WORK), ("empty", 30, AWAY), ("person", 5, AT_WORK))) == []


@pytest.mark.parametrize(("more", "raised"), [(0, 0), (1, 1)])
def test_absence_counts_anew_from_the_end_of_the_leave(pipeline: Pipeline, more: int, raised: int) -> None:
    """The frame of the 23rd second is the first that counts; the one that is the minimum later may tell."""
    last = ("empty", EMPTY + more, AT_WORK)
    reports = play(pipeline, ("person", 3, AT_WORK), ("empty", 20, AWAY), last)
    assert told(reports) == [(Code.SEAT_EMPTY, "raised", 23.0 + EMPTY)] * raised
    assert {report.started_at for report in reports} == ({23.0} if raised else set())


def test_what_was_before_a_leave_is_not_added_to_what_is_after(pipeline: Pipeline) -> None:
    """Nearly long enough to tell on both sides of ten seconds of leave."""
    before = ("person", 3, AT_WORK), ("empty", EMPTY, AT_WORK), ("empty", 10, AWAY)
    assert told(play(pipeline, *before, ("empty", EMPTY, AT_WORK))) == []


def test_an_absence_that_was_reported_ends_with_the_leave_and_comes_again_after_it(
    pipeline: Pipeline,
) -> None:
    day = (
        ("person", 3, AT_WORK),
        ("empty", EMPTY + 1, AT_WORK),
        ("empty", 30, AWAY),
        ("empty", EMPTY + 1, AT_WORK),
    )
    reports = play(pipeline, *day)
    assert [phase for _, phase, _ in told(reports)] == ["raised", "ended", "raised"]
    assert [one.started_at for one in reports if one.phase == "raised"] == [3.0, 3.0 + EMPTY + 1 + 30]


def test_somebody_else_at_the_desk_is_seen_during_a_leave(pipeline: Pipeline) -> None:
    reports = play(pipeline, ("person", 3, AT_WORK), ("empty", 5, AWAY), ("second", 6, AWAY))
    assert [code for code, phase, _ in told(reports) if phase == "raised"] == [Code.EXTRA_PERSON]


def test_a_phone_that_is_equipment_is_not_told(pipeline: Pipeline) -> None:
    assert told(play(pipeline, ("person", 3, WITH_PHONE), ("phone", 12, WITH_PHONE))) == []


def test_a_phone_that_may_no_longer_be_there_counts_from_then_and_not_from_when_it_came(
    pipeline: Pipeline,
) -> None:
    play(pipeline, ("person", 3, WITH_PHONE), ("phone", 9, WITH_PHONE))
    reports = [one for second in range(12, 24) for one in show(pipeline, "phone", second)]
    [raised] = [one for one in reports if one.phase == "raised"]
    assert (raised.code, raised.started_at >= 12.0, raised.at - raised.started_at >= PHONE) == (
        Code.PHONE,
        True,
        True,
    )
