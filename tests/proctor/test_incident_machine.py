"""One episode is one incident, told when it has lasted, however the scores flicker."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctor.incidents import Episode, IncidentMachine, Observation
from proctor.policies import Policy, load_rules
from proctor.reports import Code, IncidentReport

POLICY = Policy(
    enter=0.4,
    exit=0.2,
    window=3,
    padding=2,
    minimum=3.0,
    merge_gap=5.0,
    cool_down=5.0,
    memory=12.0,
    update_every=10.0,
)
PLAIN = {Code.PHONE: POLICY}
Scored = Iterable[tuple[float, float | None]]


def run(machine: IncidentMachine, scores: Scored, code: Code = Code.PHONE) -> list[IncidentReport]:
    """Step through (time, score); None is time passing without a frame."""
    reports = []
    for at, score in scores:
        told = {} if score is None else {code: score}
        reports += machine.step(Observation(told), at)
    return reports


def phone(policy: Policy = POLICY) -> IncidentMachine:
    return IncidentMachine(7, {Code.PHONE: policy})


def steady(score: float, start: float, end: float) -> list[tuple[float, float | None]]:
    return [(start + n / 2, score) for n in range(round((end - start) * 2) + 1)]


def told(reports: Iterable[IncidentReport]) -> list[tuple[str, float]]:
    return [(report.phase, report.at) for report in reports]


def test_an_episode_is_raised_when_it_has_lasted_its_minimum_and_not_before() -> None:
    assert told(run(phone(), steady(0.5, 0, 2.5))) == []
    assert told(run(phone(), steady(0.5, 0, 3.0))) == [("raised", 3.0)]


def test_it_began_with_the_frame_that_made_the_median_rise() -> None:
    reports = run(phone(), [(0, 0.1), (0.5, 0.1), *steady(0.5, 1, 4)])
    assert [(report.started_at, report.at) for report in reports] == [(1.0, 4.0)]
    assert reports[0].uid == "7-PHONE-1000"


@pytest.mark.parametrize(("score", "count"), [(0.40, 1), (0.39, 0)])
def test_the_threshold_to_enter_counts_at_its_boundary(score: float, count: int) -> None:
    assert len(run(phone(), steady(score, 0, 4))) == count


@pytest.mark.parametrize(("score", "ends"), [(0.20, False), (0.19, True)])
def test_what_was_raised_lasts_down_to_the_lower_threshold(score: float, ends: bool) -> None:
    reports = run(phone(), [*steady(0.5, 0, 3), *steady(score, 3.5, 11)])
    assert ("ended" in {report.phase for report in reports}) is ends


def test_nothing_is_raised_on_a_frame_that_does_not_show_it() -> None:
    assert run(phone(), [*steady(0.5, 0, 2.5), (3.0, 0.0)]) == []
    assert told(run(phone(), [*steady(0.5, 0, 2.5), (3.0, 0.0), (3.5, 0.2)])) == [("raised", 3.5)]


def test_one_frame_proves_nothing() -> None:
    assert run(phone(), [(0, 0.9), *[(n / 2, 0.0) for n in range(1, 20)]]) == []


def test_one_missed_frame_in_three_changes_nothing() -> None:
    scores = [(n / 2, 0.0 if n % 3 == 2 else 0.5) for n in range(12)]
    assert [phase for phase, _ in told(run(phone(), scores))] == ["raised"]


@pytest.mark.parametrize(("gap", "count"), [(5.0, 1), (5.5, 2)])
def test_an_interruption_up_to_the_merge_gap_is_the_same_incident(gap: float, count: int) -> None:
    policy = Policy(0.4, 0.2, 1, 1, 3.0, 5.0, 0.0, 12.0, 100.0)
    scores = [*steady(0.5, 0, 4), *steady(0.0, 4.5, 3.5 + gap), *steady(0.5, 4 + gap, 12 + gap)]
    raised = [report for report in run(phone(policy), scores) if report.phase == "raised"]
    assert len({report.uid for report in raised}) == len(raised) == count


def test_an_end_is_told_at_the_time_it_was_last_seen() -> None:
    reports = run(phone(), [*steady(0.5, 0, 4), *steady(0.0, 4.5, 12)])
    assert told(reports) == [("raised", 3.0), ("ended", 4.5)]  # the median still holds at 4.5


def test_time_alone_ends_what_is_no_longer_observed() -> None:
    reports = run(phone(), [*steady(0.5, 0, 4), (16.0, None)])
    assert told(reports) == [("raised", 3.0)]
    reports = run(phone(), [*steady(0.5, 0, 4), (16.0, None), (16.5, None)])
    assert told(reports) == [("raised", 3.0), ("ended", 4.0)]


def test_frames_that_come_slowly_are_still_one_episode() -> None:
    scores = [(at, 0.5) for at in (0, 8, 16, 24)]
    ticks = [(at + 4.0, None) for at, _ in scores]
    reports = run(phone(), sorted([*scores, *ticks], key=lambda step: step[0]))
    assert told(reports) == [("raised", 8), ("updated", 24)]


@pytest.mark.parametrize(("cool_down", "second_at"), [(0.0, 20.0), (20.0, 29.0)])
def test_no_new_incident_is_raised_before_the_cool_down_is_over(cool_down: float, second_at: float) -> None:
    policy = Policy(0.4, 0.2, 1, 1, 3.0, 5.0, cool_down, 12.0, 100.0)
    reports = run(phone(policy), [*steady(0.5, 0, 4), *steady(0.0, 4.5, 16.5), *steady(0.5, 17, 40)])
    assert told(reports) == [("raised", 3.0), ("ended", 4.0), ("raised", second_at)]


def test_a_lasting_incident_is_told_again_at_its_interval() -> None:
    reports = run(phone(), steady(0.5, 0, 25))
    assert told(reports) == [("raised", 3.0), ("updated", 13.0), ("updated", 23.0)]


def test_frames_older_than_the_memory_do_not_count() -> None:
    fresh = [(100.0, 0.5)]
    assert phone_episodes([(0, 0.5), (0.5, 0.5), *fresh]) == []
    assert phone_episodes([(88.5, 0.5), *fresh]) == [88.5]


def phone_episodes(scores: Scored) -> list[float]:
    machine = phone()
    run(machine, scores)
    return [episode.started_at for episode in machine.episodes()]


def test_a_condition_that_began_before_it_was_observed_counts_from_then() -> None:
    machine = IncidentMachine(7, {Code.CAMERA_LOST: load_rules().policies[Code.CAMERA_LOST]})
    lost = Observation({Code.CAMERA_LOST: 1.0}, {Code.CAMERA_LOST: 100.0})
    assert machine.step(lost, 109.5) == []
    assert [(r.started_at, r.at) for r in machine.step(lost, 110.0)] == [(100.0, 110.0)]


def test_finishing_ends_what_was_raised_and_forgets_what_was_not() -> None:
    raised, pending = phone(), phone()
    run(raised, steady(0.5, 0, 3.5))
    run(pending, steady(0.5, 0, 2))
    assert told(raised.finish()) == [("ended", 3.5)]
    assert pending.finish() == raised.finish() == []


def test_an_episode_left_open_by_an_earlier_worker_goes_on() -> None:
    left = Episode("7-PHONE-1", 7, Code.PHONE, 0.001, 20.0, 20.0, 0.6, raised=True)
    machine = IncidentMachine(7, PLAIN, [left])
    reports = run(machine, steady(0.5, 22, 32))
    assert [(report.uid, report.phase) for report in reports] == [("7-PHONE-1", "updated")]


@pytest.mark.parametrize("wrong", [{"enter": 1.1}, {"exit": 0.5}, {"padding": 4}, {"minimum": -1.0}])
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    values = {name: getattr(POLICY, name) for name in Policy.__slots__}
    with pytest.raises(ValueError, match=r"hold|negative"):
        Policy(**{**values, **wrong})


STEPS = st.lists(
    st.tuples(st.floats(0.05, 4.0), st.one_of(st.none(), st.sampled_from([0.0, 0.15, 0.3, 0.5, 0.9]))),
    max_size=120,
)


@given(STEPS)
def test_every_incident_is_raised_once_then_updated_then_ended_once(steps: list[tuple[float, float]]) -> None:
    machine, at, reports = phone(), 0.0, []
    for pause, score in steps:
        at += pause
        reports += run(machine, [(at, score)])
    reports += machine.finish()
    for uid in {report.uid for report in reports}:
        mine = [report for report in reports if report.uid == uid]
        assert [report.phase for report in mine] == ["raised", *["updated"] * (len(mine) - 2), "ended"]
        assert [report.at for report in mine] == sorted(report.at for report in mine)
        assert all(report.at - report.started_at >= POLICY.minimum for report in mine)


@given(STEPS)
def test_incidents_of_one_code_never_overlap(steps: list[tuple[float, float]]) -> None:
    machine, at, reports = phone(), 0.0, []
    for pause, score in steps:
        at += pause
        reports += run(machine, [(at, score)])
    phases = [report.phase for report in reports if report.phase != "updated"]
    assert phases == ["raised", "ended"] * (len(phases) // 2) + ["raised"] * (len(phases) % 2)


@given(st.floats(0.4, 1.0), st.integers(8, 200), st.integers(0, 2))
def test_one_steady_episode_is_one_incident_at_any_pace(score: float, count: int, pace: int) -> None:
    step = (0.25, 0.5, 2.0)[pace]
    scores = [(n * step, score) for n in range(count)]
    quiet = [((count + n) * step, 0.0) for n in range(30)]
    raised = [report for report in run(phone(), [*scores, *quiet]) if report.phase == "raised"]
    assert len(raised) == (1 if (count - 1) * step >= POLICY.minimum else len(raised))
    assert len(raised) <= 1


@pytest.mark.parametrize(("looked_for", "ends"), [(5.0, []), (5.5, [("ended", 11.0)])])
def test_eyes_that_have_just_begun_to_look_may_settle_before_what_was_told_ends(
    looked_for: float, ends: list[tuple[str, float]]
) -> None:
    left = Episode("7-PHONE-1000", 7, Code.PHONE, 1.0, 10.0, 11.0, 0.5, raised=True)
    adopted = IncidentMachine(7, PLAIN, [left])
    assert told(run(adopted, steady(0.0, 14, 14 + looked_for))) == ends


def test_what_was_not_told_before_has_no_such_time() -> None:
    left = Episode("7-PHONE-1000", 7, Code.PHONE, 1.0, 10.0, 1.0, 0.5)
    adopted = IncidentMachine(7, PLAIN, [left])
    assert told(run(adopted, [(10.5, 0.0)])) == []
    assert adopted.episodes() == []
