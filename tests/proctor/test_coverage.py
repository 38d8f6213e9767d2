"""Every second has exactly one cause."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from proctor.coverage import (
    SPACING,
    Cause,
    Gap,
    Look,
    Run,
    Span,
    Stretch,
    account,
    gaps,
    present_gap,
    seconds_of,
    total,
)

OPEN = Stretch(100.0, 110.0, open=True)
QUIET = Look(at=0.0, received=5, holder=7)


def looks(*changes: dict[str, int], first: int = 99) -> list[Look]:
    """One look a second from `first` on; each dictionary is what changes by the next look."""
    found = [replace(QUIET, at=float(first))]
    for change in changes:
        last = found[-1]
        more = {name: getattr(last, name) + count for name, count in change.items()}
        found.append(replace(last, at=last.at + 1, **more))
    return found


def causes(spans: list[Span]) -> list[tuple[int, Cause]]:
    return [(span.seconds, span.cause) for span in spans]


def test_seconds_between_frames_are_analysed_and_nothing_else_is() -> None:
    spans = account(replace(OPEN, began=98.0), [Run(101.5, 105.0)], [])
    assert spans == [
        Span(98, 102, Cause.NO_FRAME),
        Span(102, 105, Cause.ANALYSED),
        Span(105, 110, Cause.NO_FRAME),
    ]


def test_the_beginning_stands_for_a_frame_up_to_two_seconds_before_the_first() -> None:
    near, far = Run(100.0 + SPACING, 110.0), Run(100.1 + SPACING, 110.0)
    assert causes(account(OPEN, [near], [])) == [(10, Cause.ANALYSED)]
    assert causes(account(OPEN, [far], [])) == [(3, Cause.NO_FRAME), (7, Cause.ANALYSED)]


def test_the_end_stands_for_a_frame_only_when_it_is_one() -> None:
    run = Run(100.0, 110.0 - SPACING)
    assert causes(account(replace(OPEN, open=False), [run], [])) == [(10, Cause.ANALYSED)]
    assert causes(account(OPEN, [run], [])) == [(8, Cause.ANALYSED), (2, Cause.NO_FRAME)]
    early = replace(run, ended=run.ended - 0.1)
    assert causes(account(replace(OPEN, open=False), [early], []))[-1] == (3, Cause.NO_FRAME)


def test_only_whole_seconds_count_and_only_those_not_written_yet() -> None:
    assert list(seconds_of(Stretch(100.2, 103.9))) == [101, 102]
    assert list(seconds_of(Stretch(100.2, 103.9), since=102)) == [102]
    assert account(Stretch(100.2, 100.9), [], []) == []


def test_each_fault_is_named_by_what_befell_the_frames() -> None:
    one = Stretch(101.0, 102.0, open=True)
    faults = {
        Cause.TIMED_OUT: {"timed_out": 1, "dropped": 1},
        Cause.REFUSED: {"refused": 1, "dropped": 1},
        Cause.LATE: {"late": 1, "dropped": 1},
        Cause.DROPPED: {"dropped": 1},
        Cause.NO_FRAME: {},
    }
    for cause, change in faults.items():
        seen = looks({}, {}, {"received": 2, **change}, {})
        assert causes(account(one, [], seen)) == [(1, cause)]


def test_a_frame_that_waits_with_nobody_taking_it_is_late() -> None:
    waiting = [replace(QUIET, at=100.0), replace(QUIET, at=102.0, received=6, waiting=True)]
    assert causes(account(Stretch(101.0, 102.0, open=True), [], waiting)) == [(1, Cause.LATE)]


def test_no_worker_or_another_one_is_the_cause_only_while_frames_come() -> None:
    seen = looks({"received": 2}, {"received": 2, "dropped": 1}, {"received": 2})
    second = Stretch(100.0, 101.0, open=True)
    for holders in ((0, 0, 0, 0), (7, 0, 7, 7), (7, 7, 8, 8)):
        down = [replace(look, holder=holder) for look, holder in zip(seen, holders, strict=True)]
        assert causes(account(second, [], down)) == [(1, Cause.WORKER_DOWN)]
        silent = [replace(look, received=5) for look in down]
        assert causes(account(second, [], silent)) == [(1, Cause.NO_FRAME)]
    assert causes(account(second, [], seen)) == [(1, Cause.DROPPED)]


def test_a_worker_that_hangs_times_out_at_all_its_seats() -> None:
    seen = looks({"received": 2}, {"received": 2, "dropped": 2}, {"received": 2, "dropped": 2})
    hung = [*seen[:2], replace(seen[2], stuck=True), seen[3]]
    assert causes(account(Stretch(100.0, 101.0, open=True), [], hung)) == [(1, Cause.TIMED_OUT)]


def test_what_nobody_saw_is_no_frame() -> None:
    seen = looks({"received": 2, "dropped": 2})
    assert causes(account(Stretch(120.0, 125.0, open=True), [], seen)) == [(5, Cause.NO_FRAME)]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.floats(90, 130), st.floats(0, 9)), max_size=5),
    st.floats(95, 115),
    st.floats(0, 20),
    st.integers(95, 130),
)
def test_every_second_has_exactly_one_cause(
    pairs: list[tuple[float, float]], began: float, lasted: float, since: int
) -> None:
    stretch = Stretch(began, began + lasted)
    spans = account(stretch, [Run(at, at + long) for at, long in pairs], [], since)
    told = [second for span in spans for second in range(span.began, span.ended)]
    assert told == list(seconds_of(stretch, since))
    assert all(one.cause is not two.cause for one, two in pairwise(spans))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0.1, 3.5), min_size=2, max_size=12))
def test_written_in_pieces_or_at_once_is_the_same(steps: list[float]) -> None:
    runs, at = [], 100.0
    for step in steps:
        runs.append(Run(at, at + step))
        at += step + SPACING + 0.5
    until, piece = Stretch(100.0, at, open=True), []
    for end in (100.0 + (at - 100) / 3, 100.0 + (at - 100) / 2, at):
        written = piece[-1].ended if piece else 0
        piece += account(replace(until, ended=end), runs, [], written)
    assert total(piece) == total(account(until, runs, []))


def test_sums_have_a_share_once_there_is_a_second() -> None:
    sums = total([Span(0, 3, Cause.ANALYSED), Span(3, 4, Cause.LATE), Span(9, 9, Cause.DROPPED)])
    assert (sums.seconds, sums.analysed, sums.share) == (4, 3, 0.75)
    assert sums.by_cause == {
        cause: int(cause is Cause.LATE) for cause in Cause if cause is not Cause.ANALYSED
    }
    assert total([]).share is None


def test_gaps_are_joined_across_causes_and_parted_by_pauses() -> None:
    spans = [
        Span(0, 10, Cause.NO_FRAME),
        Span(10, 30, Cause.WORKER_DOWN),
        Span(30, 31, Cause.ANALYSED),
        Span(31, 50, Cause.DROPPED),
        Span(70, 81, Cause.DROPPED),
    ]
    assert gaps(spans, 30) == [Gap(tuple(spans[:2]), last=False)]
    assert gaps(spans, 31) == []
    assert [gap.last for gap in gaps(spans, 11)] == [False, False, True]


def test_a_gap_shows_at_once_and_goes_when_frames_are_analysed() -> None:
    seen = looks(*({"received": 2, "dropped": 2},) * 6)
    assert present_gap(105.0, [Run(90.0, 102.0)], seen) is None
    assert present_gap(105.1, [Run(90.0, 102.0)], seen) is Cause.DROPPED
