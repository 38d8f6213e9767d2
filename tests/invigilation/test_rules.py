"""States, the pace of frames and the state of cameras: pure, at both sides of each boundary."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from examserver.invigilation.camera import CameraFacts, CameraState, camera_state
from examserver.invigilation.pace import BURST, Pace
from examserver.invigilation.states import (
    CASE_MOVES,
    CONFIRMED_CASES,
    INCIDENT_MOVES,
    REMINDER_MOVES,
    CaseState,
    IncidentState,
    ReminderState,
)
from examserver.invigilation.telemetry import watched_since
from tests.delivery.conftest import START

NOW = 1_774_659_600.0


@pytest.mark.parametrize(
    ("moves", "states"),
    [(INCIDENT_MOVES, IncidentState), (REMINDER_MOVES, ReminderState), (CASE_MOVES, CaseState)],
)
def test_every_state_has_its_row_of_moves(moves: Mapping[Any, frozenset[Any]], states: type[StrEnum]) -> None:
    assert set(moves) == set(states)
    assert all(targets <= set(states) for targets in moves.values())


def test_nothing_is_confirmed_past_a_proposal() -> None:
    doors = {source for source, targets in CASE_MOVES.items() if targets & CONFIRMED_CASES}
    assert doors - CONFIRMED_CASES == {CaseState.PROPOSED}


def test_a_dismissed_incident_stays_dismissed() -> None:
    assert not INCIDENT_MOVES[IncidentState.DISMISSED]
    assert not INCIDENT_MOVES[IncidentState.ATTACHED]


def test_a_burst_is_read_and_the_frame_after_it_is_not() -> None:
    pace = Pace(0.5, NOW)
    assert [pace.allows(NOW) for _ in range(int(BURST) + 1)] == [True] * int(BURST) + [False]


@pytest.mark.parametrize(("gap", "allowed"), [(0.44, False), (0.46, True), (0.5, True)])
def test_a_drained_page_must_keep_the_interval_less_a_tenth(gap: float, allowed: bool) -> None:
    pace = Pace(0.5, NOW, room=0.0)
    assert pace.allows(NOW + gap) is allowed


def test_a_page_that_keeps_the_interval_is_never_refused() -> None:
    pace = Pace(0.5, NOW)
    assert all(pace.allows(NOW + 0.499 * n) for n in range(1000))


def test_without_an_interval_every_frame_is_read() -> None:
    pace = Pace(0.0, NOW)
    assert all(pace.allows(NOW) for _ in range(1000))


@pytest.mark.parametrize(
    ("age", "state"),
    [(2.9, CameraState.LIVE), (3.0, CameraState.STALE), (9.9, CameraState.STALE), (10.0, CameraState.LOST)],
)
def test_a_watched_camera_grows_stale_and_is_lost(age: float, state: CameraState) -> None:
    facts = CameraFacts(NOW - age, NOW - 0.5, NOW - 60)
    assert camera_state(facts, NOW) is state


@pytest.mark.parametrize(("age", "state"), [(3.9, CameraState.LIVE), (4.0, CameraState.NOT_ANALYSED)])
def test_frames_that_nobody_analyses_are_told_from_a_dead_camera(age: float, state: CameraState) -> None:
    assert camera_state(CameraFacts(NOW, NOW - age, NOW - 60), NOW) is state


def test_a_camera_that_never_worked_is_lost_ten_seconds_after_the_start() -> None:
    assert camera_state(CameraFacts(0, 0, NOW - 9.9), NOW) is CameraState.STALE
    assert camera_state(CameraFacts(0, 0, NOW - 10), NOW) is CameraState.LOST


def test_an_unwatched_camera_is_off_or_live_and_never_lost() -> None:
    assert camera_state(CameraFacts(0, 0, 0), NOW) is CameraState.OFF
    assert camera_state(CameraFacts(NOW - 60, 0, 0), NOW) is CameraState.OFF
    assert camera_state(CameraFacts(NOW - 1, 0, 0), NOW) is CameraState.LIVE


@pytest.mark.parametrize(
    ("state", "waived", "watched"),
    [
        ("IN_PROGRESS", False, True),
        ("IN_PROGRESS", True, False),
        ("PAUSED", False, False),
        ("SUBMITTED", False, False),
    ],
)
def test_only_a_candidate_at_work_in_front_of_a_camera_is_watched(
    state: str, waived: bool, watched: bool
) -> None:
    assert watched_since(state, START, waived) == (START.timestamp() if watched else 0.0)
